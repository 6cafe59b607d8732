using System.Text.Json.Nodes;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>
/// <c>export</c>: everything that an analysis used can be computed again from plain arrays. The tiny network is small
/// enough to do so here, in straight loops: f(x) = W2 tanh(W1 x + b1) + b2 with 4 hidden units.
/// </summary>
public sealed class ExportTests(SealedBundles bundles, ExportTests.Exported exported) : IClassFixture<ExportTests.Exported>
{
    private static readonly string[] Checkpoints = ["initial", "2", "final"];

    private static readonly string[] Splits = ["train", "test"];

    /// <summary>The export of the tiny bundle with its Jacobians, made once.</summary>
    /// <param name="bundles">Whose tiny bundle is exported.</param>
    public sealed class Exported(SealedBundles bundles) : IAsyncLifetime
    {
        private readonly WorkFolder _folder = new();

        /// <summary>The folder of the export.</summary>
        public string Folder => _folder.Locate("export");

        /// <summary>What the program said.</summary>
        public Outcome Outcome { get; private set; } = null!;

        /// <inheritdoc/>
        public async ValueTask InitializeAsync() =>
            Outcome = await CommandLine.In(_folder).Run("export", bundles.Tiny, "--out", "export", "--jacobian");

        /// <inheritdoc/>
        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }

        /// <summary>One of its arrays.</summary>
        public NumPyFile Array(params string[] path) => NumPyFile.Read([Folder, .. path]);
    }

    [Fact]
    public void Export_prints_its_folder_which_has_every_array_of_the_contract_and_no_other()
    {
        Assert.Equal("export\n", exported.Outcome.Expect(0).Output);
        Assert.Equal(["export"], Directory.GetFileSystemEntries(Path.GetDirectoryName(exported.Folder)!).Select(Path.GetFileName));
        string[] expected =
        [
            "index.json",
            .. from split in Splits
               from file in (string[])["inputs", "indices", "labels", "labels_clean", "mask", "targets"]
               select $"{split}/{file}.npy",
            .. from checkpoint in Checkpoints
               from name in (string[])["1.weight", "1.bias", "3.weight", "3.bias"]
               select $"{checkpoint}/weights/{name}.npy",
            .. from checkpoint in Checkpoints
               from split in Splits
               from file in (string[])["outputs", "singular_values", "left_vectors", "projections", "jacobian"]
               select $"{checkpoint}/{split}/{file}.npy",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), BundleFiles.Names(exported.Folder));
    }

    [Fact]
    public void The_index_names_the_plan_the_rows_and_the_columns_of_the_Jacobian()
    {
        JsonNode index = JsonNode.Parse(File.ReadAllText(Path.Combine(exported.Folder, "index.json")))!;
        Assert.Equal(BundleFiles.Info(bundles.Tiny, "Spectral-Plan-Hash"), index["plan_hash"]!.GetValue<string>());
        Assert.Equal(File.ReadAllText(Path.Combine(bundles.Tiny, "data", "plan.json")), index["plan"]!.ToJsonString());
        Assert.Equal(
            ["1.weight 0 [4,64]", "1.bias 256 [4]", "3.weight 260 [3,4]", "3.bias 272 [3]"],
            index["parameter_columns"]!.AsArray().Select(column => $"{column!["name"]} {column["first_column"]} {column["shape"]!.ToJsonString()}"));
        Assert.Equal(11, index["projection_rows"]!.AsArray().Count);
    }

    [Fact]
    public void Labels_mask_and_targets_agree_with_each_other()
    {
        foreach (string split in Splits)
        {
            NumPyFile given = exported.Array(split, "labels.npy"), clean = exported.Array(split, "labels_clean.npy");
            NumPyFile mask = exported.Array(split, "mask.npy"), targets = exported.Array(split, "targets.npy");
            int n = split == "train" ? 30 : 15;
            Assert.Equal([n, 1, 8, 8], exported.Array(split, "inputs.npy").Shape);
            Assert.Equal([n, 3], targets.Shape);
            for (int i = 0; i < n; i++)
            {
                Assert.Equal(given.Values[i] != clean.Values[i], mask.Values[i] == 1);
                Assert.Equal([.. Enumerable.Range(0, 3).Select(c => c == (int)given.Values[i] ? 1.0 : 0)], targets.Values[(3 * i)..((3 * i) + 3)]);
            }

            Assert.Equal([n / 3, n / 3, n / 3], clean.Values.GroupBy(label => label).Select(group => group.Count()));
            Assert.InRange(mask.Energy, split == "train" ? 7 : 0, split == "train" ? 8 : 0); // a quarter of 30
        }
    }

    [Fact]
    public void Outputs_are_those_of_the_exported_weights_on_the_exported_inputs()
    {
        foreach (string checkpoint in Checkpoints)
        {
            foreach (string split in Splits)
            {
                Network network = new(exported, checkpoint);
                NumPyFile inputs = exported.Array(split, "inputs.npy"), outputs = exported.Array(checkpoint, split, "outputs.npy");
                for (int i = 0; i < outputs.Shape[0]; i++)
                {
                    double[] expected = network.Outputs(inputs.Values.AsSpan(64 * i, 64));
                    for (int c = 0; c < 3; c++)
                        Assert.Equal(expected[c], outputs[i, c], 1e-13);
                }
            }
        }
    }

    [Fact]
    public void The_classes_with_the_largest_outputs_make_the_errors_of_the_training_table()
    {
        Table training = Table.Read(bundles.Tiny, "data", "results", "training.csv");
        foreach ((string checkpoint, string epoch) in ((string, string)[])[("initial", "0"), ("2", "2"), ("final", "4")])
        {
            foreach ((string split, string target, string labels) in ((string, string, string)[])
                [("train", "given", "labels.npy"), ("train", "clean", "labels_clean.npy"), ("test", "clean", "labels_clean.npy")])
            {
                NumPyFile outputs = exported.Array(checkpoint, split, "outputs.npy"), truth = exported.Array(split, labels);
                int errors = Enumerable.Range(0, truth.Values.Length).Count(i =>
                    Enumerable.Range(0, 3).MaxBy(c => outputs[i, c]) != (int)truth.Values[i]);
                (string, string)[] row = [("epoch", epoch), ("split", split), ("target", target)];
                Assert.Equal(errors, training.Number("errors", row));
                Assert.Equal((double)errors / truth.Values.Length, training.Number("error", row), 1e-15);
            }
        }
    }

    [Fact]
    public void Every_entry_of_every_Jacobian_is_the_derivative_by_hand()
    {
        foreach (string checkpoint in Checkpoints)
        {
            foreach (string split in Splits)
            {
                Network network = new(exported, checkpoint);
                NumPyFile inputs = exported.Array(split, "inputs.npy"), jacobian = exported.Array(checkpoint, split, "jacobian.npy");
                Assert.Equal([inputs.Shape[0] * 3, 275], jacobian.Shape);
                double worst = 0;
                for (int i = 0; i < inputs.Shape[0]; i++)
                {
                    double[,] expected = network.Jacobian(inputs.Values.AsSpan(64 * i, 64));
                    for (int c = 0; c < 3; c++)
                    {
                        for (int column = 0; column < 275; column++)
                            worst = Math.Max(worst, Math.Abs(expected[c, column] - jacobian[(3 * i) + c, column]));
                    }
                }

                Assert.InRange(worst, 0, 1e-14);
            }
        }
    }

    [Fact]
    public void Singular_values_and_left_vectors_are_those_of_the_Jacobian()
    {
        foreach (string checkpoint in Checkpoints)
        {
            foreach (string split in Splits)
            {
                NumPyFile jacobian = exported.Array(checkpoint, split, "jacobian.npy"), left = exported.Array(checkpoint, split, "left_vectors.npy");
                NumPyFile sigma = exported.Array(checkpoint, split, "singular_values.npy");
                int rows = jacobian.Shape[0];
                Assert.Equal([rows, 5], left.Shape);
                Assert.Equal([rows], sigma.Shape);
                Assert.Equal(jacobian.Energy, sigma.Energy, jacobian.Energy * 1e-12);
                for (int s = 0; s < 5; s++)
                {
                    // ||J^T u_s|| = sigma_s, and J J^T u_s = sigma_s^2 u_s.
                    double[] image = [.. Enumerable.Range(0, 275).Select(column => Enumerable.Range(0, rows).Sum(row => jacobian[row, column] * left[row, s]))];
                    Assert.Equal(sigma.Values[s], Math.Sqrt(image.Sum(value => value * value)), 1e-12 * sigma.Values[0]);
                    for (int row = 0; row < rows; row++)
                    {
                        double back = Enumerable.Range(0, 275).Sum(column => jacobian[row, column] * image[column]);
                        Assert.Equal(sigma.Values[s] * sigma.Values[s] * left[row, s], back, 1e-11 * sigma.Values[0] * sigma.Values[0]);
                    }

                    for (int t = 0; t <= s; t++)
                        Assert.Equal(s == t ? 1 : 0, Enumerable.Range(0, rows).Sum(row => left[row, s] * left[row, t]), 1e-13);
                }
            }
        }
    }

    [Fact]
    public void Projections_are_those_of_labels_and_residuals_and_keep_their_norms()
    {
        string[] names = [.. JsonNode.Parse(File.ReadAllText(Path.Combine(exported.Folder, "index.json")))!["projection_rows"]!.AsArray().Select(name => name!.GetValue<string>())];
        foreach (string checkpoint in Checkpoints)
        {
            foreach (string split in Splits)
            {
                NumPyFile projections = exported.Array(checkpoint, split, "projections.npy"), left = exported.Array(checkpoint, split, "left_vectors.npy");
                Assert.Equal([11, left.Shape[0]], projections.Shape);
                for (int index = 0; index < names.Length; index++)
                {
                    double[] vector = Vector(names[index], checkpoint, split);
                    double[] row = projections.Values[(index * left.Shape[0])..((index + 1) * left.Shape[0])];
                    // nK < p, so that the left vectors span all of R^{nK}.
                    Assert.Equal(Math.Sqrt(vector.Sum(value => value * value)), Math.Sqrt(row.Sum(value => value * value)), 1e-12);
                    for (int s = 0; s < 5; s++)
                        Assert.Equal(Enumerable.Range(0, vector.Length).Sum(i => vector[i] * left[i, s]), row[s], 1e-12);
                }
            }
        }
    }

    [Fact]
    public void Label_alignment_and_residual_energy_follow_from_the_projections()
    {
        Table measurements = Table.Read(bundles.Tiny, "data", "results", "measurements.csv");
        foreach (string checkpoint in Checkpoints)
        {
            foreach (string target in (string[])["given", "clean", "centred"])
            {
                (string, string)[] place = [("spectrum_at", checkpoint), ("split", "train"), ("target", target)];
                double[] label = Vector("label." + target, checkpoint, "train"), residual = Vector("residual." + target, checkpoint, "train");
                double initial = Vector("initial_residual." + target, checkpoint, "train").Sum(value => value * value);
                (double kept, double whole) = Energies(label);
                Assert.Equal(Math.Sqrt(kept / whole), Measured("label_alignment", "information"), 1e-12);
                Assert.Equal(Math.Sqrt(1 - (kept / whole)), Measured("label_alignment", "nuisance"), 1e-12);
                (kept, whole) = Energies(residual);
                Assert.Equal(kept / initial, Measured("residual_energy", "information"), 1e-12);
                Assert.Equal((whole - kept) / initial, Measured("residual_energy", "nuisance"), 1e-12);

                double Measured(string analysis, string quantity) =>
                    measurements.Number("value", [("analysis", analysis), ("quantity", quantity), .. place]);
            }

            (double Kept, double Whole) Energies(double[] vector)
            {
                NumPyFile left = exported.Array(checkpoint, "train", "left_vectors.npy");
                return (
                    Enumerable.Range(0, 5).Sum(s => Math.Pow(Enumerable.Range(0, vector.Length).Sum(i => vector[i] * left[i, s]), 2)),
                    vector.Sum(value => value * value));
            }
        }
    }

    [Fact]
    public async Task Without_jacobian_there_is_none_and_the_other_files_are_the_same()
    {
        using WorkFolder folder = new();
        (await CommandLine.In(folder).Run("export", bundles.Tiny, "--out", "plain")).Expect(0);
        string[] names = BundleFiles.Names(folder.Locate("plain"));
        Assert.Equal(BundleFiles.Names(exported.Folder).Where(name => !name.EndsWith("jacobian.npy", StringComparison.Ordinal)), names);
        Assert.All(names, name => Assert.Equal(File.ReadAllBytes(Path.Combine(exported.Folder, name)), File.ReadAllBytes(Path.Combine(folder.Path, "plain", name))));
    }

    [Fact]
    public async Task Something_that_exists_is_no_place_for_an_export_and_is_left_alone()
    {
        using WorkFolder folder = new();
        folder.Make("empty");
        File.WriteAllText(Path.Combine(folder.Make("full"), "mine.txt"), "mine");
        folder.Write("file", "mine");
        string[] before = BundleFiles.Snapshot(folder.Path);
        foreach (string name in (string[])["empty", "full"])
            (await CommandLine.In(folder).Run("export", bundles.Tiny, "--out", name)).ExpectRefusal(2, name, "exists already");
        (await CommandLine.In(folder).Run("export", bundles.Tiny, "--out", "file")).ExpectRefusal(2, "file is a file");
        Assert.Equal(before, BundleFiles.Snapshot(folder.Path));
    }

    [Fact]
    public async Task An_export_that_cannot_be_written_leaves_nothing()
    {
        using WorkFolder folder = new();
        folder.Write("file", "mine");
        (await CommandLine.In(folder).Run("export", bundles.Tiny, "--out", "file/below")).ExpectRefusal(2, "file is a file");
        (await CommandLine.In(folder).Run("export", bundles.Tiny)).ExpectRefusal(2, "--out");
        Assert.Equal(["file"], folder.Entries());
    }

    /// <summary>A vector of R^{nK} by its name in <c>projection_rows</c>, from labels and outputs alone.</summary>
    private double[] Vector(string name, string checkpoint, string split)
    {
        string[] parts = name.Split('.');
        NumPyFile given = exported.Array(split, "labels.npy"), clean = exported.Array(split, "labels_clean.npy");
        NumPyFile outputs = exported.Array(parts[0] == "initial_residual" ? "initial" : checkpoint, split, "outputs.npy");
        double[] vector = new double[outputs.Values.Length];
        for (int i = 0; i < given.Values.Length; i++)
        {
            for (int c = 0; c < 3; c++)
            {
                double one = given.Values[i] == c ? 1 : 0, other = clean.Values[i] == c ? 1 : 0;
                double label = parts[1] switch { "clean" => other, "noise" or "noise_centred" => one - other, _ => one };
                vector[(3 * i) + c] = parts[0] == "label" ? label : outputs[i, c] - label;
            }
        }

        // Noise loses the mean of each clean class, residuals and labels that of all examples.
        IEnumerable<IGrouping<double, int>> groups = Enumerable.Range(0, given.Values.Length)
            .GroupBy(i => parts[1] == "noise_centred" ? clean.Values[i] : 0);
        foreach (int[] group in groups.Select(group => group.ToArray()).Where(_ => parts[1].EndsWith("centred")))
        {
            for (int c = 0; c < 3; c++)
            {
                double mean = group.Average(i => vector[(3 * i) + c]);
                foreach (int i in group)
                    vector[(3 * i) + c] -= mean;
            }
        }

        return vector;
    }

    /// <summary>The tiny network in straight loops.</summary>
    private sealed class Network(Exported exported, string checkpoint)
    {
        private readonly NumPyFile _first = exported.Array(checkpoint, "weights", "1.weight.npy");
        private readonly NumPyFile _firstBias = exported.Array(checkpoint, "weights", "1.bias.npy");
        private readonly NumPyFile _second = exported.Array(checkpoint, "weights", "3.weight.npy");
        private readonly NumPyFile _secondBias = exported.Array(checkpoint, "weights", "3.bias.npy");

        public double[] Outputs(ReadOnlySpan<double> input)
        {
            double[] hidden = Hidden(input);
            return [.. Enumerable.Range(0, 3).Select(c => _secondBias.Values[c] + Enumerable.Range(0, 4).Sum(j => _second[c, j] * hidden[j]))];
        }

        public double[,] Jacobian(ReadOnlySpan<double> input)
        {
            double[] hidden = Hidden(input);
            double[,] rows = new double[3, 275];
            for (int c = 0; c < 3; c++)
            {
                for (int j = 0; j < 4; j++)
                {
                    double inner = _second[c, j] * (1 - (hidden[j] * hidden[j]));
                    for (int k = 0; k < 64; k++)
                        rows[c, (64 * j) + k] = inner * input[k];
                    rows[c, 256 + j] = inner;
                    rows[c, 260 + (4 * c) + j] = hidden[j];
                }

                rows[c, 272 + c] = 1;
            }

            return rows;
        }

        private double[] Hidden(ReadOnlySpan<double> input)
        {
            double[] hidden = new double[4];
            for (int j = 0; j < 4; j++)
            {
                double sum = _firstBias.Values[j];
                for (int k = 0; k < 64; k++)
                    sum += _first[j, k] * input[k];
                hidden[j] = Math.Tanh(sum);
            }

            return hidden;
        }
    }
}
