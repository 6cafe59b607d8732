using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Spectral.Core.Components;
using Spectral.Core.Formats;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>Writes what the stages make into a bundle's payload, where <see cref="ResultFiles"/> says.</summary>
/// <param name="payload">The payload of a draft.</param>
internal sealed class ResultWriter(ArtifactFolder payload)
{
    /// <summary>The plan, in its canonical bytes.</summary>
    public void WritePlan(RunPlan plan, ComponentCatalog catalog) =>
        payload.Write(ResultFiles.Plan, PlanJson.Serialize(plan, catalog));

    /// <summary>What the author expects; no file where that is nothing.</summary>
    public void WriteExpectations(ImmutableArray<Expectation> expectations)
    {
        if (!expectations.IsEmpty)
            payload.Write(ResultFiles.Expected, ExpectationFile.Serialize(expectations));
    }

    /// <summary>How far apart the author lets a rerun be; no file where nothing was said.</summary>
    public void WriteTolerances(Tolerances? tolerances)
    {
        if (tolerances is not null)
            payload.Write(ResultFiles.Verify, ToleranceFile.Serialize(tolerances));
    }

    /// <summary>Which examples were used with which labels, and the digests of what they came from.</summary>
    public void WriteDataset(RunPlan plan, DatasetArrays arrays, IEnumerable<LabelledSplit> splits, long parameters)
    {
        JsonObject inputs = [];
        foreach (LabelledSplit split in splits)
        {
            string folder = $"dataset/{split.Name}";
            long count = split.Arrays.Count;
            payload.Write($"{folder}/indices.npy", Longs(split.Arrays.Indices, count));
            if (split.Given.AreClasses)
            {
                payload.Write($"{folder}/labels.npy", Longs(split.Given.Labels, count));
                payload.Write($"{folder}/labels_clean.npy", Longs(split.Arrays.Targets.Labels, count));
            }
            else
            {
                payload.Write($"{folder}/targets.npy", Reals(split.Given));
                payload.Write($"{folder}/targets_clean.npy", Reals(split.Arrays.Targets));
            }

            payload.Write($"{folder}/mask.npy", NpyArray.Of(split.Mask.AsSpan(), count).ToBytes());
            if (split.Given.AreClasses && !split.Given.AreOneHot)
            {
                NpyArray given = NpyArray.Of(split.Given.Values.AsSpan(), count, split.Given.Outputs);
                payload.Write($"{folder}/targets.npy", given.ToBytes());
            }

            inputs[split.Name] = ContentHash.Sha256(MemoryMarshal.AsBytes(split.Arrays.Inputs.AsSpan()));
        }

        JsonObject sources = [];
        foreach ((string name, string digest) in arrays.Sources)
            sources[name] = digest;
        payload.Write(ResultFiles.DatasetFacts, CanonicalJson.Serialize(new JsonObject
        {
            ["classes"] = new JsonArray([.. plan.Dataset.ClassNames.Select(name => (JsonNode)name)]),
            ["input_shape"] = new JsonArray([.. plan.Dataset.InputShape.Dimensions.Select(extent => (JsonNode)extent)]),
            ["inputs_sha256"] = inputs,
            ["parameters"] = parameters,
            ["sources_sha256"] = sources,
        }));
    }

    /// <summary>The weights of one checkpoint under PyTorch's names, in binary32 or binary64 as trained.</summary>
    public void WriteCheckpoint(string checkpoint, NetworkLayout layout, ImmutableArray<Tensor> weights) =>
        payload.Write(ResultFiles.Checkpoint(checkpoint), CheckpointFile.Serialize(layout, weights));

    /// <summary>Loss and errors, and the recorded outputs.</summary>
    public void WriteTraining(TrainingOutcome outcome, IEnumerable<LabelledSplit> splits, int classes)
    {
        payload.Write(ResultFiles.Training, ResultTables.Write(outcome.Rows).ToBytes());
        ReadOnlySpan<long> epochs = outcome.Outputs["train"].Epochs;
        payload.Write(ResultFiles.OutputEpochs, NpyArray.Of(epochs, epochs.Length).ToBytes());
        foreach (LabelledSplit split in splits)
        {
            RecordedOutputs outputs = outcome.Outputs[split.Name];
            payload.Write(
                $"results/outputs/{split.Name}.npy",
                NpyArray.Of(outputs.Values, outputs.Epochs.Length, split.Arrays.Count, classes).ToBytes());
        }
    }

    /// <summary>
    /// The arrays of one spectrum; singular values below the trust floor are written as NaN, never as numbers.
    /// </summary>
    public void WriteSpectrum(SpectrumArtifacts artifacts)
    {
        SpectralView view = artifacts.View;
        SingularSpectrum spectrum = view.Spectrum;
        string folder = ResultFiles.SpectrumFolder(view.Checkpoint, view.Split);
        double[] trusted = [.. spectrum.Values.Select(value => value >= spectrum.TrustFloor ? value : double.NaN)];
        payload.Write($"{folder}/singular_values.npy", NpyArray.Of(trusted, trusted.Length).ToBytes());
        payload.Write($"{folder}/outputs.npy", NpyArray.Of(view.Outputs.Span, view.Examples, view.Classes).ToBytes());
        payload.Write(
            $"{folder}/projections.npy",
            NpyArray.Of(
                artifacts.Projections.SelectMany(vector => vector.Coefficients).ToArray(),
                artifacts.Projections.Length,
                spectrum.Values.Length).ToBytes());
        if (view.Cutoff.Split is { } split && artifacts.KeepsLeftVectors)
        {
            payload.Write(
                $"{folder}/left_vectors.npy",
                NpyArray.Of(view.LeftVectors.Span, spectrum.Rows, split.Rank).ToBytes());
        }
    }

    /// <summary>All measurements, and the names of the projections' rows.</summary>
    public void WriteMeasurements(ImmutableArray<Measurement> measurements)
    {
        payload.Write(ResultFiles.Measurements, ResultTables.Write(measurements).ToBytes());
        payload.Write(ResultFiles.ProjectionNames, CanonicalJson.Serialize(
            new JsonObject { ["rows"] = new JsonArray([.. LabelVectors.Names.Select(name => (JsonNode)name)]) }));
    }

    /// <summary>A table of an analysis.</summary>
    public void WriteTable(AnalysisTable table) =>
        payload.Write(ResultFiles.AnalysisTable(table.Name), table.Content.ToBytes());

    private static byte[] Reals(TargetArrays targets) =>
        NpyArray.Of(targets.Values.AsSpan(), targets.Count, targets.Outputs).ToBytes();

    private static byte[] Longs(ImmutableArray<int> values, long count) =>
        NpyArray.Of(values.Select(value => (long)value).ToArray(), count).ToBytes();
}
