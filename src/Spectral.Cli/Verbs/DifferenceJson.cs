using System.Text.Json.Nodes;
using Spectral.Core.Bundles;
using Spectral.Core.Formats;

namespace Spectral.Cli.Verbs;

/// <summary>The comparison of two bundles as JSON, every number in full.</summary>
internal static class DifferenceJson
{
    /// <summary>
    /// An object with a list for each kind of difference; what is the same is left out unless all is wanted.
    /// </summary>
    public static JsonObject Of(string a, string b, BundleDifference difference, bool all) => new()
    {
        ["a"] = a,
        ["b"] = b,
        ["plan"] = List(difference.Plan.Where(leaf => all || !leaf.IsSame), Leaf),
        ["spec"] = List(difference.Spec.Where(leaf => all || !leaf.IsSame), Leaf),
        ["environment"] = List(difference.Environment.Where(leaf => all || !leaf.IsSame), Leaf),
        ["measurements"] = List(
            difference.Measurements.Where(number => all || !number.IsSame).OrderByDescending(number => number.Weight), Row),
        ["training"] = List(
            difference.Training.Where(number => all || !number.IsSame).OrderByDescending(number => number.Weight), Row),
        ["arrays"] = List(difference.Arrays.Where(array => all || array.Verdict != Verdict.Bitwise), Array),
        ["same"] = new JsonObject
        {
            ["plan"] = difference.Plan.Count(leaf => leaf.IsSame),
            ["spec"] = difference.Spec.Count(leaf => leaf.IsSame),
            ["environment"] = difference.Environment.Count(leaf => leaf.IsSame),
            ["measurements"] = difference.Measurements.Count(number => number.IsSame),
            ["training"] = difference.Training.Count(number => number.IsSame),
            ["arrays"] = difference.Arrays.Count(array => array.Verdict == Verdict.Bitwise),
        },
    };

    private static JsonArray List<T>(IEnumerable<T> rows, Func<T, JsonNode> row) => new([.. rows.Select(row)]);

    private static JsonNode Leaf(LeafDifference leaf) => new JsonObject
    {
        ["path"] = leaf.Path,
        ["a"] = leaf.A is { } a ? JsonNode.Parse(a) : null,
        ["b"] = leaf.B is { } b ? JsonNode.Parse(b) : null,
        ["in"] = (leaf.A, leaf.B) switch { (null, _) => "b", (_, null) => "a", _ => "both" },
    };

    private static JsonNode Row(NumberDifference number) => new JsonObject
    {
        ["analysis"] = number.Place.Analysis,
        ["quantity"] = number.Place.Quantity,
        ["epoch"] = number.Place.Epoch,
        ["spectrum_at"] = number.Place.SpectrumAt,
        ["split"] = number.Place.Split,
        ["target"] = number.Place.Target,
        ["a"] = Number(number.A),
        ["b"] = Number(number.B),
        ["difference"] = Finite(number.Absolute),
        ["relative"] = Finite(number.Relative),
        ["overlap"] = number.Overlaps,
    };

    private static JsonNode Array(ArtifactVerdict array) => new JsonObject
    {
        ["path"] = array.Path,
        ["same"] = array.Verdict == Verdict.Bitwise,
        ["distance"] = Finite(array.Distance),
        ["measure"] = array.Measure,
    };

    private static JsonObject? Number(StatedNumber? number) => number is null ? null : new JsonObject
    {
        ["value"] = Finite(number.Value),
        ["lower"] = Finite(number.Lower),
        ["upper"] = Finite(number.Upper),
        ["status"] = number.Status,
    };

    /// <summary>JSON has no NaN: a number that does not exist is null.</summary>
    private static JsonNode? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
