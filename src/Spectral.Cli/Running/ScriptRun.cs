using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Spectral.Core.Execution;
using Spectral.Core.Plans;

namespace Spectral.Cli.Running;

/// <summary>
/// Runs a spec that is an F# script: a process of <c>dotnet fsi</c>, no shell, with the spec language referenced. What
/// the script prints goes to stderr, so that stdout stays data.
/// </summary>
internal static class ScriptRun
{
    /// <summary>The most that is kept of what a script writes to stderr: 1 Mi characters.</summary>
    private const int LongestMessages = 1 << 20;

    /// <summary>The largest experiment that is taken from a script: 16 MiB.</summary>
    private const long LargestHandover = 16L << 20;

    private const string Remedy =
        "install the .NET SDK 10 (https://dotnet.microsoft.com/download), or convert the script where there is one: "
        + "spectral convert SPEC.fsx SPEC.yaml";

    /// <summary>Runs the script to its end.</summary>
    /// <param name="script">The script's path.</param>
    /// <param name="cancellation">Ends the process and all its children.</param>
    /// <exception cref="UnavailableException">This machine has no .NET SDK.</exception>
    /// <exception cref="OperationCanceledException">The caller asked to stop.</exception>
    public static ScriptOutcome Of(string script, CancellationToken cancellation)
    {
        // Only this user can read it: nobody else puts an experiment there.
        DirectoryInfo folder = Directory.CreateTempSubdirectory("spectral-script-");
        try
        {
            string handover = Path.Combine(folder.FullName, "experiments.jsonl");
            (int exitCode, string messages) = RunToEnd(Start(script, handover), cancellation);
            if (exitCode == 0)
                Console.Error.Write(messages);
            return new ScriptOutcome(Experiments(handover, script), messages, exitCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ProcessStartInfo Start(string script, string handover)
    {
        string libraries = AppContext.BaseDirectory;
        ProcessStartInfo start = new(
            DotNet(),
            [
                "fsi", "--nologo", "--quiet", "--exec", "--preferreduilang:en", "-I:" + libraries,
                "-r:" + Path.Combine(libraries, "Spectral.Core.dll"), "-r:" + Path.Combine(libraries, "Spectral.Dsl.dll"),
                Path.GetFullPath(script),
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        start.Environment["SPECTRAL_HANDOVER"] = handover;
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        return start;
    }

    /// <summary>The host that runs this program, where it is the general one; else the first in PATH.</summary>
    private static string DotNet() =>
        Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";

    private static (int ExitCode, string Messages) RunToEnd(ProcessStartInfo start, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        StringBuilder messages = new();
        StringBuilder said = new();
        using Process process = Begin(start);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not null)
                Console.Error.WriteLine(line.Data);
            Keep(said, line.Data);
        };
        process.ErrorDataReceived += (_, line) => Keep(messages, line.Data);
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            process.WaitForExitAsync(cancellation).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            throw;
        }

        if (process.ExitCode != 0 && LacksSdk(messages.ToString() + said))
            throw new UnavailableException($"an F# script needs the .NET SDK, and '{start.FileName}' found none; {Remedy}");
        return (process.ExitCode, messages.ToString());
    }

    private static Process Begin(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new UnavailableException($"cannot start '{start.FileName}'; {Remedy}");
        }
        catch (Win32Exception)
        {
            throw new UnavailableException($"an F# script needs the .NET SDK, and there is no program '{start.FileName}'; {Remedy}");
        }
    }

    /// <summary>What the host of .NET says where it has no SDK, or none that a global.json accepts.</summary>
    private static bool LacksSdk(string text) =>
        text.Contains("No .NET SDKs were found", StringComparison.Ordinal)
        || text.Contains("compatible .NET SDK was not found", StringComparison.Ordinal);

    private static void Keep(StringBuilder text, string? line)
    {
        if (line is not null && text.Length < LongestMessages)
            text.Append(line).Append('\n');
    }

    private static ImmutableArray<string> Experiments(string handover, string script)
    {
        if (!File.Exists(handover))
            return [];
        return new FileInfo(handover).Length <= LargestHandover
            ? [.. File.ReadLines(handover)]
            : throw new InvalidDataException($"{script} makes an experiment of more than 16 MiB; was it made in a loop?");
    }
}
