using System.Reflection;
using System.Reflection.Emit;
using Xunit;

namespace Spectral.Core.Tests.Conventions;

/// <summary>
/// TorchSharp hands libtorch the address inside a <see cref="TorchSharp.Scalar"/> and does not keep the object alive: a
/// temporary one, as in <c>x.mul_(0.5)</c> or inside TorchSharp's own <c>x.add_(y)</c>, may be finalized and its memory
/// given to another number while libtorch reads it. Core therefore keeps every scalar that it makes, in a <c>using</c>
/// variable or a field, and calls nothing of TorchSharp's that does not.
/// </summary>
public sealed class HeldScalarTests
{
    /// <summary>How deep calls are followed into TorchSharp.</summary>
    private const int Depth = 4;

    private static readonly Assembly TorchSharpItself = typeof(TorchSharp.Scalar).Assembly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    [Fact]
    public void Core_makes_no_scalar_that_it_does_not_keep()
    {
        Dictionary<MethodBase, bool> known = [];
        string[] found = [.. typeof(Catalog).Assembly.GetTypes().SelectMany(type => Temporaries(type, known))];
        Assert.True(
            found.Length == 0,
            $"hold the number, as in `using Scalar name = value;` or by HeldArithmetic: {string.Join(", ", found)}");
    }

    [Fact]
    public void A_temporary_is_found_wherever_it_is_made_and_a_kept_one_is_not() => Assert.Equal(
        ["Made.Temporary, Scalar.op_Implicit", "Made.Within, Tensor.add_", "Made.Deeper, Tensor.op_Addition"],
        Temporaries(typeof(Made), []));

    /// <summary>The methods that make a scalar and do not store it at once, or call one of TorchSharp's that does.</summary>
    private static IEnumerable<string> Temporaries(Type type, Dictionary<MethodBase, bool> known) =>
        from method in type
            .GetMembers(
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance
                    | BindingFlags.DeclaredOnly)
            .OfType<MethodBase>()
        from called in Own(method).Concat(Calls(method).Where(called => !IsMaker(called) && Loses(called, Depth, known)))
            .DistinctBy(called => called.Name)
        select $"{type.Name}.{method.Name}, {called.DeclaringType!.Name}.{called.Name}";

    /// <summary>What makes a scalar in a method and is not followed by a store.</summary>
    private static IEnumerable<MethodBase> Own(MethodBase method) => Instructions(method)
        .Zip(Instructions(method).Skip(1))
        .Where(pair => !Keeps(pair.Second.Code))
        .Select(pair => Called(pair.First, method))
        .OfType<MethodBase>()
        .Where(IsMaker);

    /// <summary>Whether a method of TorchSharp's makes a temporary scalar, itself or further down.</summary>
    private static bool Loses(MethodBase method, int depth, Dictionary<MethodBase, bool> known)
    {
        if (known.TryGetValue(method, out bool loses))
            return loses;
        loses = Own(method).Any() || (depth > 0 && Calls(method).Any(called => !IsMaker(called) && Loses(called, depth - 1, known)));
        if (loses || depth == Depth)
            known[method] = loses;
        return loses;
    }

    private static IEnumerable<MethodBase> Calls(MethodBase method) => Instructions(method)
        .Select(instruction => Called(instruction, method))
        .OfType<MethodBase>()
        .Where(called => called.DeclaringType?.Assembly == TorchSharpItself)
        .Distinct();

    private static bool IsMaker(MethodBase called) => called.DeclaringType?.Assembly == TorchSharpItself
        && (called is MethodInfo { ReturnType: var made } ? made : called.DeclaringType) == typeof(TorchSharp.Scalar);

    private static MethodBase? Called((OpCode Code, int Operand) instruction, MethodBase method)
    {
        if (instruction.Code.OperandType != OperandType.InlineMethod)
            return null;
        Type[] ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : [];
        Type[] ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];
        return method.Module.ResolveMethod(instruction.Operand, ofType, ofMethod);
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

        public static void Within(TorchSharp.torch.Tensor tensor) => tensor.add_(tensor);

        public static TorchSharp.torch.Tensor Deeper(TorchSharp.torch.Tensor tensor) => tensor + tensor;

        public static void Kept(TorchSharp.torch.Tensor tensor)
        {
            using TorchSharp.Scalar half = 0.5;
            tensor.mul_(half);
        }
    }
}
