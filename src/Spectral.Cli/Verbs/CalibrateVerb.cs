using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectral.Cli.Running;
using Spectral.Core.Execution;

namespace Spectral.Cli.Verbs;

/// <summary><c>calibrate</c>: measures this machine's rates, so that <c>plan</c> can say how long a run takes.</summary>
internal static class CalibrateVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Option<bool> json = SharedOptions.Json();
        return VerbCommand.Of(
            "calibrate",
            "Measure this machine, half a minute on free cores; 'plan' and limits of time then rest on it.",
            [],
            [json],
            (parsed, cancellation) => Run(parsed.GetValue(json), cancellation));
    }

    private static int Run(bool json, CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("spectral-calibrate-").FullName;
        try
        {
            Progress progress = new();
            progress.Report("a small run");
            SmallRunFacts small = SmallRun.Measure(folder, cancellation);
            MachineProfile profile = MachineProfile.MeasuredNow(
                Calibration.Measure(small, folder, progress, cancellation));
            profile.Store();
            Console.Write(json ? SpecReading.Text(profile.ToJson()) : Text(profile));
            return ExitCode.Ok;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Text(MachineProfile profile)
    {
        StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{profile.Processor}, {profile.Cores} cores"));
        JsonObject rates = profile.ToJson()["rates"]!.AsObject();
        foreach ((string name, JsonNode? value) in rates)
        {
            string shown = value is JsonObject threaded
                ? $"{Number(threaded["one"]!)} with one thread, {Number(threaded["all"]!)} with {profile.Cores}"
                : Number(value!);
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name.Replace('_', ' '),-24}{shown}"));
        }

        text.WriteLine($"kept in {MachineProfile.Path}");
        return text.ToString();
    }

    private static string Number(JsonNode number) =>
        number.GetValue<double>().ToString("G3", CultureInfo.InvariantCulture);

    /// <summary>A line on stderr for everything that is measured.</summary>
    private sealed class Progress : IProgress<string>
    {
        public void Report(string value) => Console.Error.WriteLine($"measuring {value}");
    }
}
