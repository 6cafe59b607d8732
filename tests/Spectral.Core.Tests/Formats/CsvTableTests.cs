using System.Collections.Immutable;
using System.Text;
using FsCheck.Xunit;
using Spectral.Core.Formats;
using Xunit;

namespace Spectral.Core.Tests.Formats;

/// <summary>The bytes of a table, and what a strict reader refuses on which line.</summary>
public sealed class CsvTableTests
{
    [Fact]
    public void Only_fields_that_need_quotes_get_them()
    {
        var table = new CsvTable(
            ["a", "b c"], [["1", ""], ["x,y", "say \"no\""], ["two\nlines", "a\rb"], [" s ", "ä'"]]);
        const string expected = "a,b c\n1,\n\"x,y\",\"say \"\"no\"\"\"\n\"two\nlines\",\"a\rb\"\n s ,ä'\n";
        Assert.Equal(expected, Encoding.UTF8.GetString(table.ToBytes()));
    }

    [Fact]
    public void An_empty_field_alone_on_its_line_is_quoted()
    {
        var table = new CsvTable(["a"], [[""]]);
        Assert.Equal("a\n\"\"\n"u8.ToArray(), table.ToBytes());
        Assert.Equal([""], CsvTable.Parse(table.ToBytes()).Rows[0]);
    }

    [Fact]
    public void A_table_is_read()
    {
        var table = CsvTable.Parse("a,b\r\n1,\"x,\"\"y\"\"\n\"\n,\"\"\n"u8);
        Assert.Equal(["a", "b"], table.Header);
        Assert.Equal(2, table.Rows.Length);
        Assert.Equal(["1", "x,\"y\"\n"], table.Rows[0]);
        Assert.Equal(["", ""], table.Rows[1]);
    }

    [Fact]
    public void A_header_alone_is_a_table_without_rows() => Assert.Empty(CsvTable.Parse("a,b\n"u8).Rows);

    [Property(MaxTest = 300)]
    public bool What_was_written_is_read_back(string?[] fields)
    {
        // Unpaired surrogates have no UTF-8; FsCheck makes some.
        var texts = fields.Select(f => f is null || f.Any(char.IsSurrogate) ? "\"\r\n,x" : f).ToArray();
        var rows = texts.Select(text => ImmutableArray.Create(text, "x" + text));
        var table = new CsvTable(["one", "two"], [.. rows]);
        var read = CsvTable.Parse(table.ToBytes());
        return read.Rows.Select(row => row[0]).SequenceEqual(texts) && read.ToBytes().SequenceEqual(table.ToBytes());
    }

    [Theory]
    [InlineData("", "line 1: found an empty file")]
    [InlineData("a,b", "line 1: found the end of the file")]
    [InlineData("a,b\n1,2", "line 2: found the end of the file")]
    [InlineData("a,b\n1,2\n3\n", "line 3: found 1 fields, expected 2")]
    [InlineData("a,b\n1,\"2\n\n\"\n3,4,5\n", "line 5: found 3 fields, expected 2")]
    [InlineData("a,b\n1,2\n\n", "line 3: found 1 fields, expected 2")]
    [InlineData("a,b\n1,x\"y\n", "line 2: found a quote inside")]
    [InlineData("a,b\n1,\"x\"y\n", "line 2: found 'y' after a quoted field")]
    [InlineData("a,b\n1,\"x\ny\nz", "line 2: found a quoted field that is not closed")]
    [InlineData("a,b\n1,2\r3\n", "line 2: found a carriage return")]
    [InlineData("a,b\n1,2\r", "line 2: found a carriage return")]
    [InlineData("a,a\n", "line 1: the header names the column 'a' twice")]
    [InlineData("\uFEFFa,b\n", "line 1: found a byte order mark")]
    public void A_malformed_file_is_refused_with_its_line(string text, string message) =>
        AssertRefused(Encoding.UTF8.GetBytes(text), message);

    [Fact]
    public void Invalid_UTF_8_is_refused_with_its_line() =>
        AssertRefused([.. "a,b\n1,"u8, 0xFF, .. "\n"u8], "line 2: invalid UTF-8");

    [Fact]
    public void A_table_that_is_none_is_not_written()
    {
        Assert.Throws<InvalidOperationException>(() => new CsvTable(["a", "b"], [["1"]]).ToBytes());
        Assert.Throws<InvalidOperationException>(() => new CsvTable(["a", "a"], []).ToBytes());
        Assert.Throws<InvalidOperationException>(() => new CsvTable([], []).ToBytes());
        Assert.ThrowsAny<ArgumentException>(() => new CsvTable(["a"], [["\ud800"]]).ToBytes());
    }

    [Fact]
    public void A_column_is_found_by_its_name()
    {
        var table = new CsvTable(["a", "b"], []);
        Assert.Equal(1, table.Column("b"));
        var error = Assert.Throws<ArgumentException>(() => table.Column("B"));
        Assert.Contains("'B'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(1.0, "1")]
    [InlineData(-0.0, "-0")]
    [InlineData(1e-7, "1E-07")]
    [InlineData(1e21, "1E+21")]
    [InlineData(1.0 / 3, "0.3333333333333333")]
    [InlineData(5e-324, "5E-324")]
    [InlineData(2.9802322387695312e-8, "2.9802322387695312E-08")] // 2^-25, where .NET 10's "R" is another double
    [InlineData(double.NaN, "nan")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void A_number_is_written_shortest_and_read_back_bit_for_bit(double value, string text)
    {
        Assert.Equal(text, CsvTable.Number(value));
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(CsvTable.ParseNumber(text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1,5")]
    [InlineData("1_000")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("+inf")]
    [InlineData("1e999")]
    public void What_is_no_number_is_refused(string text) =>
        Assert.Throws<FormatException>(() => CsvTable.ParseNumber(text));

    private static void AssertRefused(byte[] utf8, string message)
    {
        var error = Assert.Throws<FormatException>(() => CsvTable.Parse(utf8));
        Assert.StartsWith("CSV, " + message, error.Message, StringComparison.Ordinal);
    }
}
