using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Spectral.Core.Components;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using TorchSharp;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>
/// Exports a run's arrays as plain <c>.npy</c> files: with them, everything that an analysis used can be computed again
/// in NumPy. Files are copied from the bundle where it has them; inputs are read from the dataset again.
/// </summary>
/// <param name="payload">The bundle's payload.</param>
/// <param name="result">The results that it holds.</param>
/// <param name="folders">Where data sets are kept.</param>
/// <param name="catalog">What components there are.</param>
public sealed class ResultExport(
    ArtifactFolder payload, RunResult result, DataFolders folders, ComponentCatalog catalog)
{
    /// <summary>A spectrum's arrays that are copied where the bundle has them.</summary>
    private static readonly ImmutableArray<string> SpectrumFiles =
        ["outputs.npy", "singular_values.npy", "left_vectors.npy", "projections.npy"];

    /// <summary>A split's arrays that are copied where the bundle has them.</summary>
    private static readonly ImmutableArray<string> SplitFiles =
        ["indices.npy", "labels.npy", "labels_clean.npy", "targets_clean.npy", "mask.npy"];

    private readonly RunPlan _plan = result.Plan;
    private readonly NetworkLayout _layout = NetworkLayout.Of(result.Plan);

    private int Classes => _plan.Dataset.ClassNames.Length;

    /// <summary>Writes the export into a folder.</summary>
    /// <param name="folder">The folder, which is made.</param>
    /// <param name="withJacobian">Whether to add J [nK, p] for every checkpoint and split; loads libtorch.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="IOException">A file is missing or cannot be written.</exception>
    /// <exception cref="InvalidDataException">The dataset is not the one that the run used.</exception>
    public void WriteTo(string folder, bool withJacobian, CancellationToken cancellation)
    {
        ArtifactFolder export = new(folder);
        DatasetArrays arrays = _plan.Dataset.Load(
            folders with { Files = InputFiles.In(payload, _plan) }, _plan.Seeds.Of("data"));
        WriteSplit(export, "train", arrays.Train);
        if (arrays.Validation.Count > 0)
            WriteSplit(export, "validation", arrays.Validation);
        WriteSplit(export, "test", arrays.Test);
        foreach (Checkpoint checkpoint in _plan.Jacobian.At)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!payload.Contains(ResultFiles.Checkpoint(checkpoint.Name)))
                continue; // a run that diverged did not reach it
            byte[] weights = payload.Read(ResultFiles.Checkpoint(checkpoint.Name));
            foreach (SafetensorsTensor weight in Safetensors.Parse(weights))
                export.Write($"{checkpoint.Name}/weights/{weight.Name}.npy", CheckpointFile.ToNpy(weight).ToBytes());
        }

        foreach (SpectrumResult spectrum in result.Spectra)
        {
            cancellation.ThrowIfCancellationRequested();
            string from = ResultFiles.SpectrumFolder(spectrum.Checkpoint, spectrum.Split);
            string to = $"{spectrum.Checkpoint}/{spectrum.Split}";
            foreach (string name in SpectrumFiles)
            {
                if (payload.Contains($"{from}/{name}"))
                    export.Write($"{to}/{name}", payload.Read($"{from}/{name}"));
            }

            if (withJacobian)
            {
                SplitArrays split = spectrum.Split == "train" ? arrays.Train : arrays.Test;
                export.Write($"{to}/jacobian.npy", Jacobian(spectrum, split).ToBytes());
            }
        }

        export.Write("index.json", CanonicalJson.Serialize(Index()));
    }

    private void WriteSplit(ArtifactFolder export, string split, SplitArrays arrays)
    {
        byte[] indices = NpyArray.Of(arrays.Indices.Select(index => (long)index).ToArray(), arrays.Count).ToBytes();
        if (!payload.Read($"dataset/{split}/indices.npy").AsSpan().SequenceEqual(indices))
            throw new InvalidDataException($"the dataset's {split} split is not the one that the run used");
        export.Write(
            $"{split}/inputs.npy",
            NpyArray.Of(arrays.Inputs.AsSpan(), [arrays.Count, .. _plan.Dataset.InputShape.ToLongs()]).ToBytes());
        foreach (string name in SplitFiles)
        {
            if (payload.Contains($"dataset/{split}/{name}"))
                export.Write($"{split}/{name}", payload.Read($"dataset/{split}/{name}"));
        }

        if (payload.Contains($"dataset/{split}/targets.npy"))
        {
            float[] stored = NpyArray.Parse(payload.Read($"dataset/{split}/targets.npy")).ToFloats();
            double[] reals = [.. stored.Select(value => (double)value)];
            export.Write($"{split}/targets.npy", NpyArray.Of(reals, arrays.Count, Classes).ToBytes());
            return;
        }

        long[] labels = NpyArray.Parse(payload.Read($"dataset/{split}/labels.npy")).ToLongs();
        double[] targets = new double[labels.Length * Classes];
        for (int example = 0; example < labels.Length; example++)
            targets[(example * Classes) + labels[example]] = 1;
        export.Write($"{split}/targets.npy", NpyArray.Of(targets, labels.Length, Classes).ToBytes());
    }

    private NpyArray Jacobian(SpectrumResult spectrum, SplitArrays arrays)
    {
        NativeRuntime.UseThreads(_plan.Threads);
        using IDisposable scope = NewDisposeScope();
        int examples = _plan.JacobianExamples(spectrum.Split);
        Shape one = _plan.Dataset.InputShape;
        Tensor inputs = AlignedTensor.Of(
            arrays.Inputs.AsSpan()[..(examples * (int)one.Count)].ToArray(),
            [examples, .. one.ToLongs()],
            torch.float64,
            torch.CPU);
        ImmutableArray<Tensor> weights = CheckpointFile.Parse(
            payload.Read(ResultFiles.Checkpoint(spectrum.Checkpoint)), _layout, torch.float64, torch.CPU);
        Tensor jacobian = CheckpointJacobian.Form(_plan, _layout, weights, inputs).Jacobian.contiguous(); // [nK, p]
        return NpyArray.Of(jacobian.data<double>().ToArray(), jacobian.shape);
    }

    /// <summary>What the files are: shapes, units, the order of rows and of the Jacobian's columns.</summary>
    private JsonObject Index()
    {
        JsonArray columns = [];
        long first = 0;
        foreach (NamedParameter parameter in _layout.Differentiated(_plan))
        {
            columns.Add((JsonNode)new JsonObject
            {
                ["name"] = parameter.Name,
                ["first_column"] = first,
                ["shape"] = new JsonArray([.. parameter.Slot.Shape.Dimensions.Select(extent => (JsonNode)extent)]),
            });
            first += parameter.Slot.Shape.Count;
        }

        return new JsonObject
        {
            ["export"] = 1,
            ["name"] = result.Name,
            ["plan_hash"] = result.PlanHash,
            ["plan"] = PlanJson.Write(_plan, catalog),
            ["classes"] = new JsonArray([.. _plan.Dataset.ClassNames.Select(name => (JsonNode)name)]),
            ["row_order"] = "row (i, c) = i*K + c of J, left_vectors and every vector of R^{nK}",
            ["parameter_columns"] = columns,
            ["jacobian_examples"] = new JsonObject(_plan.Jacobian.Splits.Select(split =>
                KeyValuePair.Create(split, (JsonNode?)_plan.JacobianExamples(split)))),
            ["projection_rows"] = new JsonArray([.. LabelVectors.Names.Select(name => (JsonNode)name)]),
            ["arrays"] = new JsonObject
            {
                ["SPLIT/inputs.npy"] = "[n, input shape], float32, after preprocessing",
                ["SPLIT/indices.npy"] = "[n], int64, place of each example in its source",
                ["SPLIT/labels.npy"] = "[n], int64, the labels given to training (for test: clean)",
                ["SPLIT/labels_clean.npy"] = "[n], int64, the labels before noise",
                ["SPLIT/mask.npy"] = "[n], bool, where given and clean labels differ",
                ["SPLIT/targets.npy"] = "[n, K], float64, one-hot given labels, or the given real values",
                ["SPLIT/targets_clean.npy"] =
                    "[n, K], float32, the real values before noise, where targets are no classes",
                ["CHECKPOINT/weights/NAME.npy"] = "a parameter under PyTorch's name, in the precision of training",
                ["CHECKPOINT/SPLIT/outputs.npy"] =
                    "[n, K], float64, f at the checkpoint, evaluated in float64; here and below n is the split's "
                    + "number in jacobian_examples, its first examples",
                ["CHECKPOINT/SPLIT/singular_values.npy"] =
                    "[min(nK, p)], float64, descending, in units of J; NaN below the trust floor",
                ["CHECKPOINT/SPLIT/left_vectors.npy"] =
                    "[nK, r], float64, u_1..u_r as columns, the entry of largest magnitude positive",
                ["CHECKPOINT/SPLIT/projections.npy"] =
                    "[10, min(nK, p)], float64, <u_s, v> of the vectors in projection_rows",
                ["CHECKPOINT/SPLIT/jacobian.npy"] = "[nK, p], float64, with --jacobian",
            },
        };
    }
}
