using Spectral.Core.Randomness;
using Xunit;

namespace Spectral.Core.Tests.Randomness;

/// <summary>The known answers are Random123's <c>kat_vectors</c> for philox4x32 with 10 rounds.</summary>
public sealed class Philox4x32Tests
{
    [Theory]
    [InlineData("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8")]
    [InlineData("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd")]
    [InlineData("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1")]
    public void A_block_is_the_published_known_answer(string counter, string key, string expected)
    {
        var output = new uint[4];
        var keyWords = Words(key);
        Philox4x32.Block(Words(counter), keyWords[0], keyWords[1], output);
        Assert.Equal(Words(expected), output);
    }

    [Fact]
    public void A_block_may_be_written_over_its_counter()
    {
        uint[] words = [0, 0, 0, 0];
        Philox4x32.Block(words, 0, 0, words);
        Assert.Equal(Words("6627e8d5 e169c58d bc57ac4c 9b00dbd8"), words);
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(5, 4)]
    [InlineData(4, 3)]
    [InlineData(4, 5)]
    public void A_span_that_is_not_four_words_is_refused(int counterLength, int outputLength) =>
        Assert.Throws<ArgumentException>(
            () => Philox4x32.Block(new uint[counterLength], 0, 0, new uint[outputLength]));

    private static uint[] Words(string text) => [.. text.Split(' ').Select(word => Convert.ToUInt32(word, 16))];
}
