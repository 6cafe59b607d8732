using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectral.Core.Components;
using Spectral.Core.Formats;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Execution;

/// <summary>
/// Where a run's results lie in a bundle's payload, and how they are read back. Contract: docs/bundle.md.
/// </summary>
public static class ResultFiles
{
    /// <summary>The plan, canonical; its SHA-256 is the plan hash.</summary>
    public const string Plan = "plan.json";

    /// <summary>Every measured number.</summary>
    public const string Measurements = "results/measurements.csv";

    /// <summary>Loss and errors by epoch.</summary>
    public const string Training = "results/training.csv";

    /// <summary>Names the rows of every <c>projections.npy</c>.</summary>
    public const string ProjectionNames = "results/projections.json";

    /// <summary>The epochs that the first axis of the recorded outputs stands for.</summary>
    public const string OutputEpochs = "results/outputs/epochs.npy";

    /// <summary>What the author expected; only where something is. No part of the content.</summary>
    public const string Expected = "expected.json";

    /// <summary>How far apart a rerun may be; only where the author said so. No part of the content.</summary>
    public const string Verify = "verify.json";

    /// <summary>Names, shapes and digests of the data that was used.</summary>
    public const string DatasetFacts = "dataset/facts.json";

    /// <summary>The most bytes of an array in a file, for it is made whole in memory first: a little below 2 GiB.</summary>
    public const long LargestArray = int.MaxValue - 4096L;

    /// <summary>The largest JSON and the largest table that are read; both become trees many times their size.</summary>
    private const int LargestJson = 4 << 20, LargestTable = 256 << 20;

    /// <summary>Whether the left singular vectors u_1..u_r [nK, r] fit in a file; where not, a bundle has none.</summary>
    /// <param name="rows">nK.</param>
    /// <param name="rank">r.</param>
    public static bool HoldsLeftVectors(long rows, int rank) => (double)rows * rank * sizeof(double) <= LargestArray;

    /// <summary>The folder of one checkpoint and split.</summary>
    public static string SpectrumFolder(string checkpoint, string split) => $"results/{checkpoint}/{split}";

    /// <summary>The weights of a checkpoint.</summary>
    public static string Checkpoint(string checkpoint) => $"checkpoints/{checkpoint}.safetensors";

    /// <summary>A table that an analysis left.</summary>
    public static string AnalysisTable(string name) => $"results/analyses/{name}.csv";

    /// <summary>Reads the results of a finished run.</summary>
    /// <param name="payload">A bundle's payload.</param>
    /// <param name="name">The experiment's name.</param>
    /// <param name="description">Its description.</param>
    /// <param name="catalog">What components there are.</param>
    /// <exception cref="FormatException">A file is not what it should be.</exception>
    /// <exception cref="IOException">A file is missing.</exception>
    public static RunResult Read(ArtifactFolder payload, string name, string description, ComponentCatalog catalog)
    {
        byte[] planBytes = payload.Read(Plan, LargestJson);
        RunPlan plan = PlanJson.Parse(planBytes, catalog);
        ImmutableArray<Measurement> measurements =
            ResultTables.ReadMeasurements(CsvTable.Parse(payload.Read(Measurements, LargestTable)));
        Measurement? diverged = measurements.FirstOrDefault(row => row.Status == "diverged");
        return new RunResult(
            name,
            description,
            plan,
            ContentHash.Sha256(planBytes),
            ReadParameters(payload),
            ResultTables.ReadTraining(CsvTable.Parse(payload.Read(Training, LargestTable))),
            [.. ReadSpectra(payload, plan, measurements)],
            measurements,
            diverged?.Epoch)
        {
            Expectations = payload.Contains(Expected) ? ExpectationFile.Parse(payload.Read(Expected, LargestJson)) : [],
        };
    }

    private static long ReadParameters(ArtifactFolder payload) =>
        CanonicalJson.Parse(payload.Read(DatasetFacts, LargestJson)) is JsonObject facts
        && facts["parameters"] is JsonValue value
        && long.TryParse(value.ToJsonString(), NumberStyles.None, CultureInfo.InvariantCulture, out long parameters)
            ? parameters
            : throw new FormatException($"{DatasetFacts}: expected an object whose key 'parameters' is a number");

    private static IEnumerable<SpectrumResult> ReadSpectra(
        ArtifactFolder payload, RunPlan plan, ImmutableArray<Measurement> measurements)
    {
        foreach (Checkpoint checkpoint in plan.Jacobian.At)
        {
            foreach (string split in plan.Jacobian.Splits)
            {
                string folder = SpectrumFolder(checkpoint.Name, split);
                if (!payload.Contains($"{folder}/singular_values.npy"))
                    continue;
                NpyArray outputs = NpyArray.Parse(payload.Read($"{folder}/outputs.npy"));
                if (outputs.Shape.Length != 2)
                    throw new FormatException($"{folder}/outputs.npy: found {outputs.Shape.Length} axes, expected [n, K]");
                yield return new SpectrumResult(checkpoint.Name, Row("trust_floor").Epoch, split, new SingularSpectrum(
                    [.. NpyArray.Parse(payload.Read($"{folder}/singular_values.npy")).ToDoubles()],
                    Row("trust_floor").Value,
                    outputs.Shape[0] * outputs.Shape[1],
                    (long)Row("parameters").Value,
                    plan.Jacobian.Method));

                Measurement Row(string quantity) =>
                    measurements.FirstOrDefault(row =>
                        row.Analysis == "spectrum" && row.Quantity == quantity
                        && row.SpectrumAt == checkpoint.Name && row.Split == split)
                    ?? throw new FormatException($"{Measurements}: no {quantity} of {checkpoint.Name} on {split}");
            }
        }
    }
}
