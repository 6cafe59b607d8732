using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Spectral.Core.Plans;

namespace Spectral.Cli.Running;

/// <summary>
/// One point of a sweep in a process of its own, since libtorch's threads belong to a whole process. Its messages come to
/// this process's stderr, each line with the point's number in front.
/// </summary>
internal sealed class PointProcess : IDisposable
{
    private const int Terminate = 15;
    private readonly Process _process;
    private bool _isAsked;

    private PointProcess(Experiment experiment, Process process)
    {
        (Experiment, _process) = (experiment, process);
        End = Finish();
    }

    /// <summary>The point.</summary>
    public Experiment Experiment { get; }

    /// <summary>Its end: the exit code, and what it wrote on stdout.</summary>
    public Task<PointEnd> End { get; }

    /// <summary>Starts this program again for one point.</summary>
    /// <param name="experiment">The point.</param>
    /// <param name="arguments">The command line of <c>run</c>, from the verb on, without <c>--jobs</c>.</param>
    public static PointProcess Start(Experiment experiment, ImmutableArray<string> arguments)
    {
        int number = experiment.Point?.Number ?? 1;
        ProcessStartInfo start = new(
            Environment.ProcessPath ?? "spectral",
            [.. Program(), arguments[0], "--point", FormattableString.Invariant($"{number}"), .. arguments[1..]])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        Process process = Process.Start(start) ?? throw new IOException($"cannot start {start.FileName}");
        process.StandardInput.Close();
        return new PointProcess(experiment, process);
    }

    /// <summary>Asks it once to stop in order, as SIGTERM does; where there are no signals, ends it.</summary>
    public void Stop()
    {
        if (_isAsked || _process.HasExited)
            return;
        _isAsked = true; // a second SIGTERM would not wait for what is being saved
        if (OperatingSystem.IsWindows())
            _process.Kill(entireProcessTree: true);
        else
            _ = Kill(_process.Id, Terminate);
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    /// <summary>The assembly where the runtime's own host runs it, nothing where it is a program by itself.</summary>
    private static ImmutableArray<string> Program() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(PointProcess).Assembly.Location] : [];

    private async Task<PointEnd> Finish()
    {
        Task<string> output = _process.StandardOutput.ReadToEndAsync();
        while (await _process.StandardError.ReadLineAsync() is { } line)
            await Console.Error.WriteLineAsync(FormattableString.Invariant($"[{Experiment.Point?.Number}] {line}"));
        await _process.WaitForExitAsync();
        return new PointEnd(this, _process.ExitCode, await output);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}

/// <summary>How a point ended.</summary>
/// <param name="Process">Its process.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote on stdout: the bundle's path and a line feed, or nothing.</param>
internal sealed record PointEnd(PointProcess Process, int ExitCode, string Output);
