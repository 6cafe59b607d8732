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
            [set, threads, point, format, json, canonical],
            (parsed, cancellation) => Run(
                parsed.GetRequiredValue(spec),
                [.. SpecReading.Overrides(parsed.GetRequiredValue(set), parsed.GetValue(threads))],
                parsed.GetValue(point),
                parsed.GetValue(format),
                parsed.GetValue(json),
                parsed.GetValue(canonical),
                cancellation));
    }

    private static int Run(
        string spec,
        string[] overrides,
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

            SweepPlan sweep = new(experiments);
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
        JsonObject report = new()
        {
            ["name"] = experiment.Name,
            ["plan_hash"] = PlanJson.Hash(plan, Catalog.Components),
            ["point"] = PointJson.Of(experiment.Point),
            ["plan"] = PlanJson.Write(plan, Catalog.Components),
            ["parameters"] = parameters,
            ["spectra"] = new JsonArray([.. plan.Jacobian.Splits.Select(split => (JsonNode)Spectrum(split, plan, classes, parameters))]),
            ["stages"] = new JsonArray([.. StageKeys.Of(plan, Catalog.Components).Select(stage => (JsonNode)Stage(stage, plan))]),
        };
        Console.Write(json ? report.ToJsonString(Indented) + "\n" : Text(report, experiment));
        return ExitCode.Ok;
    }

    private static JsonObject Spectrum(string split, RunPlan plan, int classes, long parameters)
    {
        long rows = (long)plan.JacobianExamples(split) * classes;
        NetworkLayout layout = NetworkLayout.Of(plan);
        SpectrumMethod method = layout.SpectrumMethod(plan, split);
        SpectrumMethod chosen = SpectrumMethod.Choose(rows, parameters, layout.PairCost(plan), plan.Jacobian.Top);
        return new JsonObject
        {
            ["split"] = split,
            ["rows"] = rows,
            ["columns"] = parameters,
            ["method"] = method.Name,
            ["reason"] = chosen.Name == method.Name ? chosen.Reason : method.Reason,
            ["flops"] = method.Flops,
            ["bytes"] = method.Bytes,
        };
    }

    private static JsonObject Stage(StageKey stage, RunPlan plan)
    {
        StageCost? cost = StageCost.Predict(plan).FirstOrDefault(cost => cost.Stage == stage.Stage);
        return new JsonObject
        {
            ["stage"] = stage.Stage,
            ["key"] = stage.Key,
            ["flops"] = cost?.Flops,
            ["bytes"] = cost?.Bytes,
            ["seconds_by_rule_of_thumb"] = cost?.Seconds,
            ["gpu_seconds_by_rule_of_thumb"] = cost?.GpuSeconds,
        };
    }

    private static string Text(JsonObject report, Experiment experiment)
    {
        RunPlan plan = experiment.Plan;
        StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        text.WriteLine($"{report["name"]}, plan {report["plan_hash"]}");
        if (experiment.Point is { } point)
            text.WriteLine(point.Title);
        text.WriteLine(report["plan"]!.ToJsonString(Indented));
        text.WriteLine();
        foreach (JsonNode? spectrum in report["spectra"]!.AsArray())
        {
            text.WriteLine(
                $"J on {spectrum!["split"]}: [{spectrum["rows"]}, {spectrum["columns"]}], method {spectrum["method"]}: {spectrum["reason"]}");
        }

        text.WriteLine();
        text.WriteLine($"{"stage",-10}{"key",-14}{"flops",10}{"memory",10}{"time",10}{"on a GPU",10}");
        foreach (StageKey stage in StageKeys.Of(plan, Catalog.Components))
        {
            StageCost? cost = StageCost.Predict(plan).FirstOrDefault(cost => cost.Stage == stage.Stage);
            text.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{stage.Stage + " ",-10}{stage.Key[..12],-14}{cost?.Flops,10:0.0e0}{Megabytes(cost?.Bytes),10}{Seconds(cost?.Seconds),10}{Seconds(cost?.GpuSeconds),10}"));
        }

        text.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"time is a rule of thumb on {plan.Threads} threads ({StageCost.AssumedRate:0e0} flop/s a thread, {StageCost.AssumedStep:0e0} s a step; on a GPU {StageCost.AssumedGpuRate:0e0} flop/s), not measured; 'spectral explain' says which stages are in the cache"));
        return text.ToString();
    }

    private static string Megabytes(double? bytes) =>
        bytes is { } found ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(found / 1e6):F0} MB") : "";

    private static string Seconds(double? seconds) =>
        seconds is { } found ? string.Create(CultureInfo.InvariantCulture, $"~{found:0e0} s") : "";
}
