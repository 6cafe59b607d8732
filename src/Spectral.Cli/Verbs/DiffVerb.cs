using System.Collections.Immutable;
using System.CommandLine;
using System.IO.Enumeration;
using Spectral.Cli.Library;
using Spectral.Cli.Terminal;
using Spectral.Core.Bundles;
using Spectral.Report;

namespace Spectral.Cli.Verbs;

/// <summary><c>diff A B</c>: what differs between two bundles, in settings, environment and every number.</summary>
internal static class DiffVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        const string which = "folder, or its name or the first digits of its plan hash or digest, looked up in --in.";
        Argument<string> a = new("A") { Description = $"The first bundle: its {which}" };
        Argument<string> b = new("B") { Description = "The second bundle, likewise." };
        Option<string> folder = new("--in")
        {
            Description = "Where bundles are looked up that are not given by their folder.",
            HelpName = "folder",
            DefaultValueFactory = _ => "runs",
        };
        Option<string[]> quantity = new("--quantity")
        {
            Description = "Measurements to compare, as ANALYSIS.QUANTITY with * for any text; repeatable. All by default.",
            HelpName = "pattern",
            DefaultValueFactory = _ => [],
        };
        Option<bool> all = new("--all") { Description = "Show every row, what is the same too." };
        Option<bool> verify = new("--verify") { Description = "Check both bundles' hashes and rules first." };
        Option<bool> json = SharedOptions.Json();
        return VerbCommand.Of(
            "diff",
            "Show what differs between two bundles. Exits with 0 whether or not they do.",
            [a, b],
            [folder, quantity, all, verify, json],
            (parsed, cancellation) =>
            {
                try
                {
                    (string first, string second) = Find(
                        parsed.GetRequiredValue(a),
                        parsed.GetRequiredValue(b),
                        parsed.GetRequiredValue(folder),
                        cancellation);
                    return Run(
                        first,
                        second,
                        [.. parsed.GetRequiredValue(quantity)],
                        parsed.GetValue(all),
                        parsed.GetValue(verify),
                        parsed.GetValue(json),
                        cancellation);
                }
                catch (FormatException problem)
                {
                    Console.Error.WriteLine($"spectral diff: {problem.Message}");
                    return ExitCode.Usage;
                }
            });
    }

    private static (string A, string B) Find(string a, string b, string folder, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
            return (BundleName.Find(a, null, folder), BundleName.Find(b, null, folder));
        BundleShelf? shelf = null;
        try
        {
            return (BundleName.Find(a, Shelf, folder), BundleName.Find(b, Shelf, folder));
        }
        finally
        {
            shelf?.Dispose();
        }

        // Two folders need no index.
        BundleShelf Shelf() => shelf ??= BundleShelf.Of(folder, isRecursive: false, cancellation);
    }

    private static int Run(
        string a,
        string b,
        ImmutableArray<string> quantities,
        bool all,
        bool verify,
        bool json,
        CancellationToken cancellation)
    {
        BundleDifference difference = BundleReading.Compare(a, b, verify, cancellation);
        if (!quantities.IsEmpty)
        {
            difference = difference with
            {
                Measurements = [.. difference.Measurements.Where(number => quantities.Any(pattern =>
                    FileSystemName.MatchesSimpleExpression(
                        pattern, $"{number.Place.Analysis}.{number.Place.Quantity}", ignoreCase: false)))],
            };
        }

        if (json)
            Console.WriteLine(DifferenceJson.Of(a, b, difference, all).ToJsonString());
        else
        {
            SummaryDisplay.Write(
                DifferenceTable.Of($"A = {a}, B = {b}", difference, all), Console.Out, !Console.IsOutputRedirected);
        }

        return ExitCode.Ok;
    }
}
