using System.Collections.Immutable;
using Spectral.Core.Cutoffs;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Networks;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Execution;

/// <summary>A run gives the same measurements by every method, each within the interval that it states.</summary>
public sealed class SpectrumMethodTests : IDisposable
{
    private static readonly ImmutableSortedDictionary<string, Network> Networks =
        ImmutableSortedDictionary<string, Network>.Empty
            .Add("mlp", new MultilayerPerceptron([6], new Tanh(), new PyTorchUniform()))
            .Add("conv_net", new ConvNet([3, 4], 1, "max", [5], "none", 1, new Softplus(), new PyTorchUniform()))
            .Add("resnet", new ResNet(8, 4, "group", 2, new Tanh(), new PyTorchUniform(), OutputScale: 1));

    private readonly TemporaryFolder _folder = new();

    /// <summary>Every network by every method but the one that is compared with.</summary>
    public static TheoryData<string, string> Cases { get; } = [.. Networks.Keys.SelectMany(network =>
        SpectrumMethod.Names.Where(name => name != SpectrumMethod.Direct).Select(method => (network, method)))];

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Measurements_are_those_of_the_direct_method(string network, string method)
    {
        RunPlan plan = SmallRun.Plan with { Network = Networks[network] };
        RunResult direct = Run("direct", plan), other = Run(method, With(plan, method));
        ImmutableArray<Measurement> rows = Comparable(other.Measurements);
        Assert.NotEmpty(rows);
        int numbers = 0;
        foreach (Measurement row in rows)
        {
            Measurement same = direct.Measurements.Single(one => (one.Analysis, one.Quantity, one.SpectrumAt, one.Split, one.Target)
                == (row.Analysis, row.Quantity, row.SpectrumAt, row.Split, row.Target));
            if (double.IsNaN(row.Value))
            {
                Assert.NotEqual("ok", row.Status);
                continue;
            }

            numbers++;
            // Both state what they know; the intervals must meet, and the values must be close.
            Assert.True(row.Lower <= same.Upper && same.Lower <= row.Upper, $"{row} does not meet {same}");
            Assert.Equal(same.Value, row.Value, Math.Max(1e-6, 1e-6 * Math.Abs(same.Value)));
        }

        Assert.InRange(numbers, 40, rows.Length);
    }

    [Theory]
    [InlineData("gram")]
    [InlineData("tsqr")]
    [InlineData("krylov")]
    public void Every_run_by_a_method_has_the_same_bits(string method)
    {
        // Large enough for products that BLAS cuts into parts: there bits depend on where operands lie in memory.
        RunPlan plan = With(
            SmallRun.Plan with
            {
                Dataset = new Spectral.Core.Datasets.Digits([3, 5, 8], 100, 30, 0),
                Network = new MultilayerPerceptron([48], new Tanh(), new PyTorchUniform()),
            },
            method);
        ArtifactFolder first = new(_folder.File("first"));
        SmallRun.Into(first, plan);
        for (int run = 0; run < 4; run++)
        {
            ArtifactFolder again = new(_folder.File($"{run}"));
            SmallRun.Into(again, plan);
            Assert.Equal(first.Files(), again.Files());
            Assert.All(first.Files(), file => Assert.Equal(first.Read(file), again.Read(file)));
        }
    }

    [Fact]
    public void Left_vectors_of_every_method_span_the_same_space()
    {
        double[] direct = Left("direct", SmallRun.Plan);
        foreach (string method in SpectrumMethod.Names.Where(name => name != "direct"))
        {
            double[] other = Left(method, With(SmallRun.Plan, method));
            Assert.Equal(direct.Length, other.Length);
            // ||U^T V||_F^2 = r where both are orthonormal bases of one space.
            int rank = 4, rows = direct.Length / rank;
            double overlap = 0;
            for (int s = 0; s < rank; s++)
            {
                for (int t = 0; t < rank; t++)
                {
                    double product = Enumerable.Range(0, rows).Sum(i => direct[(i * rank) + s] * other[(i * rank) + t]);
                    overlap += product * product;
                }
            }

            Assert.Equal(rank, overlap, 1e-9);
        }
    }

    [Fact]
    public void Columns_can_be_chosen_with_every_method()
    {
        RunPlan plan = SmallRun.Plan with
        {
            Jacobian = SmallRun.Plan.Jacobian with { Parameters = new(["3.*", "1.bias"]) },
        };
        double expected = Sigma(Run("direct", plan));
        foreach (string method in SpectrumMethod.Names.Where(name => name != "direct"))
            Assert.Equal(expected, Sigma(Run(method, With(plan, method))), 1e-9 * expected);

        static double Sigma(RunResult result) => result.Spectra.Single(one => (one.Checkpoint, one.Split) == ("final", "train"))
            .Spectrum.Largest;
    }

    [Fact]
    public void The_Gram_matrix_is_checked_by_another_road()
    {
        RunResult result = Run("gram", With(SmallRun.Plan, "gram"));
        ImmutableArray<Measurement> checks = [.. result.Measurements.Where(row => row.Quantity == "self_check")];
        Assert.Equal(4, checks.Length);
        Assert.All(checks, row => Assert.InRange(row.Value, 0, 1e-13));
    }

    [Fact]
    public void A_spectrum_that_cannot_fit_is_refused_before_it_is_computed()
    {
        RunPlan plan = SmallRun.Plan with
        {
            Dataset = new Spectral.Core.Datasets.GaussianMixture(
                10, 1, 4, 0.1, 0, false, 1_000_000, 1, 0, Spectral.Core.Datasets.Preprocessing.None),
            Network = new MultilayerPerceptron([2], new Tanh(), new PyTorchUniform()),
            Training = SmallRun.Plan.Training with { Epochs = 0 },
            Jacobian = SmallRun.Plan.Jacobian with { At = [new("initial", 0)], Splits = ["train"], Method = "gram" },
            Cutoff = new RankCutoff(1),
        };
        UnavailableException refused = Assert.Throws<UnavailableException>(() => Run("large", plan));
        Assert.Contains("the train spectrum by 'gram' needs about 400", refused.Message, StringComparison.Ordinal);
        Assert.Contains("jacobian.examples", refused.Message, StringComparison.Ordinal);
    }

    private static RunPlan With(RunPlan plan, string method) => plan with
    {
        Jacobian = plan.Jacobian with { Method = method, Top = method == SpectrumMethod.Krylov ? 5 : null },
    };

    private RunResult Run(string name, RunPlan plan) => SmallRun.Into(new ArtifactFolder(_folder.File(name)), plan).Result;

    private double[] Left(string method, RunPlan plan)
    {
        ArtifactFolder payload = new(_folder.File(method));
        SmallRun.Into(payload, plan);
        return NpyArray.Parse(payload.Read("results/final/train/left_vectors.npy")).ToDoubles();
    }

    /// <summary>Without what a method says of itself.</summary>
    private static ImmutableArray<Measurement> Comparable(ImmutableArray<Measurement> rows) =>
    [
        .. rows.Where(row => row.SpectrumAt != "" && row.Quantity is not ("trust_floor" or "below_trust_floor"
            or "information_angle_bound" or "negative_eigenvalues" or "most_negative_eigenvalue" or "largest_residual"
            or "self_check")),
    ];
}
