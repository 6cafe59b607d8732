using System.Collections.Immutable;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Results;

namespace Spectral.Core.Bundles;

/// <summary>
/// What a list of bundles knows of one: facts of its bag, every setting of its plan, every measurement at a checkpoint.
/// Read without checking hashes other than the plan's.
/// </summary>
/// <param name="Root">The absolute path of the bundle's folder.</param>
/// <param name="Damage">Why it cannot be read as a bundle; null where it can.</param>
/// <param name="Values">
/// The facts: <see cref="FactNames"/>, settings by dotted path (<c>noise.uniform.rate</c>; a component's own path has its
/// kind, and its setting where it has one only, as in <c>uniform 0.25</c>, and <c>.kind</c> behind it the kind alone), and
/// measurements as <c>ANALYSIS.QUANTITY@CHECKPOINT/SPLIT/TARGET</c>. A damaged bundle has its name alone.
/// </param>
public sealed record BundleCard(string Root, string? Damage, ImmutableDictionary<string, CardValue> Values)
{
    /// <summary>The facts that are neither settings nor measurements.</summary>
    public static readonly ImmutableArray<string> FactNames =
    [
        "name", "folder", "description", "plan_hash", "digest", "environment", "software", "created", "signed", "n",
        "train_error", "test_error",
    ];

    /// <summary>The folder of a bundle's signatures, in its root.</summary>
    internal const string SignatureFolder = "attest";

    private const string Timings = "record/timings.json";

    /// <summary>Reads a bundle's card; a bundle that cannot be read gets one that says why.</summary>
    /// <param name="root">The bundle's folder.</param>
    public static BundleCard Read(string root)
    {
        try
        {
            Dictionary<string, CardValue> values = new(StringComparer.Ordinal);
            RequirePlainFiles(root);
            BundleFolder bundle = BundleFolder.Open(root);
            AddFacts(bundle, values);
            AddPlan(bundle, values);
            MeasurementKey.Add(ResultTables.ReadMeasurements(Table(bundle, ResultFiles.Measurements)), values);
            AddErrors(ResultTables.ReadTraining(Table(bundle, ResultFiles.Training)), values);
            return new BundleCard(root, null, values.ToImmutableDictionary(StringComparer.Ordinal));
        }
        catch (Exception problem) when (problem is InvalidDataException or FormatException or IOException
            or UnauthorizedAccessException or InvalidOperationException)
        {
            return new BundleCard(root, problem.Message, ImmutableDictionary<string, CardValue>.Empty
                .Add("folder", CardValue.Of(Path.GetFileName(root))));
        }
    }

    // Opening a pipe would wait for a writer that may never come, and with it the whole list.
    private static void RequirePlainFiles(string root)
    {
        string[] read = [ResultFiles.Plan, ResultFiles.Measurements, ResultFiles.Training, Timings];
        foreach (string name in read.Select(path => BagLayout.PayloadPrefix + path).Prepend(BagLayout.Info))
        {
            FileInfo file = new(Path.Combine(root, name));
            if (file.Exists && !RegularFile.Is(file))
                throw new FormatException($"{name} is a pipe, socket or device, expected a regular file");
        }
    }

    private static void AddFacts(BundleFolder bundle, Dictionary<string, CardValue> values)
    {
        values["name"] = CardValue.Of(bundle.Name);
        values["folder"] = CardValue.Of(Path.GetFileName(bundle.Root));
        values["description"] = CardValue.Of(bundle.Description);
        values["plan_hash"] = CardValue.Of(bundle.PlanHash);
        values["digest"] = CardValue.Of(bundle.ContentDigest);
        values["environment"] = CardValue.Of(bundle.NumericEnvironment);
        values["software"] = CardValue.Of(bundle.Software);
        values["created"] = CardValue.Of(bundle.Day);
        string signatures = Path.Combine(bundle.Root, SignatureFolder);
        bool isSigned = Directory.Exists(signatures) && Directory.EnumerateFiles(signatures).Any();
        values["signed"] = CardValue.Of(isSigned ? "true" : "false");
        if (EndOf(bundle) is { } end)
            values["created"] = CardValue.Of(end);
    }

    /// <summary>When the last stage ended, to the second, UTC; null where the bundle's record does not say.</summary>
    private static string? EndOf(BundleFolder bundle)
    {
        if (!bundle.Payload.Contains(Timings))
            return null;
        string? last = JsonLeaves.Of(CanonicalJson.Parse(bundle.Payload.Read(Timings)))
            .Where(leaf => leaf.Key.EndsWith(".end", StringComparison.Ordinal))
            .Select(leaf => JsonLeaves.Text(leaf.Value))
            .LastOrDefault();
        return DateTimeOffset.TryParse(
            last, System.Globalization.CultureInfo.InvariantCulture, out DateTimeOffset end)
            ? end.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture)
            : null;
    }

    private static void AddPlan(BundleFolder bundle, Dictionary<string, CardValue> values)
    {
        byte[] plan = bundle.Payload.Read(ResultFiles.Plan);
        if (ContentHash.Sha256(plan) != bundle.PlanHash)
            throw new FormatException($"{ResultFiles.Plan} is not the plan whose hash the bag states");
        PlanSettings.Add("", CanonicalJson.Parse(plan), values);
    }

    private static void AddErrors(ImmutableArray<TrainingRow> rows, Dictionary<string, CardValue> values)
    {
        if (rows.IsEmpty)
            return;
        int last = rows.Max(row => row.Epoch);
        foreach (TrainingRow row in rows.Where(row => row.Epoch == last))
        {
            if (row is { Split: "train", Target: "given" })
                (values["n"], values["train_error"]) = (CardValue.Of(row.Examples), CardValue.Of(row.Error));
            else if (row is { Split: "test", Target: "clean" })
                values["test_error"] = CardValue.Of(row.Error);
        }
    }

    private static CsvTable Table(BundleFolder bundle, string path) => CsvTable.Parse(bundle.Payload.Read(path));
}
