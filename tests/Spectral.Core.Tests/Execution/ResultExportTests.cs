using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MathNet.Numerics.LinearAlgebra;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Execution;

/// <summary>
/// An export is enough to compute everything again: here from its arrays alone, by loops over its weights and inputs
/// and by MathNet's SVD, without a tensor.
/// </summary>
public sealed class ResultExportTests(ExportedRun run) : IClassFixture<ExportedRun>
{
    private const int Classes = 3, Hidden = 6, Pixels = 64;

    /// <summary>Every checkpoint on every split.</summary>
    public static TheoryData<string, string> Spectra { get; } =
        new() { { "initial", "train" }, { "initial", "test" }, { "final", "train" }, { "final", "test" } };

    [Theory]
    [InlineData("train", 24, 8)]
    [InlineData("test", 12, 0)]
    public void A_split_is_that_of_the_plan_with_its_noise(string split, int count, int wrong)
    {
        DatasetArrays arrays = ExportedRun.Plan.Dataset.Load(DataFolders.None, 1);
        SplitArrays chosen = split == "train" ? arrays.Train : arrays.Test;
        NpyArray inputs = NpyArray.Parse(run.Export.Read($"{split}/inputs.npy"));
        Assert.Equal([count, 1, 8, 8], inputs.Shape);
        Assert.Equal(chosen.Inputs, inputs.ToFloats());
        Assert.Equal(chosen.Indices.Select(index => (long)index), run.Longs($"{split}/indices.npy"));
        long[] labels = run.Longs($"{split}/labels.npy"), clean = run.Longs($"{split}/labels_clean.npy");
        Assert.Equal(chosen.Targets.Labels.Select(label => (long)label), clean);
        if (split == "train")
            Assert.Equal(ExportedRun.Plan.Noise.Corrupt(chosen.Targets, 1).Labels.Select(label => (long)label), labels);
        bool[] mask = NpyArray.Parse(run.Export.Read($"{split}/mask.npy")).ToBooleans();
        Assert.Equal(labels.Zip(clean, (label, right) => label != right), mask);
        Assert.Equal(wrong, mask.Count(changed => changed));
        double[][] targets = run.Matrix($"{split}/targets.npy");
        Assert.Equal(labels.Select(OneHot), targets);
    }

    [Theory]
    [InlineData("initial")]
    [InlineData("final")]
    public void Weights_are_those_of_the_checkpoint(string checkpoint)
    {
        ImmutableArray<SafetensorsTensor> tensors = Safetensors.Parse(
            run.Payload.Read($"checkpoints/{checkpoint}.safetensors"));
        Assert.Equal(["1.bias", "1.weight", "3.bias", "3.weight"], tensors.Select(tensor => tensor.Name).Order());
        foreach (SafetensorsTensor tensor in tensors)
        {
            NpyArray exported = NpyArray.Parse(run.Export.Read($"{checkpoint}/weights/{tensor.Name}.npy"));
            Assert.Equal(tensor.Shape, exported.Shape);
            Assert.Equal(MemoryMarshal.Cast<byte, float>(tensor.Data.Span).ToArray(), exported.ToFloats());
        }
    }

    [Theory]
    [MemberData(nameof(Spectra))]
    public void Outputs_and_Jacobian_are_those_of_the_exported_weights_and_inputs(string checkpoint, string split)
    {
        double[][] w1 = run.Matrix($"{checkpoint}/weights/1.weight.npy");
        double[][] b1 = run.Matrix($"{checkpoint}/weights/1.bias.npy");
        double[][] w3 = run.Matrix($"{checkpoint}/weights/3.weight.npy");
        double[][] b3 = run.Matrix($"{checkpoint}/weights/3.bias.npy");
        double[][] inputs = run.Matrix($"{split}/inputs.npy");
        double[][] outputs = run.Matrix($"{checkpoint}/{split}/outputs.npy");
        double[][] jacobian = run.Matrix($"{checkpoint}/{split}/jacobian.npy");
        Assert.Equal(inputs.Length * Classes, jacobian.Length);
        for (int i = 0; i < inputs.Length; i++)
        {
            double[] hidden = [.. Enumerable.Range(0, Hidden).Select(j =>
                Math.Tanh(b1[j][0] + Enumerable.Range(0, Pixels).Sum(x => w1[j][x] * inputs[i][x])))];
            for (int c = 0; c < Classes; c++)
            {
                Close(b3[c][0] + Enumerable.Range(0, Hidden).Sum(j => w3[c][j] * hidden[j]), outputs[i][c]);
                List<double> row = [];
                double[] slope = [.. Enumerable.Range(0, Hidden).Select(j => w3[c][j] * (1 - (hidden[j] * hidden[j])))];
                for (int j = 0; j < Hidden; j++)
                    row.AddRange(inputs[i].Select(x => slope[j] * x));
                row.AddRange(slope);
                for (int other = 0; other < Classes; other++)
                    row.AddRange(hidden.Select(value => other == c ? value : 0));
                row.AddRange(OneHot(c));
                Assert.Equal(row.Count, jacobian[(i * Classes) + c].Length);
                for (int column = 0; column < row.Count; column++)
                    Close(row[column], jacobian[(i * Classes) + c][column]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Spectra))]
    public void The_Jacobians_SVD_is_that_of_the_exported_values_and_vectors(string checkpoint, string split)
    {
        Matrix<double> jacobian = Dense(run.Matrix($"{checkpoint}/{split}/jacobian.npy"));
        Matrix<double> left = Dense(run.Matrix($"{checkpoint}/{split}/left_vectors.npy"));
        double[] sigma = [.. run.Matrix($"{checkpoint}/{split}/singular_values.npy").Select(row => row[0])];
        Assert.Equal(jacobian.RowCount, sigma.Length);
        Assert.Equal((sigma.Length, sigma.Length), (left.RowCount, left.ColumnCount));
        double[] expected = [.. jacobian.Svd(false).S];
        for (int s = 0; s < sigma.Length; s++)
        {
            Assert.InRange(sigma[s] - expected[s], -1e-12 * expected[0], 1e-12 * expected[0]);
            Vector<double> u = left.Column(s);
            Assert.Equal(sigma[s], jacobian.TransposeThisAndMultiply(u).L2Norm(), 1e-12 * expected[0]);
            Assert.True(u[u.AbsoluteMaximumIndex()] > 0);
        }

        Assert.True(
            (left.TransposeThisAndMultiply(left) - Matrix<double>.Build.DenseIdentity(sigma.Length)).L2Norm() < 1e-12);
    }

    [Theory]
    [MemberData(nameof(Spectra))]
    public void Projections_are_the_eleven_vectors_in_the_coordinates_of_the_left_vectors(string checkpoint, string split)
    {
        Matrix<double> left = Dense(run.Matrix($"{checkpoint}/{split}/left_vectors.npy"));
        Matrix<double> projections = Dense(run.Matrix($"{checkpoint}/{split}/projections.npy"));
        double[][] given = [.. run.Longs($"{split}/labels.npy").Select(OneHot)];
        double[][] clean = [.. run.Longs($"{split}/labels_clean.npy").Select(OneHot)];
        double[][] now = run.Matrix($"{checkpoint}/{split}/outputs.npy");
        double[][] start = run.Matrix($"initial/{split}/outputs.npy");
        (string Name, double[][] Vector)[] vectors =
        [
            ("label.given", given), ("label.clean", clean),
            ("label.centred", Centred(given)), ("label.noise", Minus(given, clean)),
            ("label.noise_centred", CentredByClass(Minus(given, clean), run.Longs($"{split}/labels_clean.npy"))),
            ("residual.given", Minus(now, given)), ("residual.clean", Minus(now, clean)),
            ("residual.centred", Centred(Minus(now, given))), ("initial_residual.given", Minus(start, given)),
            ("initial_residual.clean", Minus(start, clean)), ("initial_residual.centred", Centred(Minus(start, given))),
        ];
        Assert.Equal(
            vectors.Select(pair => pair.Name), Index()["projection_rows"]!.AsArray().Select(name => (string)name!));
        Assert.Equal((11, left.ColumnCount), (projections.RowCount, projections.ColumnCount));
        for (int row = 0; row < vectors.Length; row++)
        {
            double[] flat = [.. vectors[row].Vector.SelectMany(example => example)]; // (i, c) = i*K + c
            Vector<double> back = left * projections.Row(row);
            for (int entry = 0; entry < flat.Length; entry++)
                Close(flat[entry], back[entry]);
        }
    }

    [Theory]
    [InlineData("train", 24)]
    [InlineData("test", 12)]
    public void Balanced_clean_labels_are_class_constant_by_one_over_the_root_of_K_and_centred_ones_not_at_all(
        string split, int n)
    {
        foreach (string checkpoint in (string[])["initial", "final"])
        {
            Assert.Equal(1 / Math.Sqrt(3), Share("clean"), 1e-14);
            Assert.Equal(0, Share("centred"));
            long[] labels = run.Longs($"{split}/labels.npy");
            double squares = Enumerable.Range(0, Classes).Sum(c => Math.Pow(labels.Count(label => label == c), 2));
            Assert.Equal(Math.Sqrt(squares) / n, Share("given"), 1e-14);

            double Share(string target) => Assert.Single(run.Measurements, row =>
                (row.Quantity, row.SpectrumAt, row.Split, row.Target)
                == ("class_constant_baseline", checkpoint, split, target)).Value;
        }

        Assert.Contains(run.Measurements, row => row is { Split: "test", Target: "noise", Status: "undefined" });
        Assert.DoesNotContain(run.Measurements, row => row is { Split: "train", Status: "undefined" });
    }

    [Fact]
    public void The_index_says_what_every_file_is()
    {
        JsonObject index = Index();
        Assert.Equal(1, (int)index["export"]!);
        Assert.Equal("small", (string)index["name"]!);
        Assert.Equal(PlanJson.Hash(ExportedRun.Plan, Catalog.Components), (string)index["plan_hash"]!);
        Assert.Equal(run.Payload.Read("plan.json"), CanonicalJson.Serialize(index["plan"]));
        Assert.Equal("""["3","5","8"]""", index["classes"]!.ToJsonString());
        Assert.StartsWith("row (i, c) = i*K + c", (string)index["row_order"]!, StringComparison.Ordinal);
        Assert.Equal(
            """
            [{"first_column":0,"name":"1.weight","shape":[6,64]},{"first_column":384,"name":"1.bias","shape":[6]},
            {"first_column":390,"name":"3.weight","shape":[3,6]},{"first_column":408,"name":"3.bias","shape":[3]}]
            """.ReplaceLineEndings(""),
            System.Text.Encoding.UTF8.GetString(CanonicalJson.Serialize(index["parameter_columns"])));

        string[] described = [.. index["arrays"]!.AsObject().Select(pair => pair.Key)];
        Regex[] patterns =
        [
            .. described.Select(Regex.Escape).Select(name => new Regex("^" + name
                .Replace("SPLIT", "(train|test)", StringComparison.Ordinal)
                .Replace("CHECKPOINT", "(initial|final)", StringComparison.Ordinal)
                .Replace("NAME", ".+", StringComparison.Ordinal) + "$")),
        ];
        string[] files = [.. run.Export.Files().Where(file => file != "index.json")];
        Assert.All(files, file => Assert.Single(patterns, pattern => pattern.IsMatch(file)));
        // Clean targets are told apart only where noise changed the values themselves.
        Assert.All(
            patterns.Where(pattern => !pattern.ToString().Contains("targets_clean", StringComparison.Ordinal)),
            pattern => Assert.Contains(files, file => pattern.IsMatch(file)));
        Assert.Equal((2 * 6) + (2 * 4) + (4 * 5), files.Length);
    }

    [Fact]
    public void Without_the_Jacobian_everything_else_is_the_same()
    {
        using TemporaryFolder folder = new();
        new ResultExport(
            run.Payload, ResultFiles.Read(run.Payload, "small", "", Catalog.Components), DataFolders.None, Catalog.Components)
            .WriteTo(folder.Path, withJacobian: false, CancellationToken.None);
        ArtifactFolder export = new(folder.Path);
        Assert.Equal(
            run.Export.Files().Where(file => !file.EndsWith("/jacobian.npy", StringComparison.Ordinal)),
            export.Files());
        Assert.All(export.Files(), file => Assert.Equal(run.Export.Read(file), export.Read(file)));
    }

    [Fact]
    public void A_run_that_diverged_exports_the_checkpoints_that_it_reached()
    {
        using TemporaryFolder folder = new();
        ArtifactFolder payload = new(folder.File("payload")), export = new(folder.File("export"));
        SmallRun.Into(payload, SmallRun.Plan with
        {
            Training = SmallRun.Plan.Training with { Optimizer = new StochasticGradientDescent(1e30, 0) },
        });
        new ResultExport(payload, ResultFiles.Read(payload, "small", "", Catalog.Components), DataFolders.None, Catalog.Components)
            .WriteTo(folder.File("export"), withJacobian: true, CancellationToken.None);
        Assert.Equal(
            ["jacobian.npy", "left_vectors.npy", "outputs.npy", "projections.npy", "singular_values.npy"],
            export.Files().Where(file => file.StartsWith("initial/train/", StringComparison.Ordinal))
                .Select(file => file[14..]).Order());
        Assert.DoesNotContain(export.Files(), file => file.StartsWith("final/", StringComparison.Ordinal));
    }

    [Fact]
    public void A_bundle_of_other_examples_than_the_dataset_gives_is_not_exported()
    {
        using TemporaryFolder folder = new();
        ArtifactFolder payload = new(folder.File("payload"));
        foreach (string file in run.Payload.Files())
            payload.Write(file, run.Payload.Read(file));
        long[] indices = NpyArray.Parse(payload.Read("dataset/test/indices.npy")).ToLongs();
        indices[^1]++;
        payload.Write("dataset/test/indices.npy", NpyArray.Of(indices, indices.Length).ToBytes());
        ResultExport export = new(
            payload, ResultFiles.Read(payload, "small", "", Catalog.Components), DataFolders.None, Catalog.Components);
        Assert.Equal(
            "the dataset's test split is not the one that the run used",
            Assert.Throws<InvalidDataException>(
                () => export.WriteTo(folder.File("export"), withJacobian: false, CancellationToken.None)).Message);
    }

    private JsonObject Index() => CanonicalJson.Parse(run.Export.Read("index.json"))!.AsObject();

    private static double[] OneHot(int label) => [.. Enumerable.Range(0, Classes).Select(c => c == label ? 1.0 : 0)];

    private static double[] OneHot(long label) => OneHot((int)label);

    private static double[][] Minus(double[][] left, double[][] right) =>
        [.. left.Zip(right, (a, b) => a.Zip(b, (x, y) => x - y).ToArray())];

    /// <summary>Each example less the mean of those with its label.</summary>
    private static double[][] CentredByClass(double[][] vector, long[] labels) =>
    [
        .. vector.Select((example, i) => example.Select((value, c) =>
            value - vector.Where((_, j) => labels[j] == labels[i]).Average(other => other[c])).ToArray()),
    ];

    private static double[][] Centred(double[][] rows)
    {
        double[] mean = [.. Enumerable.Range(0, Classes).Select(c => rows.Average(row => row[c]))];
        return [.. rows.Select(row => row.Zip(mean, (value, average) => value - average).ToArray())];
    }

    private static Matrix<double> Dense(double[][] rows) => Matrix<double>.Build.DenseOfRowArrays(rows);

    private static void Close(double expected, double found) => Assert.InRange(found - expected, -1e-12, 1e-12);
}
