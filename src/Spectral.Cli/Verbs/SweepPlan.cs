using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectral.Cli.Running;
using Spectral.Core;
using Spectral.Core.Execution;
using Spectral.Core.Plans;

namespace Spectral.Cli.Verbs;

/// <summary>
/// What a whole sweep would run: its points, and each stage's cost over all of them. A stage that several points share
/// counts once, for the cache has it after the first.
/// </summary>
/// <param name="points">The points.</param>
internal sealed class SweepPlan(ImmutableArray<Experiment> points)
{
    private readonly ImmutableArray<StageTotal> _stages =
    [
        .. points
            .SelectMany(point => StageKeys.Of(point.Plan, Catalog.Components).Join(
                StageCost.Predict(point.Plan), key => key.Stage, cost => cost.Stage, (key, cost) => (key.Key, Cost: cost)))
            .DistinctBy(stage => stage.Key)
            .GroupBy(stage => stage.Cost.Stage)
            .Select(stages => new StageTotal(
                stages.Key,
                stages.Count(),
                stages.Sum(stage => stage.Cost.Flops),
                stages.Max(stage => stage.Cost.Bytes),
                stages.Sum(stage => stage.Cost.Seconds),
                stages.Sum(stage => stage.Cost.GpuSeconds))),
    ];

    /// <summary>As JSON: <c>points</c> with number, name, hash and values, and <c>stages</c> with their totals.</summary>
    public JsonObject ToJson() => new()
    {
        ["points"] = new JsonArray([.. points.Select(point => (JsonNode)new JsonObject
        {
            ["number"] = point.Point?.Number,
            ["name"] = point.Name,
            ["plan_hash"] = PlanJson.Hash(point.Plan, Catalog.Components),
            ["point"] = PointJson.Of(point.Point),
        })]),
        ["stages"] = new JsonArray([.. _stages.Select(stage => (JsonNode)new JsonObject
        {
            ["stage"] = stage.Stage,
            ["runs"] = stage.Runs,
            ["flops"] = stage.Flops,
            ["bytes"] = stage.Bytes,
            ["seconds_by_rule_of_thumb"] = stage.Seconds,
            ["gpu_seconds_by_rule_of_thumb"] = stage.GpuSeconds,
        })]),
    };

    /// <summary>As text, a line a point and a line a stage.</summary>
    public string ToText()
    {
        StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        foreach (Experiment point in points)
            text.WriteLine($"{PlanJson.Hash(point.Plan, Catalog.Components)[..12]}  {point.Name}, {point.Point?.Title}");
        text.WriteLine();
        text.WriteLine($"{"stage",-10}{"runs",6}{"flops",10}{"memory",10}{"time",10}{"on a GPU",10}");
        foreach (StageTotal stage in _stages)
            text.WriteLine(Line(stage));
        text.WriteLine(Line(new StageTotal(
            "all",
            points.Length,
            _stages.Sum(stage => stage.Flops),
            _stages.Max(stage => stage.Bytes),
            _stages.Sum(stage => stage.Seconds),
            _stages.Sum(stage => stage.GpuSeconds))));
        text.WriteLine(
            "time is a rule of thumb for one point after the other, not measured; a stage that points share counts once");
        text.WriteLine("'spectral plan SPEC --point N' shows one point in full");
        return text.ToString();
    }

    private static string Line(StageTotal stage) => string.Create(
        CultureInfo.InvariantCulture,
        $"{stage.Stage,-10}{stage.Runs,6}{stage.Flops,10:0.0e0}{$"{Math.Ceiling(stage.Bytes / 1e6):F0} MB",10}"
        + $"{$"~{stage.Seconds:0e0} s",10}{$"~{stage.GpuSeconds:0e0} s",10}");

    /// <summary>A stage over all points; memory is the largest, all else a sum.</summary>
    private sealed record StageTotal(string Stage, int Runs, double Flops, double Bytes, double Seconds, double GpuSeconds);
}
