using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Spectral.Core.Execution;

/// <summary>
/// A libtorch that the user already has, such as a PyTorch installation's <c>torch/lib</c>, named by the variable
/// <c>SPECTRAL_LIBTORCH</c>: it is looked through and loaded before TorchSharp asks for one. A build that carries a
/// libtorch of its own cannot use another, for TorchSharp would load both.
/// </summary>
public static class GivenLibtorch
{
    /// <summary>The variable that names the folder.</summary>
    public const string Variable = "SPECTRAL_LIBTORCH";

    /// <summary>
    /// The variable that says how much of the binary interface must fit: <c>load</c> asks only for what loading needs, so
    /// that a call of a function that is missing ends the process; anything else asks for everything.
    /// </summary>
    public const string CheckVariable = "SPECTRAL_LIBTORCH_CHECK";

    /// <summary>The version of libtorch whose headers TorchSharp's glue was compiled with.</summary>
    public const string WantedVersion = "2.10";

    /// <summary>
    /// The versions that are known to do: that one, and those with which <c>bench/gpu.sh</c> found every layer's rule and
    /// every analysis right, on a GPU.
    /// </summary>
    public static readonly ImmutableArray<string> KnownVersions = [WantedVersion, "2.11"];

    /// <summary>
    /// The libraries in the order in which they need each other; those for CUDA are there in builds for CUDA alone.
    /// </summary>
    private static readonly ImmutableArray<string> Stems =
        ["torch_global_deps", "c10", "torch_cpu", "c10_cuda", "torch_cuda", "torch"];

    /// <summary>The folder as the variable gives it; null where it is not set or empty.</summary>
    public static string? Named => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : null;

    /// <summary>
    /// Loads the libtorch of a folder, checks it against TorchSharp's glue, and says what is remarkable about it.
    /// </summary>
    /// <param name="named">The folder with libtorch's libraries, or one that has them in its folder <c>lib</c>.</param>
    /// <returns>A sentence about a version with which nobody has tried it; null for a known one.</returns>
    /// <exception cref="UnavailableException">It cannot be used; the message says why and what to do.</exception>
    public static string? Load(string named)
    {
        string folder = FolderOf(named);
        RefuseBesideOwn(folder);
        string glue = NativeFolders.Find("LibTorchSharp") ?? throw new UnavailableException(
            $"this build lacks TorchSharp's glue, {NativeFolders.FileOf("LibTorchSharp")}, which {Variable} needs beside the "
            + "program; build with -p:SpectralTorch=none");
        string? version = LibtorchVersion.Of(folder);
        string what = version is null ? $"the libtorch in {folder}" : $"libtorch {version} in {folder}";
        bool isOther = version is not null && !KnownVersions.Contains(LibtorchVersion.Line(version));
        // A library of another version is still looked through: what it lacks says more than its number.
        Dictionary<string, nint> loaded = LoadAll(folder, what, isOther);
        if (OperatingSystem.IsLinux())
            CheckSymbols(glue, [.. loaded.Values], what);
        return isOther
            ? $"{what} is none of the versions that were tried ({string.Join(", ", KnownVersions)}): it has every function that "
                + "TorchSharp calls, but whether its objects lie in memory as TorchSharp expects is not known"
            : null;
    }

    /// <summary>The folder that holds the libraries.</summary>
    /// <exception cref="UnavailableException">There is none.</exception>
    private static string FolderOf(string named)
    {
        string file = NativeFolders.FileOf("torch_cpu");
        string? found = ((string[])[named, Path.Combine(named, "lib")]).FirstOrDefault(
            folder => File.Exists(Path.Combine(folder, file)));
        if (found is not null)
            return Path.GetFullPath(found);
        string there = Directory.Exists(named) ? $"has no {file}" : "is no folder";
        throw new UnavailableException(
            $"{Variable}={named}: it {there}; expected a folder with libtorch's libraries, such as a PyTorch installation's "
            + "torch/lib ('spectral doctor' looks for one)");
    }

    private static void RefuseBesideOwn(string folder)
    {
        if (NativeFolders.Find("torch_cpu") is not { } own)
            return;
        string given = Path.Combine(folder, NativeFolders.FileOf("torch_cpu"));
        if (NativeFolders.RealPath(own) == NativeFolders.RealPath(given))
            return;
        throw new UnavailableException(
            $"{Variable}={folder}: this build carries a libtorch of its own ({own}), and a process cannot have two; build with "
            + $"-p:SpectralTorch=none to use that of {Variable}, or leave the variable unset");
    }

    private static Dictionary<string, nint> LoadAll(string folder, string what, bool isOther)
    {
        Dictionary<string, nint> loaded = [];
        foreach (string stem in Stems)
        {
            string path = Path.Combine(folder, NativeFolders.FileOf(stem));
            if (!File.Exists(path))
                continue;
            try
            {
                loaded[stem] = NativeLibrary.Load(path);
            }
            catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
            {
                // What the libraries for CUDA or the collection of dependencies lack leaves the CPU's part whole.
                if (stem is "torch_cpu" or "c10")
                    throw Unfit(what, isOther, NativeFolders.FirstLine(failure), failure);
            }
        }

        return loaded;
    }

    private static void CheckSymbols(string glue, ImmutableArray<nint> libraries, string what)
    {
        ElfImports imports = ElfImports.Of(glue);
        bool isLenient = Environment.GetEnvironmentVariable(CheckVariable) == "load";
        ImmutableArray<string> wanted = [.. (isLenient ? imports.AtLoad : imports.All).Where(ElfImports.IsOfTorch)];
        ImmutableArray<string> missing =
            [.. wanted.Where(name => !libraries.Any(library => NativeLibrary.TryGetExport(library, name, out _)))];
        if (missing.IsEmpty)
            return;
        throw Unfit(
            what,
            isOther: true,
            FormattableString.Invariant(
                $"it lacks {missing.Length} of the {wanted.Length} functions and tables that TorchSharp's glue asks for (the first: {missing[0]})"));
    }

    private static UnavailableException Unfit(string what, bool isOther, string why, Exception? inner = null) => new(
        $"{what} does not fit TorchSharp 0.107.0: {why}; "
        + (isOther ? $"expected libtorch {string.Join(" or ", KnownVersions)}, as in PyTorch of the same number" : "the installation is not whole"),
        inner);
}
