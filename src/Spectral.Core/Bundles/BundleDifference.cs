using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Results;

namespace Spectral.Core.Bundles;

/// <summary>Everything in which two bundles could differ, side by side: what is the same stands there too.</summary>
/// <param name="Plan">The settings.</param>
/// <param name="Spec">Name, description, overrides and the SHA-256 of the spec's file.</param>
/// <param name="Environment">The facts of the machine and of the spec's repository.</param>
/// <param name="Measurements">The measurements, joined on all columns that say what was measured.</param>
/// <param name="Training">Loss and error by epoch, split and target.</param>
/// <param name="Arrays">
/// Arrays and weights, by the distances that also judge a rerun; the first bundle is the original.
/// </param>
public sealed record BundleDifference(
    ImmutableArray<LeafDifference> Plan,
    ImmutableArray<LeafDifference> Spec,
    ImmutableArray<LeafDifference> Environment,
    ImmutableArray<NumberDifference> Measurements,
    ImmutableArray<NumberDifference> Training,
    ImmutableArray<ArtifactVerdict> Arrays)
{
    /// <summary>Compares two bundles. The cost is reading all results of both.</summary>
    /// <exception cref="FormatException">A file of one of them is not what it should be.</exception>
    /// <exception cref="IOException">A file that every bundle has is missing.</exception>
    public static BundleDifference Of(BundleFolder a, BundleFolder b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return new BundleDifference(
            LeafDifference.Of(Json(a, ResultFiles.Plan), Json(b, ResultFiles.Plan)),
            LeafDifference.Of(SpecOf(a), SpecOf(b)),
            LeafDifference.Of(EnvironmentOf(a), EnvironmentOf(b)),
            Join(MeasurementsOf(a), MeasurementsOf(b)),
            Join(TrainingOf(a), TrainingOf(b)),
            [
                .. BundleComparison.Compare(a.Payload, b.Payload, Tolerances.Standard)
                    .Where(file => Path.GetExtension(file.Path) is ".npy" or ".safetensors"),
            ]);
    }

    /// <summary>The names that a spec may have in a bundle.</summary>
    private static readonly ImmutableArray<string> SpecFiles = ["spec.yaml", "spec.fsx"];

    private static JsonObject SpecOf(BundleFolder bundle) => new()
    {
        ["name"] = bundle.Name,
        ["description"] = bundle.Description,
        ["overrides"] = Optional(bundle, "overrides.json")?["overrides"]?.DeepClone(),
        ["point"] = Optional(bundle, "overrides.json")?["point"]?.DeepClone(),
        ["file_sha256"] = SpecFiles.Where(bundle.Payload.Contains).Select(name => ContentHash.Sha256(bundle.Payload.Read(name)))
            .FirstOrDefault(),
    };

    private static JsonObject EnvironmentOf(BundleFolder bundle) => new()
    {
        ["software"] = bundle.Software,
        ["machine"] = Optional(bundle, "record/environment.json")?.DeepClone(),
        ["source"] = Optional(bundle, "record/source.json")?.DeepClone(),
    };

    private static Dictionary<NumberPlace, StatedNumber> MeasurementsOf(BundleFolder bundle) => Numbered(
        Read(bundle, ResultFiles.Measurements, bytes => ResultTables.ReadMeasurements(CsvTable.Parse(bytes)))
            .Select(row => (
                new NumberPlace(row.Analysis, row.Quantity, row.Epoch, row.SpectrumAt, row.Split, row.Target, 0),
                new StatedNumber(row.Value, row.Lower, row.Upper, row.Status))));

    private static Dictionary<NumberPlace, StatedNumber> TrainingOf(BundleFolder bundle) => Numbered(
        Read(bundle, ResultFiles.Training, bytes => ResultTables.ReadTraining(CsvTable.Parse(bytes)))
            .SelectMany(row => new[]
            {
                (Place(row, "loss"), Exactly(row.Loss)),
                (Place(row, "error"), Exactly(row.Error)),
            }));

    private static NumberPlace Place(TrainingRow row, string quantity) =>
        new("training", quantity, row.Epoch, "", row.Split, row.Target, 0);

    private static StatedNumber Exactly(double value) => new(value, value, value, "ok");

    private static Dictionary<NumberPlace, StatedNumber> Numbered(IEnumerable<(NumberPlace Place, StatedNumber Number)> rows)
    {
        Dictionary<NumberPlace, StatedNumber> numbers = [];
        foreach ((NumberPlace place, StatedNumber number) in rows)
        {
            NumberPlace free = place;
            while (!numbers.TryAdd(free, number))
                free = free with { Occurrence = free.Occurrence + 1 };
        }

        return numbers;
    }

    private static ImmutableArray<NumberDifference> Join(
        Dictionary<NumberPlace, StatedNumber> a, Dictionary<NumberPlace, StatedNumber> b) =>
    [
        .. a.Keys.Union(b.Keys).Select(place =>
            new NumberDifference(place, a.GetValueOrDefault(place), b.GetValueOrDefault(place))),
    ];

    private static JsonNode? Json(BundleFolder bundle, string path) =>
        Read(bundle, path, bytes => CanonicalJson.Parse(bytes));

    // Of two bundles, a message must say which one is at fault.
    private static T Read<T>(BundleFolder bundle, string path, Func<byte[], T> parse)
    {
        byte[] bytes = bundle.Payload.Read(path);
        try
        {
            return parse(bytes);
        }
        catch (FormatException problem)
        {
            throw new FormatException($"{bundle.Root}: {path}: {problem.Message}", problem);
        }
    }

    // The record grew: an older bundle has less of it.
    private static JsonNode? Optional(BundleFolder bundle, string path) =>
        bundle.Payload.Contains(path) ? Json(bundle, path) : null;
}
