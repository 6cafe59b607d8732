using System.Reflection;
using System.Reflection.Emit;
using Xunit;

namespace Spectral.Core.Tests.Conventions;

/// <summary>
/// TorchSharp hands libtorch the address inside a <see cref="TorchSharp.Scalar"/> and does not keep the object alive: a
/// temporary one, as in <c>x.mul_(0.5)</c>, may be finalized and its memory given to another number while libtorch reads
/// it. Core therefore keeps every scalar that it makes, in a <c>using</c> variable or a field.
/// </summary>
public sealed class HeldScalarTests
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    [Fact]
    public void Core_makes_no_scalar_that_it_does_not_keep()
    {
        string[] found = [.. typeof(Catalog).Assembly.GetTypes().SelectMany(Temporaries)];
        Assert.True(found.Length == 0, $"write `using Scalar name = value;` in {string.Join(", ", found)}");
    }

    [Fact]
    public void A_temporary_is_found_and_a_kept_one_is_not() =>
        Assert.Equal(["Made.Temporary"], Temporaries(typeof(Made)));

    /// <summary>The methods that make a scalar and do not store it at once.</summary>
    private static IEnumerable<string> Temporaries(Type type) => type
        .GetMembers(
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance
                | BindingFlags.DeclaredOnly)
        .OfType<MethodBase>()
        .Where(method => Instructions(method).Zip(Instructions(method).Skip(1)).Any(pair =>
            Makes(pair.First, method) && !Keeps(pair.Second.Code)))
        .Select(method => $"{type.Name}.{method.Name}");

    private static bool Makes((OpCode Code, int Operand) instruction, MethodBase method)
    {
        if (instruction.Code.OperandType != OperandType.InlineMethod)
            return false;
        Type[] ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : [];
        Type[] ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];
        return method.Module.ResolveMethod(instruction.Operand, ofType, ofMethod) is { } called
            && called.DeclaringType?.Assembly == typeof(TorchSharp.Scalar).Assembly
            && (called is MethodInfo { ReturnType: var made } ? made : called.DeclaringType) == typeof(TorchSharp.Scalar);
    }

    private static bool Keeps(OpCode code) =>
        code.Name is { } name && (name.StartsWith("stloc", StringComparison.Ordinal) || name == "stfld");

    private static IEnumerable<(OpCode Code, int Operand)> Instructions(MethodBase method)
    {
        byte[] il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (int at = 0; at < il.Length;)
        {
            OpCode code = Codes[il[at] == 0xFE ? (short)(0xFE00 | il[at + 1]) : il[at]];
            at += code.Size;
            yield return (code, code.OperandType == OperandType.InlineMethod ? BitConverter.ToInt32(il, at) : 0);
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                _ => 4,
            };
        }
    }

    private static class Made
    {
        public static void Temporary(TorchSharp.torch.Tensor tensor) => tensor.mul_(0.5);

        public static void Kept(TorchSharp.torch.Tensor tensor)
        {
            using TorchSharp.Scalar half = 0.5;
            tensor.mul_(half);
        }
    }
}
