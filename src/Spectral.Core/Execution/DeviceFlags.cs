using System.Collections.Immutable;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>
/// The switches of libtorch that decide whether CUDA gives the same bits twice. TorchSharp shows few of them: the others are
/// members of <c>at::Context</c>, called by their names in libtorch's own binary interface, on Linux alone.
/// </summary>
public static unsafe class DeviceFlags
{
    /// <summary>What each is called here, its getter and its setter.</summary>
    private static readonly ImmutableArray<(string Name, string Getter, string Setter, bool Wanted)> Switches =
    [
        ("cudnn.deterministic", "_ZNK2at7Context18deterministicCuDNNEv", "_ZN2at7Context21setDeterministicCuDNNEb", true),
        ("cudnn.benchmark", "_ZNK2at7Context14benchmarkCuDNNEv", "_ZN2at7Context17setBenchmarkCuDNNEb", false),
        (
            "fill_uninitialized_memory",
            "_ZNK2at7Context36deterministicFillUninitializedMemoryEv",
            "_ZN2at7Context39setDeterministicFillUninitializedMemoryEb",
            false),
    ];

    private const string StrictGetter = "_ZNK2at7Context23deterministicAlgorithmsEv";
    private const string StrictSetter = "_ZN2at7Context26setDeterministicAlgorithmsEbb";

    /// <summary>
    /// Turns nondeterministic algorithms off, so that an operation which has no other throws, and TF32 with them.
    /// </summary>
    public static void MakeStrict()
    {
        NativeRuntime.Load();
        backends.cuda.matmul.allow_tf32 = false;
        backends.cudnn.allow_tf32 = false;
        if (Context() is not { } context)
            return;
        foreach ((_, _, string setter, bool wanted) in Switches)
        {
            if (Export(setter) is { } set)
                ((delegate* unmanaged<nint, byte, void>)set)(context, wanted ? (byte)1 : (byte)0);
        }

        if (Export(StrictSetter) is { } strict)
            ((delegate* unmanaged<nint, byte, byte, void>)strict)(context, 1, 0);
    }

    /// <summary>
    /// Opens a device for this thread and for libtorch's own that differentiates on it: first with an elementwise operation,
    /// for where a matrix product is the first one libtorch says on stderr that it has no context; then with a product, in
    /// which it looks whether cuBLAS is deterministic.
    /// </summary>
    /// <param name="device">A CUDA device, after <see cref="MakeStrict"/>.</param>
    public static void Open(ComputeDevice device)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor one = ones([2, 2], device: device.ToTorch(), requires_grad: true);
        (one * one).sum().backward();
        one.mm(one).sum().backward();
        NativeRuntime.ForgetCublasWorkspace();
    }

    /// <summary>
    /// The switches as libtorch holds them now, by name: <c>true</c>, <c>false</c>, or <c>unknown</c> where it does not say.
    /// </summary>
    public static ImmutableSortedDictionary<string, string> Read()
    {
        NativeRuntime.Load();
        ImmutableSortedDictionary<string, string>.Builder flags =
            ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        flags["cublas.allow_tf32"] = Text(backends.cuda.matmul.allow_tf32);
        flags["cudnn.allow_tf32"] = Text(backends.cudnn.allow_tf32);
        flags["deterministic_algorithms"] = Get(StrictGetter);
        foreach ((string name, string getter, _, _) in Switches)
            flags[name] = Get(getter);
        return flags.ToImmutable();
    }

    private static string Get(string getter) =>
        Context() is { } context && Export(getter) is { } get
            ? Text(((delegate* unmanaged<nint, byte>)get)(context) != 0)
            : "unknown";

    /// <summary>The one object of at::Context.</summary>
    private static nint? Context() =>
        Export("_ZN2at13globalContextEv") is { } global ? ((delegate* unmanaged<nint>)global)() : null;

    private static nint? Export(string name)
    {
        string? library = OperatingSystem.IsLinux()
            ? LibtorchBinaries.Paths().FirstOrDefault(path => path.Contains("torch_cpu", StringComparison.Ordinal))
            : null;
        return library is not null
            && NativeLibrary.TryLoad(library, out nint handle)
            && NativeLibrary.TryGetExport(handle, name, out nint address)
            ? address
            : null;
    }

    private static string Text(bool value) => value ? "true" : "false";
}
