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
/// <param name="basis">The machine and the device.</param>
internal sealed class SweepPlan(ImmutableArray<Experiment> points, CostBasis basis)
{
    private readonly ImmutableArray<StageTotal> _stages = Totals(points, basis);

    private readonly double _others = points.Take(1).Sum(point => basis.Predict(point.Plan).OtherSeconds)
        + points.Skip(1).Sum(point => basis.Later.Predict(point.Plan).OtherSeconds - basis.Machine.Rates.StartSeconds);

    private StageTotal All => new(
        "all",
        points.Length,
        _stages.Sum(stage => stage.Flops),
        _stages.Sum(stage => stage.Moved),
        _stages.Max(stage => stage.Bytes),
        _stages.Max(stage => stage.PeakBytes),
        _stages.Max(stage => stage.DeviceBytes),
        _stages.Sum(stage => stage.Disk),
        _others + _stages.Sum(stage => stage.Seconds),
        _stages.Sum(stage => stage.RuleSeconds),
        _stages.Sum(stage => stage.GpuSeconds));

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
        ["stages"] = new JsonArray([.. _stages.Select(stage => (JsonNode)stage.ToJson())]),
        ["run"] = All.ToJson(),
        ["calibrated"] = basis.Machine.Measured?.ToString("o", CultureInfo.InvariantCulture),
        ["device"] = basis.DeviceName,
        ["device_calibrated"] = basis.Device?.Measured?.ToString("o", CultureInfo.InvariantCulture),
    };

    /// <summary>As text, a line a point and a line a stage.</summary>
    public string ToText()
    {
        StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        foreach (Experiment point in points)
            text.WriteLine($"{PlanJson.Hash(point.Plan, Catalog.Components)[..12]}  {point.Name}, {point.Point?.Title}");
        text.WriteLine();
        bool isOnDevice = basis.Device is not null;
        text.WriteLine($"{"stage",-17}{"runs",6}{CostText.Header(isOnDevice)}");
        foreach (StageTotal stage in (IEnumerable<StageTotal>)[.. _stages, All])
            text.WriteLine($"{stage.Stage,-17}{stage.Runs,6}{CostText.Line(stage.Cost, isOnDevice)}");
        text.WriteLine();
        text.WriteLine(basis.ToText());
        text.WriteLine("one point after the other; a stage that points share counts once, memory is the largest point's");
        text.WriteLine("'spectral plan SPEC --point N' shows one point in full");
        return text.ToString();
    }

    private static ImmutableArray<StageTotal> Totals(ImmutableArray<Experiment> points, CostBasis basis) =>
    [
        .. points
            .SelectMany((point, index) => StageKeys.Of(point.Plan, Catalog.Components).Join(
                (index == 0 ? basis : basis.Later).Predict(point.Plan).Stages,
                key => key.Stage,
                cost => cost.Stage,
                (key, cost) => (key.Key, Cost: cost)))
            .DistinctBy(stage => stage.Key)
            .GroupBy(stage => stage.Cost.Stage)
            .Select(stages => new StageTotal(
                stages.Key,
                stages.Count(),
                stages.Sum(stage => stage.Cost.Flops),
                stages.Sum(stage => stage.Cost.Moved),
                stages.Max(stage => stage.Cost.Bytes),
                stages.Max(stage => stage.Cost.PeakBytes),
                stages.Max(stage => stage.Cost.DeviceBytes),
                stages.Sum(stage => stage.Cost.Disk),
                stages.Sum(stage => stage.Cost.Seconds),
                stages.Sum(stage => stage.Cost.RuleSeconds),
                stages.Sum(stage => stage.Cost.GpuSeconds))),
    ];

    /// <summary>A stage over all points; memory is the largest, all else a sum.</summary>
    private sealed record StageTotal(
        string Stage,
        int Runs,
        double Flops,
        double Moved,
        double Bytes,
        double PeakBytes,
        double DeviceBytes,
        double Disk,
        double Seconds,
        double RuleSeconds,
        double GpuSeconds)
    {
        /// <summary>The same without the number of runs.</summary>
        public StageCost Cost => new(Stage, Flops, Moved, Bytes, PeakBytes, Disk, Seconds, RuleSeconds, GpuSeconds)
        {
            DeviceBytes = DeviceBytes,
        };

        /// <summary>As <c>--json</c> has it.</summary>
        public JsonObject ToJson() => new()
        {
            ["stage"] = Stage,
            ["runs"] = Runs,
            ["flops"] = Flops,
            ["moved_bytes"] = Moved,
            ["bytes"] = Bytes,
            ["peak_bytes"] = PeakBytes,
            ["device_bytes"] = DeviceBytes,
            ["disk_bytes"] = Disk,
            ["seconds"] = Seconds,
            ["seconds_by_rule_of_thumb"] = RuleSeconds,
            ["gpu_seconds_by_rule_of_thumb"] = GpuSeconds,
        };
    }
}
