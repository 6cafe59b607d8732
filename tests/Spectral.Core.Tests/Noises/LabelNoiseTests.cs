using System.Collections.Immutable;
using FsCheck.Xunit;
using Spectral.Core.Noises;
using Spectral.Core.Plans;
using Xunit;

namespace Spectral.Core.Tests.Noises;

/// <summary>
/// Uniform label noise as the paper has it: an exact number of labels, each uniformly another class. The golden labels
/// were computed by an independent program (Python integers and hashlib).
/// </summary>
public sealed class LabelNoiseTests
{
    [Theory]
    [InlineData(1, 2, 0.0, 0)]
    [InlineData(1, 2, 0.49, 0)]
    [InlineData(1, 2, 0.5, 1)]
    [InlineData(1, 2, 1.0, 1)]
    [InlineData(1, 10, 1.0, 1)]
    [InlineData(3, 2, 0.5, 2)]
    [InlineData(10, 2, 0.25, 3)]
    [InlineData(10, 3, 0.24, 2)]
    [InlineData(10, 3, 0.75, 8)]
    [InlineData(24, 3, 1 / 3.0, 8)]
    [InlineData(99, 10, 1e-9, 0)]
    [InlineData(99, 10, 0.5, 50)]
    [InlineData(99, 10, 0.999, 99)]
    [InlineData(1000, 4, 0.0, 0)]
    [InlineData(1000, 4, 0.3, 300)]
    [InlineData(1000, 2, 1.0, 1000)]
    public void Exactly_the_rounded_number_of_labels_changes_each_to_another_class(
        int n, int classes, double rate, int count)
    {
        ImmutableArray<int> clean = Clean(n, classes), given = Corrupt(new UniformNoise(rate), clean, classes, 7);
        Assert.Equal(n, given.Length);
        Assert.All(given, label => Assert.InRange(label, 0, classes - 1));
        Assert.Equal(count, Mask(clean, given).Count);
        Assert.Equal(Clean(n, classes), clean);
    }

    [Fact]
    public void No_examples_stay_no_examples() => Assert.Empty(Corrupt(new UniformNoise(0.5), [], 3, 1));

    [Property(MaxTest = 200)]
    public void Masks_nest_and_an_example_gets_one_wrong_label_at_every_rate(
        ushort lower, ushort upper, byte size, byte more, ulong seed)
    {
        int n = size + 1, classes = 2 + (more % 9);
        double small = Math.Min(lower, upper) / 65535.0, large = Math.Max(lower, upper) / 65535.0;
        ImmutableArray<int> clean = Clean(n, classes);
        ImmutableArray<int> few = Corrupt(new UniformNoise(small), clean, classes, seed);
        ImmutableArray<int> many = Corrupt(new UniformNoise(large), clean, classes, seed);
        HashSet<int> inner = Mask(clean, few), outer = Mask(clean, many);
        Assert.Equal((int)Math.Floor((small * n) + 0.5), inner.Count);
        Assert.Equal((int)Math.Floor((large * n) + 0.5), outer.Count);
        Assert.Subset(outer, inner);
        Assert.All(inner, example => Assert.Equal(few[example], many[example]));
    }

    [Fact]
    public void The_wrong_classes_are_uniform()
    {
        // Chi-square with K(K-2) = 15 degrees of freedom: 44.26 is exceeded once in 10,000 seeds.
        const int classes = 5, each = 4000;
        ImmutableArray<int> clean = Clean(classes * each, classes);
        ImmutableArray<int> given = Corrupt(new UniformNoise(1), clean, classes, 1);
        double expected = each / (classes - 1.0), statistic = 0;
        for (int from = 0; from < classes; from++)
        {
            for (int to = 0; to < classes; to++)
            {
                int found = Enumerable.Range(0, clean.Length).Count(i => clean[i] == from && given[i] == to);
                if (from == to)
                    Assert.Equal(0, found);
                else
                    statistic += (found - expected) * (found - expected) / expected;
            }
        }

        Assert.InRange(statistic, 2, 44.26);
    }

    [Fact]
    public void The_corrupted_examples_are_spread_over_the_whole_split()
    {
        // 2500 of 10,000 in each tenth: 250 +- 5 standard deviations of the hypergeometric count.
        HashSet<int> mask = Mask(Clean(10_000, 4), Corrupt(new UniformNoise(0.25), Clean(10_000, 4), 4, 3));
        double deviation = Math.Sqrt(1000 * 0.25 * 0.75 * 0.9);
        for (int tenth = 0; tenth < 10; tenth++)
        {
            int found = mask.Count(example => example / 1000 == tenth);
            Assert.InRange(found, 250 - (5 * deviation), 250 + (5 * deviation));
        }
    }

    [Fact]
    public void The_labels_of_a_seed_are_golden()
    {
        Assert.Equal(
            [0, 0, 2, 0, 0, 1, 2, 3, 0, 3, 0, 3, 0, 3, 3, 3, 1, 2, 1, 0],
            Corrupt(new UniformNoise(0.5), Clean(20, 4), 4, 1));
        Assert.Equal(
            [0, 3, 3, 3, 0, 0, 2, 0, 1, 0, 2, 3, 0, 1, 1, 2, 0, 0, 3, 3],
            Corrupt(new UniformNoise(0.5), Clean(20, 4), 4, 2));
    }

    [Fact]
    public void Clean_labels_stay_clean()
    {
        ImmutableArray<int> clean = Clean(50, 3);
        Assert.Equal(Clean(50, 3), Corrupt(new NoNoise(), clean, 3, 1));
        Assert.Equal(Clean(50, 3), Corrupt(new UniformNoise(0), clean, 3, 1));
    }

    private static ImmutableArray<int> Corrupt(LabelNoise noise, ImmutableArray<int> clean, int classes, ulong seed) =>
        noise.Corrupt(TargetArrays.OneHot(clean, classes), seed).Labels;

    private static ImmutableArray<int> Clean(int n, int classes) =>
        [.. Enumerable.Range(0, n).Select(i => i % classes)];

    private static HashSet<int> Mask(ImmutableArray<int> clean, ImmutableArray<int> given) =>
        [.. Enumerable.Range(0, clean.Length).Where(i => clean[i] != given[i])];
}
