using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Spectral.Cli.Terminal;
using Spectral.Core.Results;
using Spectral.Report;

namespace Spectral.Cli.Verbs;

/// <summary><c>report BUNDLE...</c>: several runs together, for people: means over seeds, fits, expectations.</summary>
internal static class ReportVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Argument<string[]> bundles = new("BUNDLE")
        {
            Description = "The bundles' folders.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string[]> quantity = new("--quantity")
        {
            Description = "Measurements to show, as ANALYSIS.QUANTITY with * for any text; repeatable. All by default.",
            HelpName = "pattern",
            DefaultValueFactory = _ => [],
        };
        Option<string?> against = new("--against")
        {
            Description = "Fit a line to each measurement against this numeric setting, such as noise.uniform.rate.",
            HelpName = "path",
        };
        Option<bool> json = SharedOptions.Json();
        return VerbCommand.Of(
            "report",
            "Take several bundles together: means and 95 % intervals over seeds for all plans that are equal otherwise.",
            [bundles],
            [quantity, against, json],
            (parsed, _) => Run(
                parsed.GetRequiredValue(bundles),
                [.. parsed.GetRequiredValue(quantity)],
                parsed.GetValue(against),
                parsed.GetValue(json)));
    }

    private static int Run(string[] paths, ImmutableArray<string> quantities, string? against, bool json)
    {
        RunStatistics statistics;
        try
        {
            statistics = RunStatistics.Of(
                paths.Select(path => BundleReading.Results(path, BundleReading.Open(path))), quantities, against);
        }
        catch (ArgumentException problem)
        {
            Console.Error.WriteLine($"spectral report: --against: {problem.Message}");
            return ExitCode.Usage;
        }

        if (json)
            Console.WriteLine(Json(statistics).ToJsonString());
        else
            SummaryDisplay.Write(StatisticsTable.Of(statistics), Console.Out, !Console.IsOutputRedirected);
        return ExitCode.Ok;
    }

    private static JsonObject Json(RunStatistics statistics) => new()
    {
        ["varied"] = new JsonArray([.. statistics.Varied.Select(path => (JsonNode)path)]),
        ["means"] = new JsonArray([.. statistics.Means.Select(row => Row(row.Settings, row.Place, new JsonObject
        {
            ["runs"] = row.Runs,
            ["count"] = row.Mean?.Count ?? 0,
            ["mean"] = Number(row.Mean?.Mean),
            ["deviation"] = Number(row.Mean?.Deviation),
            ["lower"] = Number(row.Mean?.Lower),
            ["upper"] = Number(row.Mean?.Upper),
            ["next_lower"] = Number(row.Mean?.Mean - row.Mean?.NextReach),
            ["next_upper"] = Number(row.Mean?.Mean + row.Mean?.NextReach),
        }))]),
        ["lines"] = new JsonArray([.. statistics.Lines.Select(row => Row([], row.Place, new JsonObject
        {
            ["against"] = row.Setting,
            ["points"] = row.Points,
            ["intercept"] = Number(row.Line.Intercept),
            ["slope"] = Number(row.Line.Slope),
            ["slope_lower"] = Number(row.Line.SlopeLower),
            ["slope_upper"] = Number(row.Line.SlopeUpper),
            ["r_squared"] = Number(row.Line.Determination),
        }))]),
        ["expected"] = new JsonArray([.. statistics.Verdicts.Select(row => Row(
            row.Settings,
            row.Expectation.Where,
            new JsonObject
            {
                ["met"] = row.Met,
                ["runs"] = row.Runs,
                ["source"] = row.Expectation.Source,
            }))]),
    };

    private static JsonNode Row(ImmutableArray<string> settings, MeasurementPlace place, JsonObject row)
    {
        row["settings"] = new JsonArray([.. settings.Select(value => value.Length > 0 ? JsonNode.Parse(value) : null)]);
        (row["analysis"], row["quantity"], row["at"]) = (place.Analysis, place.Quantity, place.At);
        (row["epoch"], row["split"], row["target"]) = (place.Epoch, place.Split, place.Target);
        return row;
    }

    /// <summary>JSON has no NaN: a number that does not exist is null.</summary>
    private static JsonNode? Number(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
