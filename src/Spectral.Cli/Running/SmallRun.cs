using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectral.Cli.Templates;
using Spectral.Core.Execution;

namespace Spectral.Cli.Running;

/// <summary>Runs this program on a spec that does next to nothing, on the CPU, and says what that took.</summary>
internal static class SmallRun
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>The second of two runs: the first one finds the program's files on the disk, the second in memory.</summary>
    /// <param name="folder">An empty folder for spec, bundles and cache.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="UnavailableException">The run failed; the message ends with its own.</exception>
    /// <exception cref="OperationCanceledException">The caller asked to stop.</exception>
    public static SmallRunFacts Measure(string folder, CancellationToken cancellation)
    {
        string spec = Path.Combine(folder, "calibration.yaml");
        File.WriteAllText(spec, EmbeddedText.Of("calibration.yaml"));
        _ = Run(spec, Path.Combine(folder, "first"), cancellation);
        return Run(spec, Path.Combine(folder, "second"), cancellation);
    }

    private static SmallRunFacts Run(string spec, string folder, CancellationToken cancellation)
    {
        ProcessStartInfo start = new(
            Environment.ProcessPath ?? "spectral",
            [
                .. Program(), "run", spec, "--device", "cpu",
                "--out", Path.Combine(folder, "runs"), "--cache", Path.Combine(folder, "cache"),
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        DateTimeOffset began = DateTimeOffset.UtcNow;
        using Process process = Process.Start(start) ?? throw new IOException($"cannot start {start.FileName}");
        using CancellationTokenRegistration stop = cancellation.Register(() => process.Kill(entireProcessTree: true));
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        long peak = 0;
        while (!process.WaitForExit(Look))
            peak = Math.Max(peak, PeakMemory.Of(process.Id) ?? 0);
        DateTimeOffset ended = DateTimeOffset.UtcNow;
        cancellation.ThrowIfCancellationRequested();
        if (process.ExitCode != ExitCode.Ok)
        {
            throw new UnavailableException(
                $"the calibration's run ended with {process.ExitCode}: {errors.Result.Trim().Split('\n')[^1]}");
        }

        string timings = Path.Combine(output.Result.Trim(), "data", "record", "timings.json");
        ImmutableArray<JsonNode> stages =
            [.. JsonNode.Parse(File.ReadAllText(timings))!["stages"]!.AsArray().OfType<JsonNode>()];
        Dictionary<string, double> peaks = stages.ToDictionary(
            Name, stage => stage["peak_bytes"]?.GetValue<double>() ?? MachineRates.Assumed.EndBytes);
        return new SmallRunFacts(
            (Moment(stages[0], "start") - began).TotalSeconds,
            (ended - Moment(stages[^1], "end")).TotalSeconds,
            stages.ToDictionary(Name, stage => stage["seconds"]!.GetValue<double>()),
            peaks,
            Math.Max(peak, peaks.Values.Max()));
    }

    private static string Name(JsonNode stage) => stage["stage"]!.GetValue<string>();

    private static DateTimeOffset Moment(JsonNode stage, string key) => DateTimeOffset.Parse(
        stage[key]!.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    /// <summary>The assembly where the runtime's own host runs it, nothing where it is a program by itself.</summary>
    private static ImmutableArray<string> Program() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(SmallRun).Assembly.Location] : [];
}
