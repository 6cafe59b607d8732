using System.Globalization;
using System.Text;
using Spectral.Core.Formats;
using Xunit;

namespace Spectral.Core.Tests.Formats;

/// <summary>What the strict reader lets through, and what it refuses with which place.</summary>
public sealed class CanonicalJsonParseTests
{
    [Fact]
    public void A_value_is_read_as_whatever_type_holds_it()
    {
        var node = CanonicalJson.Parse(""" {"a": [1, 2.5, "x", true, null]} """u8)!["a"]!;
        Assert.Equal(1, node[0]!.GetValue<int>());
        Assert.Equal(1.0, node[0]!.GetValue<double>());
        Assert.Equal(2.5, node[1]!.GetValue<double>());
        Assert.Equal("x", node[2]!.GetValue<string>());
        Assert.True(node[3]!.GetValue<bool>());
        Assert.Null(node[4]);
    }

    [Fact]
    public void The_document_null_is_null() => Assert.Null(CanonicalJson.Parse("null"u8));

    [Fact]
    public void Equal_keys_in_different_objects_are_no_duplicates() =>
        Assert.NotNull(CanonicalJson.Parse("""{"a":{"a":[{"a":1},{"a":2}]},"b":{"a":3}}"""u8));

    [Theory]
    [InlineData("""{"a":1,"a":2}""", 7, "the key 'a' stands twice")]
    [InlineData("""{"a":1,"\u0061":2}""", 7, "the key 'a' stands twice")]
    [InlineData("""[{"x":{}},{"b":{"c":1,"d":2,"c":3}}]""", 28, "the key 'c' stands twice")]
    public void A_duplicate_key_is_refused(string text, int offset, string message) =>
        AssertRefused(Encoding.UTF8.GetBytes(text), offset, message);

    [Theory]
    [InlineData("", 0)]
    [InlineData("  ", 2)]
    [InlineData("[1,]", 3)]
    [InlineData("[1 2]", 2)]
    [InlineData("{a:1}", 1)]
    [InlineData("[01]", 1)]
    [InlineData("[1.]", 1)]
    [InlineData("[+1]", 1)]
    [InlineData("[NaN]", 1)]
    [InlineData("[1", 2)]
    [InlineData("['a']", 1)]
    [InlineData("[1] [2]", 3)]
    [InlineData("1 // one", 1)]
    [InlineData("/* one */ 1", 0)]
    [InlineData("\uFEFF1", 0)]
    [InlineData("[\"a\nb\"]", 1)]
    [InlineData("[\"\\x41\"]", 1)]
    public void What_is_not_one_JSON_value_is_refused_near_its_place(string text, int offset)
    {
        var error = Assert.Throws<FormatException>(() => CanonicalJson.Parse(Encoding.UTF8.GetBytes(text)));
        var found = int.Parse(error.Message["JSON, byte ".Length..].Split(':')[0], CultureInfo.InvariantCulture);
        Assert.InRange(found, offset, offset + 1);
    }

    [Fact]
    public void Invalid_UTF_8_is_refused_at_its_first_byte()
    {
        AssertRefused([.. "[\"ä"u8, 0xFF, .. "\"]"u8], 4, "invalid UTF-8");
        AssertRefused([.. "[\""u8, 0xC0, 0x80, .. "\"]"u8], 2, "invalid UTF-8");
        AssertRefused([.. "[\""u8, 0xED, 0xA0, 0x80, .. "\"]"u8], 2, "invalid UTF-8");
        AssertRefused([.. "[\""u8, 0xE2, 0x82], 2, "invalid UTF-8");
    }

    [Fact]
    public void An_escaped_lone_surrogate_is_refused_in_a_value_and_in_a_key()
    {
        AssertRefused("""["\ud800"]"""u8.ToArray(), 1, "surrogate");
        AssertRefused("""{"\udc00":1}"""u8.ToArray(), 1, "surrogate");
    }

    [Fact]
    public void A_number_too_large_for_a_double_is_refused() =>
        AssertRefused("[1e999]"u8.ToArray(), 1, "1e999 is too large");

    [Fact]
    public void Nesting_is_read_to_a_depth_of_64_and_no_further()
    {
        static byte[] Nested(int depth) => Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
        Assert.NotNull(CanonicalJson.Parse(Nested(64)));
        AssertRefused(Nested(65), 64, "depth");
        AssertRefused(Nested(1_000_000), 64, "depth");
    }

    private static void AssertRefused(byte[] utf8, int offset, string message)
    {
        var error = Assert.Throws<FormatException>(() => CanonicalJson.Parse(utf8));
        Assert.StartsWith($"JSON, byte {offset}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
