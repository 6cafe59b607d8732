using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>Loads libtorch once, in a setting in which its bits depend on nothing that a plan does not name.</summary>
public static partial class NativeRuntime
{
    private static readonly Lazy<(Exception? Failure, string? Remark)> Loaded = new(TryLoad);

    /// <summary>
    /// Variables that native code reads when it is loaded. GOMP_SPINCOUNT keeps two OpenMP threads from collapsing when
    /// another process wants a core; CUBLAS_WORKSPACE_CONFIG makes cuBLAS deterministic. One that the user set stays.
    /// </summary>
    private static readonly (string Name, string Value)[] Variables =
        [("GOMP_SPINCOUNT", "10000"), (CublasWorkspace, ":4096:8")];

    private const string CublasWorkspace = "CUBLAS_WORKSPACE_CONFIG";

    private static bool _isCublasWorkspaceOurs;

    /// <summary>Makes sure that libtorch is loaded.</summary>
    /// <exception cref="UnavailableException">It cannot be loaded; the message says why and what to do.</exception>
    public static void Load()
    {
        if (Loaded.Value.Failure is { } failure)
        {
            if (failure is UnavailableException refused)
                throw new UnavailableException(refused.Message, refused);
            throw new UnavailableException(
                $"libtorch cannot be loaded: {Innermost(failure).Message.Split('\n')[0]}; 'spectral doctor' says what is missing",
                failure);
        }
    }

    /// <summary>
    /// What is to be known of a libtorch that <see cref="GivenLibtorch.Variable"/> names, as one sentence; null where
    /// there is nothing.
    /// </summary>
    public static string? Remark => Loaded.Value.Remark;

    /// <summary>Sets the threads of every stage whose bits depend on them.</summary>
    public static void UseThreads(int threads)
    {
        Load();
        set_num_threads(threads);
    }

    /// <summary>
    /// Gives the system what libtorch has freed and glibc holds, in every thread's arena: what comes next has other sizes.
    /// A few milliseconds; nothing where there is no glibc.
    /// </summary>
    public static void ReleaseFreedMemory()
    {
        if (HasGlibc())
            _ = TrimAllocations(0);
    }

    /// <summary>
    /// Takes cuBLAS's variable away from native code, where this program set it, after the first matrix product on a device:
    /// what must be deterministic has read it by then, and libtorch takes it apart with a regular expression in each product,
    /// 60 microseconds on a fast machine. Its workspaces stay one for each stream, which is what makes products repeatable.
    /// </summary>
    internal static void ForgetCublasWorkspace()
    {
        if (_isCublasWorkspaceOurs && !OperatingSystem.IsWindows())
            _ = UnsetEnvironmentVariable(CublasWorkspace);
    }

    private static (Exception? Failure, string? Remark) TryLoad()
    {
        foreach ((string name, string value) in Variables)
        {
            if (Environment.GetEnvironmentVariable(name) is not null)
                continue;
            _isCublasWorkspaceOurs |= name == CublasWorkspace;
            Environment.SetEnvironmentVariable(name, value);
            // On Unix .NET keeps its own copy of the environment: only setenv reaches native code.
            if (!OperatingSystem.IsWindows())
                _ = SetEnvironmentVariable(name, value, overwrite: 1);
        }

        KeepFreedMemory();
        try
        {
            string? remark = GivenLibtorch.Named is { } named ? GivenLibtorch.Load(named) : null;
            using Tensor probe = zeros(1);
            // Convolutions use TF32 on CUDA unless told not to, and a spectrum needs every bit.
            backends.cuda.matmul.allow_tf32 = false;
            backends.cudnn.allow_tf32 = false;
            return (null, remark);
        }
        catch (Exception failure) when (failure is TypeInitializationException or DllNotFoundException
            or NotSupportedException or BadImageFormatException or EntryPointNotFoundException or ExternalException
            or UnavailableException)
        {
            return (failure, null);
        }
    }

    /// <summary>
    /// Every training step frees its activations and allocates them anew. glibc gives large ones back to the system and
    /// takes them again page by page, which costs a convolutional network 5 to 10 % of its time. Those of 8 MiB and more
    /// still go back: kept, they leave holes that the next ones do not fit, and a Gram matrix after the other would take
    /// 30 MiB more. One arena a core, not eight: every team of threads would fill others, and what is freed in one is
    /// never given to another. Other allocators have no such call and need none.
    /// </summary>
    private static void KeepFreedMemory()
    {
        const int trimThreshold = -1, topPad = -2, mapThreshold = -3, mostArenas = -8;
        if (!HasGlibc())
            return;
        _ = SetAllocation(mapThreshold, 8 << 20);
        _ = SetAllocation(trimThreshold, 1 << 30);
        _ = SetAllocation(topPad, 64 << 20);
        _ = SetAllocation(mostArenas, Environment.ProcessorCount);
    }

    private static bool HasGlibc() => OperatingSystem.IsLinux()
        && NativeLibrary.TryLoad("libc.so.6", out nint libc)
        && NativeLibrary.TryGetExport(libc, "gnu_get_libc_version", out _);

    private static Exception Innermost(Exception failure) =>
        failure.InnerException is { } inner ? Innermost(inner) : failure;

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetAllocation(int parameter, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimAllocations(nint pad);

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnsetEnvironmentVariable(string name);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}
