using System.Collections.Immutable;
using Spectral.Core.Noises;
using Spectral.Core.Plans;
using Xunit;

namespace Spectral.Core.Tests.Noises;

/// <summary>Pair flips, confusion matrices, permutations and Gaussian targets do exactly what their definitions say.</summary>
public sealed class NoiseKindTests
{
    private static readonly ImmutableArray<double> Rates = [0, 0.1, 0.25, 0.5, 0.75, 1];

    private static readonly ImmutableArray<ImmutableArray<double>> Matrix = [[0.7, 0.2, 0.1], [0, 1, 0], [0.25, 0.25, 0.5]];

    [Fact]
    public void A_pair_flip_turns_exactly_the_rounded_number_of_labels_into_the_next_class()
    {
        TargetArrays clean = Clean(99, 10);
        foreach (double rate in Rates)
        {
            TargetArrays given = new PairFlipNoise(rate).Corrupt(clean, 3);
            int[] flipped = Mask(clean, given);
            Assert.Equal((int)Math.Floor((rate * 99) + 0.5), flipped.Length);
            Assert.All(flipped, example => Assert.Equal((clean.Labels[example] + 1) % 10, given.Labels[example]));
            Assert.True(given.AreOneHot);
        }
    }

    [Fact]
    public void Masks_of_rates_nest_and_pair_flips_take_the_examples_that_uniform_noise_takes()
    {
        TargetArrays clean = Clean(200, 4);
        int[] inner = [];
        foreach (double rate in Rates)
        {
            int[] outer = Mask(clean, new PairFlipNoise(rate).Corrupt(clean, 5));
            Assert.Subset(outer.ToHashSet(), inner.ToHashSet());
            Assert.Equal(Mask(clean, new UniformNoise(rate).Corrupt(clean, 5)), outer);
            inner = outer;
        }
    }

    [Fact]
    public void A_confusion_matrix_draws_each_label_from_its_row()
    {
        TargetArrays clean = Clean(30_000, 3), given = new ConfusionNoise(Matrix).Corrupt(clean, 1);
        for (int from = 0; from < 3; from++)
        {
            for (int to = 0; to < 3; to++)
            {
                int count = Enumerable.Range(0, 30_000).Count(i => clean.Labels[i] == from && given.Labels[i] == to);
                double spread = Math.Sqrt(10_000 * Matrix[from][to] * (1 - Matrix[from][to]));
                Assert.InRange(count - (10_000 * Matrix[from][to]), -5 * spread, 5 * spread);
            }
        }
    }

    [Fact]
    public void A_confusion_matrix_with_a_smaller_diagonal_corrupts_the_same_examples_and_more()
    {
        TargetArrays clean = Clean(600, 3);
        ConfusionNoise less = new(Matrix), more = new([[0.6, 0.1, 0.3], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4]]);
        int[] inner = Mask(clean, less.Corrupt(clean, 2)), outer = Mask(clean, more.Corrupt(clean, 2));
        Assert.NotEmpty(inner);
        Assert.True(outer.Length > inner.Length);
        Assert.Subset(outer.ToHashSet(), inner.ToHashSet());
    }

    [Fact]
    public void An_example_keeps_its_confused_label_however_many_others_there_are()
    {
        ImmutableArray<int> few = new ConfusionNoise(Matrix).Corrupt(Clean(30, 3), 9).Labels;
        ImmutableArray<int> many = new ConfusionNoise(Matrix).Corrupt(Clean(300, 3), 9).Labels;
        Assert.Equal(few, many[..30]);
    }

    [Fact]
    public void A_permutation_keeps_class_counts_and_touches_only_the_chosen_examples()
    {
        TargetArrays clean = Clean(100, 7);
        foreach (double rate in Rates)
        {
            TargetArrays given = new PermutedNoise(rate).Corrupt(clean, 4);
            Assert.Equal(clean.Labels.Order(), given.Labels.Order());
            Assert.True(given.AreOneHot);
            Assert.Subset(
                Mask(clean, new UniformNoise(rate).Corrupt(clean, 4)).ToHashSet(), Mask(clean, given).ToHashSet());
        }

        Assert.NotEmpty(Mask(clean, new PermutedNoise(0.5).Corrupt(clean, 4)));
    }

    [Fact]
    public void A_permutation_moves_the_rows_of_real_targets_whole()
    {
        TargetArrays clean = Real(50), given = new PermutedNoise(1).Corrupt(clean, 4);
        Assert.Empty(given.Labels);
        Assert.NotEqual(clean.Values, given.Values);
        Assert.Equal(Rows(clean).Order(), Rows(given).Order());

        static IEnumerable<(float, float)> Rows(TargetArrays targets) =>
            Enumerable.Range(0, targets.Count).Select(i => (targets.Values[2 * i], targets.Values[(2 * i) + 1]));
    }

    [Fact]
    public void Gaussian_noise_adds_one_draw_times_its_standard_deviation_and_leaves_labels()
    {
        TargetArrays clean = Clean(2000, 5);
        TargetArrays one = new GaussianNoise(1).Corrupt(clean, 6), half = new GaussianNoise(0.5).Corrupt(clean, 6);
        Assert.Equal(clean.Labels, one.Labels);
        Assert.False(one.AreOneHot);
        double[] draws = [.. one.Values.Zip(clean.Values, (noisy, value) => (double)noisy - value)];
        Assert.InRange(draws.Average(), -0.05, 0.05);
        Assert.InRange(draws.Average(draw => draw * draw), 0.95, 1.05);
        for (int index = 0; index < draws.Length; index++)
            Assert.InRange(half.Values[index] - clean.Values[index] - (draws[index] / 2), -1e-6, 1e-6);
        Assert.Equal(clean.Values, new GaussianNoise(0).Corrupt(clean, 6).Values);
        Assert.Empty(new GaussianNoise(1).Corrupt(Real(20), 6).Labels);
    }

    [Fact]
    public void Every_kind_gives_these_labels_for_ever()
    {
        TargetArrays clean = Clean(12, 3);
        Assert.Equal(Golden.PairFlip, string.Concat(new PairFlipNoise(0.5).Corrupt(clean, 1).Labels));
        Assert.Equal(Golden.Confusion, string.Concat(new ConfusionNoise(Matrix).Corrupt(clean, 1).Labels));
        Assert.Equal(Golden.Permuted, string.Concat(new PermutedNoise(0.5).Corrupt(clean, 1).Labels));
        Assert.Equal(Golden.Gaussian, new GaussianNoise(0.25).Corrupt(clean, 1).Values[..3]);
    }

    [Fact]
    public void Noises_on_classes_refuse_real_targets_and_one_class()
    {
        foreach (LabelNoise noise in (LabelNoise[])[new UniformNoise(0.5), new PairFlipNoise(0.5), new ConfusionNoise(Matrix)])
        {
            Assert.NotNull(noise.Problem(3, areClasses: false));
            Assert.NotNull(noise.Problem(1, areClasses: true));
            Assert.Null(noise.Problem(3, areClasses: true));
            Assert.Throws<ArgumentException>(() => noise.Corrupt(Real(4), 1));
            Assert.Throws<ArgumentException>(() => noise.Corrupt(Clean(4, 1), 1));
        }

        foreach (LabelNoise noise in (LabelNoise[])[new NoNoise(), new PermutedNoise(0.5), new GaussianNoise(1)])
            Assert.Null(noise.Problem(1, areClasses: false));
        Assert.NotNull(new ConfusionNoise(Matrix).Problem(4, areClasses: true));
    }

    private static TargetArrays Clean(int n, int classes) =>
        TargetArrays.OneHot([.. Enumerable.Range(0, n).Select(example => example % classes)], classes);

    private static TargetArrays Real(int n) =>
        new([], [.. Enumerable.Range(0, 2 * n).Select(index => index / 8f)], 2);

    private static int[] Mask(TargetArrays clean, TargetArrays given) =>
        [.. Enumerable.Range(0, clean.Labels.Length).Where(example => clean.Labels[example] != given.Labels[example])];

    /// <summary>Computed by an independent program (Python integers, hashlib and statistics.NormalDist).</summary>
    private static class Golden
    {
        public const string PairFlip = "022022020122";
        public const string Confusion = "012111010010";
        public const string Permuted = "002012011212";
        public static readonly ImmutableArray<float> Gaussian = [1.28883398f, -0.380865067f, -0.135420382f];
    }
}
