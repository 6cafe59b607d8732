using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectral.Cli.Running;
using Spectral.Cli.Terminal;
using Spectral.Core;
using Spectral.Core.Execution;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;

namespace Spectral.Cli.Verbs;

/// <summary><c>plan SPEC</c>: what would run, under which keys, by which method, at what cost.</summary>
internal static class PlanVerb
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Argument<string> spec = SharedOptions.Spec();
        Option<string[]> set = SharedOptions.Set();
        Option<int?> threads = SharedOptions.Threads();
        Option<string> device = SharedOptions.Device(
            "Of which device costs are predicted: auto (a calibrated one, where there is just one), cpu, cuda or cuda:INDEX.");
        Option<int?> point = SharedOptions.Point();
        Option<DiagnosticFormat> format = SharedOptions.Format("How problems of the spec are written to stderr.");
        Option<bool> json = SharedOptions.Json();
        Option<bool> canonical = new("--canonical")
        {
            Description = "Print the canonical plan alone, byte by byte, without a line end: its SHA-256 is the plan hash.",
        };
        return VerbCommand.Of(
            "plan",
            "Show the resolved plan, its stage keys, predicted cost and the chosen method. Runs nothing.",
            [spec],
            [set, threads, device, point, format, json, canonical],
            (parsed, cancellation) => Run(
                parsed.GetRequiredValue(spec),
                [.. SpecReading.Overrides(parsed.GetRequiredValue(set), parsed.GetValue(threads))],
                parsed.GetRequiredValue(device),
                parsed.GetValue(point),
                parsed.GetValue(format),
                parsed.GetValue(json),
                parsed.GetValue(canonical),
                cancellation));
    }

    private static int Run(
        string spec,
        string[] overrides,
        string device,
        int? point,
        DiagnosticFormat format,
        bool json,
        bool canonical,
        CancellationToken cancellation)
    {
        ImmutableArray<Experiment> experiments = SpecReading.Compile(spec, overrides, point, format, cancellation).Experiments;
        if (experiments.IsEmpty)
            return ExitCode.Usage;
        if (experiments is not [var experiment])
        {
            if (canonical)
            {
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"spectral plan: --canonical prints one plan, and the sweep has {experiments.Length} points; take one with --point N"));
                return ExitCode.Usage;
            }

            SweepPlan sweep = new(experiments, CostBasis.Here(device));
            Console.Write(json ? sweep.ToJson().ToJsonString(Indented) + "\n" : sweep.ToText());
            return ExitCode.Ok;
        }

        RunPlan plan = experiment.Plan;
        if (canonical)
        {
            Console.Write(Encoding.UTF8.GetString(PlanJson.Serialize(plan, Catalog.Components)));
            return ExitCode.Ok;
        }

        int classes = plan.Dataset.ClassNames.Length;
        long parameters = NetworkLayout.Of(plan).ColumnCount(plan);
        CostBasis basis = CostBasis.Here(device);
        RunCost cost = basis.Predict(plan);
        JsonObject report = new()
        {
            ["name"] = experiment.Name,
            ["plan_hash"] = PlanJson.Hash(plan, Catalog.Components),
            ["point"] = PointJson.Of(experiment.Point),
            ["plan"] = PlanJson.Write(plan, Catalog.Components),
            ["parameters"] = parameters,
            ["spectra"] = new JsonArray(
                [.. plan.Jacobian.Splits.Select(split => (JsonNode)Spectrum(split, plan, classes, parameters, cost))]),
            ["stages"] = new JsonArray([.. StageKeys.Of(plan, Catalog.Components).Select(stage => (JsonNode)Stage(stage, plan, cost))]),
            ["run"] = CostText.ToJson(cost),
            ["calibrated"] = basis.Machine.Measured?.ToString("o", CultureInfo.InvariantCulture),
            ["device"] = basis.DeviceName,
            ["device_calibrated"] = basis.Device?.Measured?.ToString("o", CultureInfo.InvariantCulture),
        };
        Console.Write(json ? report.ToJsonString(Indented) + "\n" : Text(report, experiment, cost, basis));
        return ExitCode.Ok;
    }

    private static JsonObject Spectrum(string split, RunPlan plan, int classes, long parameters, RunCost cost)
    {
        long rows = (long)plan.JacobianExamples(split) * classes;
        NetworkLayout layout = NetworkLayout.Of(plan);
        SpectrumMethod method = layout.SpectrumMethod(plan, split);
        SpectrumMethod chosen = SpectrumMethod.Choose(rows, parameters, layout.PairCost(plan), plan.Jacobian.Top);
        SpectrumForecast forecast = cost.Spectra.Single(one => one.Split == split);
        return new JsonObject
        {
            ["split"] = split,
            ["rows"] = rows,
            ["columns"] = parameters,
            ["method"] = method.Name,
            ["reason"] = chosen.Name == method.Name ? chosen.Reason : method.Reason,
            ["flops"] = method.Flops,
            ["bytes"] = method.Bytes,
            ["place"] = forecast.Place.Description,
            ["device_bytes"] = forecast.DeviceBytes,
            ["seconds"] = forecast.Seconds,
        };
    }

    private static JsonObject Stage(StageKey stage, RunPlan plan, RunCost run)
    {
        StageCost? cost = run.Stages.FirstOrDefault(cost => cost.Stage == stage.Stage);
        return new JsonObject
        {
            ["stage"] = stage.Stage,
            ["key"] = stage.Key,
            ["flops"] = cost?.Flops,
            ["moved_bytes"] = cost?.Moved,
            ["bytes"] = cost?.Bytes,
            ["peak_bytes"] = cost?.PeakBytes,
            ["device_bytes"] = cost?.DeviceBytes,
            ["disk_bytes"] = cost?.Disk,
            ["seconds"] = cost?.Seconds,
            ["seconds_by_rule_of_thumb"] = cost?.RuleSeconds,
            ["gpu_seconds_by_rule_of_thumb"] = cost?.GpuSeconds,
            ["method"] = stage.Stage == Stages.Spectrum ? plan.Jacobian.Method : null,
        };
    }

    private static string Text(JsonObject report, Experiment experiment, RunCost run, CostBasis basis)
    {
        RunPlan plan = experiment.Plan;
        StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        text.WriteLine($"{report["name"]}, plan {report["plan_hash"]}");
        if (experiment.Point is { } point)
            text.WriteLine(point.Title);
        text.WriteLine(report["plan"]!.ToJsonString(Indented));
        text.WriteLine();
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report["parameters"]} parameters"));
        foreach (JsonNode? spectrum in report["spectra"]!.AsArray())
        {
            text.WriteLine(
                $"J on {spectrum!["split"]}: [{spectrum["rows"]}, {spectrum["columns"]}], method {spectrum["method"]}: {spectrum["reason"]}");
        }

        bool isOnDevice = basis.Device is not null;
        foreach (SpectrumForecast spectrum in isOnDevice ? run.Spectra : [])
            text.WriteLine($"J on {spectrum.Split}: {Place(spectrum, basis.Device!)}");
        text.WriteLine();
        text.WriteLine($"{"stage",-17}{"key",-14}{CostText.Header(isOnDevice)}");
        foreach (StageKey stage in StageKeys.Of(plan, Catalog.Components))
        {
            StageCost? cost = run.Stages.FirstOrDefault(cost => cost.Stage == stage.Stage);
            text.WriteLine($"{stage.Stage,-17}{stage.Key[..12],-14}{(cost is null ? "" : CostText.Line(cost, isOnDevice))}".TrimEnd());
        }

        text.WriteLine($"{"whole run",-31}{CostText.Line(run, isOnDevice)}");
        text.WriteLine();
        text.WriteLine(basis.ToText());
        if (basis.InFloat32(plan, run) is { } narrow)
            text.WriteLine(narrow);
        text.WriteLine("with nothing in the cache; 'spectral explain' says which stages are");
        return text.ToString();
    }

    /// <summary>Where one spectrum is computed, and what it takes of the card.</summary>
    private static string Place(SpectrumForecast spectrum, DeviceProfile device) => spectrum.Place.IsOnDevice
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{spectrum.Place.Description}; {CostText.Bytes(spectrum.DeviceBytes)} of the card's {device.Bytes / 1e9:F0} GB, ")
            + CostText.Time(spectrum.Seconds)
        : $"{spectrum.Place.Description}; {CostText.Time(spectrum.Seconds)}";
}
