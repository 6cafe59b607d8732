using System.Text;
using Spectral.Core.Formats;
using Xunit;

namespace Spectral.Core.Tests.Formats;

/// <summary>That the check that reads in blocks and the reader that reads at once agree on what a table is.</summary>
public sealed class CsvFormTests
{
    private const string Letters = "ab,,\"\"\n\n\r \u00fc";

    [Fact]
    public void The_check_and_the_reader_agree_on_twenty_thousand_random_texts()
    {
        var random = new Random(7);
        var accepted = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => Letters[random.Next(Letters.Length)]));
            var bytes = Encoding.UTF8.GetBytes(text);
            var expected = Accepts(() => CsvTable.Parse(bytes));
            Assert.True(expected == Accepts(() => CsvForm.Check(new MemoryStream(bytes))), $"'{text}' is {expected}");
            accepted += expected ? 1 : 0;
        }

        Assert.InRange(accepted, 500, 19_500);
    }

    [Fact]
    public void A_table_longer_than_a_block_is_sound_and_its_last_byte_counts()
    {
        var bytes = Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Repeat("\u00fc,\"\n\"\n", 40_000)));
        CsvForm.Check(new MemoryStream(bytes));
        Assert.Throws<FormatException>(() => CsvForm.Check(new MemoryStream(bytes[..^1])));
    }

    [Theory]
    [InlineData("a\n\0\n")]
    [InlineData("a\n\u001b[2J\n")]
    [InlineData("a\n\u007f\n")]
    public void A_control_character_is_refused(string text) =>
        Assert.Throws<FormatException>(() => CsvForm.Check(new MemoryStream(Encoding.UTF8.GetBytes(text))));

    private static bool Accepts(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
