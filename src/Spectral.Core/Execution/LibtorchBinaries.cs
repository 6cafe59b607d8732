using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Spectral.Core.Formats;

namespace Spectral.Core.Execution;

/// <summary>The libtorch files that this process has loaded, whatever brought them here.</summary>
public static unsafe class LibtorchBinaries
{
    private static readonly ImmutableArray<string> Stems = ["torch_cpu", "torch_cuda", "c10", "LibTorchSharp"];

    private static readonly Lazy<ImmutableSortedDictionary<string, string>> Hashes = new(() =>
        Paths().ToImmutableSortedDictionary(
            path => Path.GetFileName(path), ContentHash.Sha256OfFile, StringComparer.Ordinal));

    /// <summary>Paths of the loaded libraries that compute; empty before libtorch is loaded.</summary>
    public static ImmutableArray<string> Paths()
    {
        using Process self = Process.GetCurrentProcess();
        return
        [
            .. self.Modules.Cast<ProcessModule>()
                .Select(module => module.FileName)
                .Where(path => Stems.Contains(Stem(path)))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>SHA-256 of each loaded library by its file name; computed once in a process.</summary>
    public static ImmutableSortedDictionary<string, string> Digests() => Hashes.Value;

    /// <summary>
    /// The vector instructions that libtorch's own kernels chose on this CPU, such as <c>AVX2</c>; <c>unknown</c> where
    /// it does not say.
    /// </summary>
    public static string CpuCapability()
    {
        string? library = Paths().FirstOrDefault(path => Stem(path) == "torch_cpu");
        if (library is null || !OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return "unknown";
        if (!NativeLibrary.TryLoad(library, out nint handle)
            || !NativeLibrary.TryGetExport(handle, "_ZN2at18get_cpu_capabilityB5cxx11Ev", out nint function))
            return "unknown";
        // std::string at::get_cpu_capability(): the Itanium ABI passes the place of the result as the first argument,
        // and libstdc++ lays a string out as pointer, length and 16 bytes in place, which hold names as short as these.
        byte* text = stackalloc byte[32];
        ((delegate* unmanaged<byte*, byte*>)function)(text);
        long length = *(long*)(text + 8);
        return length is > 0 and < 16 ? Encoding.ASCII.GetString(*(byte**)text, (int)length) : "unknown";
    }

    private static string Stem(string path)
    {
        string name = Path.GetFileName(path);
        string bare = name.StartsWith("lib", StringComparison.Ordinal) ? name[3..] : name;
        int end = bare.IndexOf('.', StringComparison.Ordinal);
        return end < 0 ? bare : bare[..end];
    }
}
