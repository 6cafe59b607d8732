using System.CommandLine;
using System.Text.Json.Nodes;
using Spectral.Cli.Terminal;
using Spectral.Core.Bundles;
using Spectral.Core.Execution;
using Spectral.Core.Results;
using Spectral.Report;

namespace Spectral.Cli.Verbs;

/// <summary><c>show BUNDLE</c>: what a bundle holds, for people.</summary>
internal static class ShowVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Argument<string> bundle = SharedOptions.Bundle();
        Option<bool> json = SharedOptions.Json();
        return VerbCommand.Of(
            "show",
            "Show a bundle's summary table. Reads files only; 'verify' checks them.",
            [bundle],
            [json],
            (parsed, _) => Run(parsed.GetRequiredValue(bundle), parsed.GetValue(json)));
    }

    private static int Run(string path, bool json)
    {
        BundleFolder bundle = BundleReading.Open(path);
        RunResult result = BundleReading.Results(path, bundle);
        if (json)
        {
            Console.WriteLine(new JsonObject
            {
                ["name"] = result.Name,
                ["description"] = result.Description,
                ["plan_hash"] = result.PlanHash,
                ["content_digest"] = bundle.ContentDigest,
                ["parameters"] = result.Parameters,
                ["diverged_at"] = result.DivergedAt,
                ["measurements"] = new JsonArray([.. result.Measurements.Select(row => (JsonNode)Row(row))]),
            }.ToJsonString());
            return ExitCode.Ok;
        }

        SummaryDisplay.Write(SummaryTable.Of(result), Console.Out, !Console.IsOutputRedirected);
        Console.WriteLine($"plan {result.PlanHash}");
        Console.WriteLine($"content digest {bundle.ContentDigest}, sealed by {bundle.Software}");
        Console.WriteLine($"report {Path.Combine(path, "data", "report", "report.html")}");
        return ExitCode.Ok;
    }

    private static JsonObject Row(Measurement row) => new()
    {
        ["analysis"] = row.Analysis,
        ["quantity"] = row.Quantity,
        ["epoch"] = row.Epoch,
        ["spectrum_at"] = row.SpectrumAt,
        ["split"] = row.Split,
        ["target"] = row.Target,
        ["cutoff_rank"] = row.CutoffRank,
        ["cutoff_alpha"] = row.CutoffAlpha,
        ["value"] = Number(row.Value),
        ["lower"] = Number(row.Lower),
        ["upper"] = Number(row.Upper),
        ["unit"] = row.Unit,
        ["status"] = row.Status,
    };

    /// <summary>JSON has no NaN: a value that does not exist is null.</summary>
    private static JsonNode? Number(double value) => double.IsFinite(value) ? value : null;
}
