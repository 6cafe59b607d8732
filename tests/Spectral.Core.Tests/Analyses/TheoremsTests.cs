using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using Spectral.Core.Analyses;
using Spectral.Core.Datasets;
using Spectral.Core.Formats;
using Spectral.Core.Layers;
using Spectral.Core.Losses;
using Spectral.Core.Networks;
using Spectral.Core.Noises;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Tests.Execution;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

/// <summary>
/// The theorems on a small run of the paper's network: every term once more with dense matrices from exported arrays.
/// </summary>
public sealed class TheoremsTests(ShallowRun run) : IClassFixture<ShallowRun>
{
    private const double Gamma = ShallowRun.Gamma, Abar = ShallowRun.Abar, Zeta = ShallowRun.Zeta;

    private const double Delta = ShallowRun.Delta, Nu = ShallowRun.Nu;

    private const int N = ShallowRun.N, K = ShallowRun.K, Hidden = ShallowRun.Hidden;

    [Fact]
    public void Theorem_3_2_has_the_terms_of_the_paper()
    {
        Matrix<double> x = run.Inputs, sigma = Wide(x).KroneckerProduct(Matrix<double>.Build.DenseIdentity(K));
        Vector<double> y = run.Labels;
        double b = 1, norm = x.L2Norm(), alpha = Abar * Math.Pow(N, 0.25) * Math.Sqrt(K * norm) * b;
        var evd = sigma.Evd(Symmetricity.Symmetric);
        double[] values = [.. evd.EigenValues.Select(value => Math.Sqrt(Math.Max(0, value.Real)))];
        (double information, double nuisance, double inverse, double distance) =
            Parts(values, evd.EigenVectors.Transpose() * y, y.L2Norm(), alpha);
        AssertNear(2 * nuisance / Math.Sqrt(N), run.Of("theorem_3_2_bias"));
        double variance = 12 * b * Math.Sqrt(K) / Math.Sqrt(N) * (inverse + (Gamma / alpha * nuisance));
        AssertNear(variance, run.Of("theorem_3_2_variance"));
        AssertNear(12 * b * Math.Sqrt(K) / Math.Sqrt(N) * distance, run.Of("theorem_3_2_variance_by_distance"));
        double precision = 12 * (1 + (Gamma / (Abar * Math.Pow(N * norm * norm, 0.25)))) * Zeta;
        AssertNear(precision, run.Of("theorem_3_2_precision"));
        double concentration = 5 * Math.Sqrt(Math.Log(2 / Delta) / N);
        AssertNear(concentration, run.Of("theorem_3_2_concentration"));
        AssertNear(2 * Math.Exp(-Gamma), run.Of("theorem_3_2_early_stopping"));
        Measurement bound = run.Of("theorem_3_2_bound");
        AssertNear(
            (2 * nuisance / Math.Sqrt(N)) + variance + precision + concentration + (2 * Math.Exp(-Gamma)), bound);
        Assert.Equal("vacuous", bound.Status);
        Assert.Equal(values.Count(value => value >= alpha), bound.CutoffRank);
        Assert.Equal(Nu * alpha / Math.Sqrt(K), bound.CutoffAlpha!.Value, 1e-12);
        double c = information / y.L2Norm();
        double width = 12e7 * Math.Pow(Gamma, 4) * Math.Pow(K, 4) * Math.Pow(norm, 4) * N * N * Math.Log(N)
            / (Math.Pow(c * Zeta, 4) * Math.Pow(alpha, 8));
        AssertNear(width, run.Of("theorem_3_2_k_required"));
        AssertNear(width / Hidden, run.Of("theorem_3_2_k_ratio"));
    }

    [Fact]
    public void Theorem_3_3_has_the_terms_of_the_paper()
    {
        Vector<double> residual = run.Residual("initial");
        double norm = run.Inputs.L2Norm(), alpha = Nu * Abar * Math.Pow(N, 0.25) * Math.Sqrt(norm);
        var svd = run.Jacobian("initial").Svd();
        (double _, double nuisance, double inverse, double distance) =
            Parts([.. svd.S], svd.U.Transpose() * residual, residual.L2Norm(), alpha);
        double size = residual.L2Norm() / Math.Sqrt(N);
        AssertNear(2 * nuisance / Math.Sqrt(N), run.Of("theorem_3_3_bias"));
        AssertNear(12 * Nu / Math.Sqrt(N) * (inverse + (Gamma / alpha * nuisance)), run.Of("theorem_3_3_variance"));
        AssertNear(12 * Nu / Math.Sqrt(N) * distance, run.Of("theorem_3_3_variance_by_distance"));
        AssertNear(2 * size * Zeta, run.Of("theorem_3_3_precision"));
        AssertNear(2 * size * Math.Exp(-Gamma), run.Of("theorem_3_3_early_stopping"));
        AssertNear(
            25600 * size * size * Math.Pow(Gamma, 4) / (Math.Pow(Abar, 8) * Nu * Nu * Zeta * Zeta),
            run.Of("theorem_3_3_k_required"));
        Assert.Equal("vacuous", run.Of("theorem_3_3_bound").Status);
        // Both theorems cut at the same place of the two spectra's scales.
        Assert.Equal(
            run.Of("theorem_3_2_bound").CutoffAlpha!.Value, run.Of("theorem_3_3_bound").CutoffAlpha!.Value, 1e-12);
        AssertNear(2 * distance, run.Line("3.3", "conclusion", "distance", "needed"));
    }

    [Fact]
    public void Theorem_5_3_has_the_terms_of_the_paper_at_the_plan_s_cutoff()
    {
        Vector<double> residual = run.Residual("initial");
        Matrix<double> jacobian = run.Jacobian("initial");
        var svd = jacobian.Svd();
        double alpha = svd.S[7], beta = Nu * run.Inputs.L2Norm(), norm = residual.L2Norm();
        (double information, double nuisance, double inverse, double _) =
            Parts([.. svd.S], svd.U.Transpose() * residual, norm, alpha * (1 - 1e-12));
        double tolerance = Math.Min(1, Zeta * beta / alpha);
        AssertNear(tolerance, run.Of("theorem_5_3_tolerance"));
        double radius = 2 * (inverse + (Gamma / alpha * nuisance) + (tolerance * Gamma / alpha * norm));
        AssertNear(radius, run.Of("theorem_5_3_radius"));
        Measurement bound = run.Of("theorem_5_3_bound");
        AssertNear(((Math.Exp(-Gamma) * information) + nuisance + (tolerance * alpha / beta * norm)) / norm, bound);
        Assert.Equal((8, "unproved"), (bound.CutoffRank, bound.Status));
        double allowed = tolerance * Math.Pow(alpha, 3) / (5 * Gamma * beta * beta);
        AssertNear(allowed, run.Line("5.3", "hypothesis", "jacobian_change", "needed"));
        AssertNear(2 * beta * radius / Math.Sqrt(Hidden), run.Of("theorem_5_3_jacobian_change_bound"));
        AssertNear((run.Jacobian("final") - jacobian).L2Norm(), run.Of("theorem_5_3_jacobian_change"), 1e-9);
        double moved = (run.Weights("final") - run.Weights("initial")).L2Norm();
        AssertNear(moved, run.Of("theorem_5_3_parameter_distance"));
    }

    [Fact]
    public void Hypotheses_hold_what_they_need_against_what_is_here()
    {
        double norm = run.Inputs.L2Norm();
        Assert.Equal("no", run.Verdict("3.2", "nu"));
        AssertNear(Zeta / (50 * Math.Sqrt(Math.Log(2 * K))), run.Line("3.2", "hypothesis", "nu", "needed"));
        Assert.Equal("no", run.Verdict("3.2", "width"));
        Assert.Equal("yes", run.Verdict("3.2", "gradient_descent"));
        Assert.Equal("yes", run.Verdict("3.2", "random_start"));
        Assert.Equal("yes", run.Verdict("3.3", "step_size"));
        AssertNear(1 / (Nu * Nu * norm * norm), run.Line("3.3", "hypothesis", "step_size", "needed"));
        AssertNear(0.05, run.Line("3.3", "hypothesis", "step_size", "here"));
        Assert.Equal("yes", run.Verdict("5.3", "jacobian_norm"));
        Assert.Equal("no", run.Verdict("5.3", "jacobian_change"));
        Assert.Equal("yes", run.Verdict("5.3", "reference"));
        Assert.Equal(
            run.Count("3.2", "no"), run.Of("theorem_3_2_hypotheses_failed").Value);
        Assert.Equal(run.Count("3.2", "unknown"), run.Of("theorem_3_2_hypotheses_unknown").Value);
    }

    [Fact]
    public void The_test_error_is_measured_at_the_nearest_recorded_epoch_on_clean_and_on_noisy_labels()
    {
        double alpha = run.Of("theorem_3_3_cutoff").Value;
        int epoch = (int)Math.Min(30, Math.Round(Gamma / (alpha * alpha) / 0.05));
        NpyArray outputs = NpyArray.Parse(run.Run.Read("results/outputs/test.npy"));
        float[] all = outputs.ToFloats();
        long[] labels = NpyArray.Parse(run.Run.Read("dataset/test/labels_clean.npy")).ToLongs();
        int wrong = Enumerable.Range(0, 40).Count(i =>
            (all[(((epoch * 40) + i) * K) + 1] > all[((epoch * 40) + i) * K] ? 1 : 0) != labels[i]);
        Measurement clean = run.Of("theorem_3_3_test_error", "clean");
        Measurement given = run.Of("theorem_3_3_test_error", "given");
        Assert.Equal((epoch, "test", wrong / 40.0), (clean.Epoch, clean.Split, clean.Value));
        // A third of the two classes' labels are turned: 13 of 40.
        double moved = Math.Abs(given.Value - clean.Value) * 40;
        Assert.InRange(moved, 1, 13);
        Assert.Equal(0, Math.Abs(moved - 13) % 2, 1e-9);
    }

    [Fact]
    public void Other_networks_have_the_meta_theorem_alone_and_its_hypotheses_are_open()
    {
        using TemporaryFolder folder = new();
        ImmutableArray<Measurement> rows = SmallRun.Into(
            new ArtifactFolder(folder.Path),
            SmallRun.Plan with { Analyses = [new Theorems(Gamma, Abar, Zeta, Delta)] }).Result.Measurements;
        Assert.DoesNotContain(rows, row => row.Quantity.StartsWith("theorem_3", StringComparison.Ordinal));
        Assert.Single(rows, row => row.Quantity == "theorem_5_3_bound");
        CsvTable table = CsvTable.Parse(File.ReadAllBytes(folder.File("results/analyses/theorems.csv")));
        Assert.Contains(
            table.Rows, row => row is ["3.2", "applies", .., "no", _, "it is about one_hidden_layer networks"]);
        Assert.Contains(table.Rows, row => row is ["5.3", "hypothesis", "gradient_descent", .., "no", _, _]);
        Assert.Contains(table.Rows, row => row is ["5.3", "hypothesis", "jacobian_norm", .., "unknown", _, _]);
        Assert.Contains(table.Rows, row => row is ["5.3", "hypothesis", "step_size", "nan", .., "unknown", _, _]);
    }

    [Fact]
    public void A_plan_of_which_no_theorem_speaks_is_refused()
    {
        Theorems theorems = new(Gamma, Abar, Zeta, Delta);
        RunPlan plan = SmallRun.Plan;
        Assert.False(theorems.IsPreset);
        Assert.Null(theorems.Inapplicable(plan));
        Assert.Contains("squared_error", theorems.Inapplicable(
            plan with { Training = plan.Training with { Loss = new CrossEntropy("sum") } }));
        Assert.Contains("given weights", theorems.Inapplicable(plan with { Weights = [new GivenWeights("0", 3)] }));
        Assert.Contains("splits", theorems.Inapplicable(
            plan with { Jacobian = plan.Jacobian with { Splits = ["test"] } }));
        Assert.Contains("before training", theorems.Inapplicable(
            plan with { Jacobian = plan.Jacobian with { At = [new Checkpoint("final", 5)] } }));
        Assert.Contains("all parameters", theorems.Inapplicable(
            plan with { Jacobian = plan.Jacobian with { Parameters = new ParameterSelection(["1.weight"]) } }));
        Assert.Contains("all training examples", theorems.Inapplicable(
            plan with { Jacobian = plan.Jacobian with { Examples = plan.Jacobian.Examples.Add("train", 3) } }));
    }

    [Theory]
    [InlineData("relu", "bounded first and second derivatives")]
    [InlineData("both", "V fixed")]
    [InlineData("inputs", "norm 1")]
    [InlineData("targets", "one-hot")]
    public void The_shallow_theorems_say_why_they_do_not_speak(string change, string reason)
    {
        OneHiddenLayer network = (OneHiddenLayer)ShallowRun.Plan.Network;
        GaussianMixture mixture = (GaussianMixture)ShallowRun.Plan.Dataset;
        RunPlan plan = change switch
        {
            "relu" => ShallowRun.Plan with { Network = network with { Activation = new Relu() } },
            "both" => ShallowRun.Plan with { Network = network with { Train = "both" } },
            "inputs" => ShallowRun.Plan with { Dataset = mixture with { Preprocessing = Preprocessing.None } },
            _ => ShallowRun.Plan with { Noise = new GaussianNoise(0.1) },
        };
        using TemporaryFolder folder = new();
        SmallRun.Into(new ArtifactFolder(folder.Path), plan);
        CsvTable table = CsvTable.Parse(File.ReadAllBytes(folder.File("results/analyses/theorems.csv")));
        Assert.Equal(["3.2", "3.3"], table.Rows.Where(row => row[1] == "applies").Select(row => row[0]));
        Assert.All(table.Rows.Where(row => row[1] == "applies"), row => Assert.Contains(reason, row[^1]));
    }

    [Fact]
    public void A_partial_spectrum_gives_the_same_terms_where_it_reaches_below_the_cutoff()
    {
        using TemporaryFolder folder = new();
        RunPlan plan = ShallowRun.Plan with
        {
            Jacobian = ShallowRun.Plan.Jacobian with { Method = SpectrumMethod.Krylov, Top = 14 },
        };
        ImmutableArray<Measurement> rows = SmallRun.Into(new ArtifactFolder(folder.Path), plan).Result.Measurements;
        foreach (string term in (string[])["3_3_bias", "3_3_variance", "5_3_radius", "5_3_bound"])
            AssertNear(run.Of("theorem_" + term).Value, Views.Row(rows, "theorem_" + term), 1e-5);
        Measurement open = Views.Row(rows, "theorem_3_3_variance_by_distance");
        Assert.Equal((double.NaN, "partial"), (open.Value, open.Status));
        Assert.InRange(run.Of("theorem_3_3_variance_by_distance").Value, open.Lower, open.Upper);
    }

    /// <summary>||P_I v||, ||P_N v||, ||J_I^+ v|| and D, from values in any order and coefficients.</summary>
    private static (double Information, double Nuisance, double Inverse, double Distance) Parts(
        double[] values, Vector<double> parts, double norm, double alpha)
    {
        double information = 0, inverse = 0, distance = 0;
        for (int s = 0; s < values.Length; s++)
        {
            double energy = parts[s] * parts[s];
            information += values[s] >= alpha ? energy : 0;
            inverse += values[s] >= alpha ? energy / (values[s] * values[s]) : 0;
            distance += values[s] >= alpha
                ? energy / (values[s] * values[s])
                : Math.Pow(Gamma * values[s] / (alpha * alpha), 2) * energy;
        }

        return (
            Math.Sqrt(information),
            Math.Sqrt(Math.Max(0, (norm * norm) - information)),
            Math.Sqrt(inverse),
            Math.Sqrt(distance));
    }

    /// <summary>The kernel of tanh by a midpoint rule over the plane of both examples.</summary>
    private static Matrix<double> Wide(Matrix<double> x)
    {
        const int points = 200;
        double[] z = [.. Enumerable.Range(0, points).Select(i => -9 + ((i + 0.5) * 18 / points))];
        double[] weight = [.. z.Select(at => Math.Exp(-0.5 * at * at) / Math.Sqrt(2 * Math.PI) * 18 / points)];
        return Matrix<double>.Build.Dense(x.RowCount, x.RowCount, (i, j) =>
        {
            double along = x.Row(i) * x.Row(j), across = Math.Sqrt(Math.Max(0, 1 - (along * along))), sum = 0;
            for (int a = 0; a < points; a++)
            {
                for (int b = 0; b < points; b++)
                    sum += weight[a] * weight[b] * Slope(z[a]) * Slope((along * z[a]) + (across * z[b]));
            }

            return along * sum;
        });

        static double Slope(double at) => 1 / Math.Pow(Math.Cosh(at), 2);
    }

    private static void AssertNear(double expected, Measurement found, double tolerance = 1e-6) =>
        AssertNear(expected, found.Value, tolerance);

    private static void AssertNear(double expected, double found, double tolerance = 1e-6) =>
        Assert.Equal(expected, found, tolerance * Math.Abs(expected));
}
