using System.Collections.Immutable;
using System.Diagnostics;
using Spectral.Core.Execution;

namespace Spectral.Cli.Doctor;

/// <summary>The libtorch inside a PyTorch that this machine's Python finds.</summary>
/// <param name="Folder">The folder with its libraries.</param>
/// <param name="Version">PyTorch's version; null where it does not say.</param>
/// <param name="HasCuda">Whether it has a part for CUDA.</param>
internal sealed record PythonTorch(string Folder, string? Version, bool HasCuda)
{
    /// <summary>Finds torch without importing it, which would take seconds.</summary>
    private const string Question =
        "import importlib.util as u; s = u.find_spec('torch'); print(s.submodule_search_locations[0] if s else '')";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks <c>python3</c> on the path; null where there is no Python or no PyTorch.</summary>
    public static PythonTorch? Find()
    {
        string? package = Ask("python3");
        if (package is null)
            return null;
        string folder = Path.Combine(package, "lib");
        return File.Exists(Path.Combine(folder, NativeFolders.FileOf("torch_cpu")))
            ? new PythonTorch(
                folder,
                LibtorchVersion.Of(folder),
                File.Exists(Path.Combine(folder, NativeFolders.FileOf("torch_cuda"))))
            : null;
    }

    /// <summary>What doctor says of it.</summary>
    public Finding ToFinding()
    {
        string version = Version ?? "of an unknown version";
        string what = $"{version} in {Folder}, {(HasCuda ? "for CUDA" : "for CPUs alone")}";
        bool isRight = Version is not null && GivenLibtorch.KnownVersions.Contains(LibtorchVersion.Line(Version));
        return new Finding("PyTorch", null, isRight
            ? $"{what}; {GivenLibtorch.Variable}={Folder} lets a build with -p:SpectralTorch=none use it"
            : $"{what}; libtorch {string.Join(" and ", GivenLibtorch.KnownVersions)} were tried, "
                + $"and a build with -p:SpectralTorch=none tries it with {GivenLibtorch.Variable}={Folder}");
    }

    private static string? Ask(string python)
    {
        ImmutableArray<string> arguments = ["-c", Question];
        ProcessStartInfo start = new(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> answer = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                return null;
            }

            return answer.Result.Trim() is { Length: > 0 } package && Path.IsPathRooted(package) ? package : null;
        }
        catch (Exception failure) when (failure is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }
}
