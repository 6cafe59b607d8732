using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectral.Cli.Running;
using Spectral.Core.Execution;

namespace Spectral.Cli.Verbs;

/// <summary><c>calibrate</c>: measures this machine's rates, or a device's, so that <c>plan</c> can say how long a run takes.</summary>
internal static class CalibrateVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Option<string> device = SharedOptions.Device(
            "What to measure: cpu, this machine without its GPUs; cuda or cuda:INDEX, one of them; auto, CUDA where there is one.",
            preset: "cpu");
        Option<bool> json = SharedOptions.Json();
        return VerbCommand.Of(
            "calibrate",
            "Measure this machine, half a minute on free cores, or a GPU; 'plan' and limits of time then rest on it.",
            [],
            [device, json],
            (parsed, cancellation) => parsed.GetRequiredValue(device) is var named && named == "cpu"
                ? Run(parsed.GetValue(json), cancellation)
                : RunOn(named, parsed.GetValue(json), cancellation));
    }

    /// <summary>Measures a device; where <c>auto</c> finds none, the CPU.</summary>
    private static int RunOn(string named, bool json, CancellationToken cancellation)
    {
        ComputeDevice device = ComputeDevice.Resolve(named);
        if (device == ComputeDevice.Cpu)
            return Run(json, cancellation);
        DeviceProfile profile = DeviceProfile.MeasuredNow(
            device, DeviceCalibration.Measure(device, DeviceProbeSizes.Card, new Progress(), cancellation));
        profile.Store();
        Console.Write(json ? SpecReading.Text(profile.ToJson()) : Text(profile));
        return ExitCode.Ok;
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

    private static string Text(DeviceProfile profile)
    {
        StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        text.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{profile.Device.Name}, {profile.Card}, {profile.Bytes / 1e9:F0} GB"));
        text.WriteLine(
            $"capability {profile.Capability}, driver for CUDA {profile.Driver}, libtorch {profile.Libtorch}");
        foreach ((string name, JsonNode? value) in profile.ToJson()["rates"]!.AsObject())
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name.Replace('_', ' '),-26}{Number(value!)}"));
        text.WriteLine($"kept in {profile.Path}");
        return text.ToString();
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
