using Spectral.Core.Randomness;
using Xunit;

namespace Spectral.Core.Tests.Randomness;

/// <summary>The golden values were computed by an independent program (Python integers and hashlib).</summary>
public sealed class RandomStreamTests
{
    [Fact]
    public void The_first_words_are_golden()
    {
        var stream = new RandomStream(1, "noise");
        uint[] expected =
        [
            0x7E969826, 0xFF65242E, 0xDE2C509B, 0x8DD29A35, 0x1DF4F6F9, 0x8DD431AB, 0x34679CC3, 0xD2AF1CF9, 0x5C0CFACC,
        ];
        Assert.Equal(expected, Draws(expected.Length, stream.NextUInt32));
    }

    [Fact]
    public void The_whole_seed_a_name_beyond_ASCII_and_the_whole_index_enter_the_stream()
    {
        var stream = new RandomStream(ulong.MaxValue, "über", (1UL << 63) + 5);
        Assert.Equal([0x13B537A9, 0xE5C29108, 0x85C83FD6, 0x93CA6A91], Draws(4, stream.NextUInt32));
    }

    [Fact]
    public void The_first_long_words_are_golden()
    {
        var stream = new RandomStream(1, "noise");
        Assert.Equal([0xFF65242E7E969826, 0x8DD29A35DE2C509B], Draws(2, stream.NextUInt64));
    }

    [Fact]
    public void The_first_indices_are_golden()
    {
        var small = new RandomStream(1, "noise");
        Assert.Equal([4, 9, 8, 5, 1, 5, 2, 8, 3, 4, 9, 4], Draws(12, () => small.NextIndex(10)));

        var large = new RandomStream(1, "noise");
        int[] expected = [988970774, 1995274088, 1735727382, 1107989574, 234038230, 1108038147];
        Assert.Equal(expected, Draws(6, () => large.NextIndex(2_000_000_000)));
    }

    [Fact]
    public void The_first_uniform_draws_are_golden()
    {
        var stream = new RandomStream(1, "noise");
        double[] expected = [0.9976370442878654, 0.5539947873605099, 0.5540190737501297, 0.8229845150384832];
        Assert.Equal(expected, Draws(4, stream.NextUniform));
    }

    [Fact]
    public void The_first_permutation_is_golden() =>
        Assert.Equal([7, 2, 6, 11, 9, 1, 3, 0, 4, 8, 10, 5], new RandomStream(1, "noise").Permutation(12));

    [Fact]
    public void A_rejected_index_takes_another_word()
    {
        // 2^32 mod 3*2^29 is 2^30, so that a quarter of the low parts is turned away.
        const int bound = 3 << 29;
        var (words, indices) = (new RandomStream(3, "reject"), new RandomStream(3, "reject"));
        var expected = new List<int>();
        var rejections = 0;
        while (expected.Count < 200)
        {
            var product = (ulong)words.NextUInt32() * bound;
            if ((uint)product < 1u << 30)
                rejections++;
            else
                expected.Add((int)(product >> 32));
        }

        Assert.InRange(rejections, 30, 110);
        Assert.Equal(expected, Draws(200, () => indices.NextIndex(bound)));
    }

    [Fact]
    public void Indices_are_uniform_within_five_standard_deviations()
    {
        const int draws = 700_000;
        var stream = new RandomStream(5, "uniform");
        var counts = new int[7];
        for (var i = 0; i < draws; i++)
            counts[stream.NextIndex(7)]++;
        var deviation = Math.Sqrt(draws * (1.0 / 7) * (6.0 / 7));
        Assert.All(counts, count => Assert.InRange(count, 100_000 - 5 * deviation, 100_000 + 5 * deviation));
    }

    [Fact]
    public void A_bound_below_one_is_refused()
    {
        var stream = new RandomStream(1, "noise");
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.NextIndex(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.NextIndex(-1));
        Assert.Equal(0, stream.NextIndex(1));
    }

    [Theory]
    [InlineData(2UL, "noise", 0UL)]
    [InlineData(1UL, "Noise", 0UL)]
    [InlineData(1UL, "noise", 1UL)]
    [InlineData(1UL, "noise", 1UL << 32)]
    public void Another_seed_name_or_index_is_another_stream(ulong seed, string name, ulong index)
    {
        var other = new RandomStream(seed, name, index);
        var stream = new RandomStream(1, "noise");
        Assert.Empty(Draws(64, stream.NextUInt64).Intersect(Draws(64, other.NextUInt64)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void A_permutation_holds_each_entry_once(int n) =>
        Assert.Equal(Enumerable.Range(0, n), new RandomStream(9, "order").Permutation(n).Order());

    [Fact]
    public void The_six_permutations_of_three_are_equally_likely()
    {
        const int draws = 60_000;
        var stream = new RandomStream(11, "order");
        var counts = Draws(draws, () => string.Concat(stream.Permutation(3))).CountBy(order => order).ToArray();
        Assert.Equal(6, counts.Length);
        var deviation = Math.Sqrt(draws * (1.0 / 6) * (5.0 / 6));
        Assert.All(counts, pair => Assert.InRange(pair.Value, 10_000 - 5 * deviation, 10_000 + 5 * deviation));
    }

    [Fact]
    public void Permutations_of_nothing_draw_nothing_and_of_less_are_refused()
    {
        var stream = new RandomStream(1, "noise");
        Assert.Empty(stream.Permutation(0));
        Assert.Equal(0x7E969826u, stream.NextUInt32());
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Permutation(-1));
    }

    [Fact]
    public void Filling_a_span_is_drawing_one_by_one()
    {
        var filled = new double[9];
        new RandomStream(1, "noise").FillNormal(filled);
        var stream = new RandomStream(1, "noise");
        Assert.Equal(filled, Draws(9, stream.NextNormal));
    }

    [Fact]
    public void A_name_that_is_empty_or_malformed_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new RandomStream(1, ""));
        Assert.ThrowsAny<ArgumentException>(() => new RandomStream(1, "half a pair \uD800"));
    }

    private static T[] Draws<T>(int count, Func<T> draw) => [.. Enumerable.Range(0, count).Select(_ => draw())];

    /// <summary>A long fill is done in parts by all cores; the draws are those of one after the other.</summary>
    [Theory]
    [InlineData(0, 16_384)]
    [InlineData(0, 16_385)]
    [InlineData(1, 50_001)]
    [InlineData(2, 50_001)]
    [InlineData(3, 40_000)]
    [InlineData(4, 100_003)]
    [InlineData(6, 24_577)]
    public void A_long_fill_is_the_draws_in_their_order(int words, int count)
    {
        RandomStream one = new(7, "tests/fill", 3), other = new(7, "tests/fill", 3);
        for (int word = 0; word < words; word++)
            Assert.Equal(one.NextUInt32(), other.NextUInt32());
        double[] filled = new double[count];
        one.FillNormal(filled);
        Assert.All(filled, draw => Assert.Equal(other.NextNormal(), draw));
        Assert.Equal(other.NextUInt64(), one.NextUInt64());
    }
}
