using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck.Xunit;
using Spectral.Core.Formats;
using Xunit;

namespace Spectral.Core.Tests.Formats;

/// <summary>RFC 8785's own examples, the edges of its number table, and what the writer refuses.</summary>
public sealed class CanonicalJsonTests
{
    /// <summary>Appendix B of RFC 8785: the bits of a double and its form.</summary>
    public static TheoryData<ulong, string> AppendixB => new()
    {
        { 0x0000000000000000, "0" },
        { 0x8000000000000000, "0" },
        { 0x0000000000000001, "5e-324" },
        { 0x8000000000000001, "-5e-324" },
        { 0x7fefffffffffffff, "1.7976931348623157e+308" },
        { 0xffefffffffffffff, "-1.7976931348623157e+308" },
        { 0x4340000000000000, "9007199254740992" },
        { 0xc340000000000000, "-9007199254740992" },
        { 0x4430000000000000, "295147905179352830000" },
        { 0x44b52d02c7e14af5, "9.999999999999997e+22" },
        { 0x44b52d02c7e14af6, "1e+23" },
        { 0x44b52d02c7e14af7, "1.0000000000000001e+23" },
        { 0x444b1ae4d6e2ef4e, "999999999999999700000" },
        { 0x444b1ae4d6e2ef4f, "999999999999999900000" },
        { 0x444b1ae4d6e2ef50, "1e+21" },
        { 0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7" },
        { 0x3eb0c6f7a0b5ed8d, "0.000001" },
        { 0x41b3de4355555553, "333333333.3333332" },
        { 0x41b3de4355555554, "333333333.33333325" },
        { 0x41b3de4355555555, "333333333.3333333" },
        { 0x41b3de4355555556, "333333333.3333334" },
        { 0x41b3de4355555557, "333333333.33333343" },
        { 0xbecbf647612f3696, "-0.0000033333333333333333" },
        { 0x43143ff3c1cb0959, "1424953923781206.2" },
    };

    [Theory]
    [MemberData(nameof(AppendixB))]
    public void A_double_has_the_form_of_appendix_B(ulong bits, string expected) =>
        Assert.Equal(expected, Text(JsonValue.Create(BitConverter.UInt64BitsToDouble(bits))));

    [Theory]
    [InlineData(1.0, "1")]
    [InlineData(1e-7, "1e-7")]
    [InlineData(1e21, "1e+21")]
    [InlineData(1e20, "100000000000000000000")]
    [InlineData(0.1, "0.1")]
    [InlineData(123.456, "123.456")]
    [InlineData(-1.5e-300, "-1.5e-300")]
    [InlineData(5.684341886080802e-14, "5.684341886080802e-14")] // 2^-44, halfway between two shortest forms
    [InlineData(2.9802322387695312e-8, "2.9802322387695312e-8")] // 2^-25, where .NET 10's own form is another double
    [InlineData(-4.1045368012983762e-289, "-4.1045368012983762e-289")] // 2^-958, likewise
    public void A_double_is_written_as_ECMAScript_does(double value, string expected) =>
        Assert.Equal(expected, Text(JsonValue.Create(value)));

    [Fact]
    public void The_sample_of_section_3_2_2_is_written_as_printed_there()
    {
        const string input = """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;
        const string expected = """
            {"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],
            """ + """
            "string":"€$\u000f\nA'B\"\\\\\"/"}
            """;
        Assert.Equal(expected, Text(CanonicalJson.Parse(Encoding.UTF8.GetBytes(input))));
    }

    [Fact]
    public void Keys_are_in_the_order_of_their_UTF_16_code_units()
    {
        // Section 3.2.3: the emoji's surrogates come before U+FB33, though its code point is higher.
        var node = new JsonObject
        {
            ["\u20ac"] = 1,
            ["\r"] = 2,
            ["\ufb33"] = 3,
            ["1"] = 4,
            ["\ud83d\ude00"] = 5,
            ["\u0080"] = 6,
            ["\u00f6"] = 7,
        };
        const string expected =
            "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}";
        Assert.Equal(expected, Text(node));
    }

    [Fact]
    public void Only_the_escapes_that_JSON_demands_are_written() => Assert.Equal(
        "\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\/\u007f<>&'\u2028é\"",
        Text(JsonValue.Create("\0\b\t\n\v\f\r\u001f\"\\/\u007f<>&'\u2028é")));

    [Fact]
    public void Every_integer_type_is_written_as_an_integer() => Assert.Equal(
        "[-9007199254740992,9007199254740992,-1,1,-2,2,3,-4,0.5,null]",
        Text(new JsonArray(-(1L << 53), 1UL << 53, -1, 1u, (short)-2, (ushort)2, (byte)3, (sbyte)-4, 0.5f, null)));

    [Fact]
    public void There_is_no_newline_and_no_byte_order_mark() =>
        Assert.Equal("{}"u8.ToArray(), CanonicalJson.Serialize(new JsonObject()));

    [Fact]
    public void What_has_no_exact_form_is_refused_with_its_path()
    {
        AssertRefused(JsonValue.Create(double.NaN), "NaN");
        AssertRefused(JsonValue.Create(double.NegativeInfinity), "-Infinity");
        AssertRefused(JsonValue.Create(float.PositiveInfinity), "Infinity");
        AssertRefused(JsonValue.Create((1L << 53) + 1), "2^53");
        AssertRefused(JsonValue.Create(long.MinValue), "2^53");
        AssertRefused(JsonValue.Create(ulong.MaxValue), "2^53");
        AssertRefused(JsonValue.Create(1.5m), "neither");
        AssertRefused(JsonValue.Create("\ud800"), "D800");
        AssertRefused(JsonNode.Parse("""["\ud800"]""")![0], "a[0]");
    }

    [Fact]
    public void Nesting_is_written_to_a_depth_of_64_and_no_further()
    {
        JsonNode node = new JsonArray();
        for (var depth = 1; depth < CanonicalJson.MaximumDepth; depth++)
            node = new JsonArray(node);
        Assert.Equal(128, CanonicalJson.Serialize(node).Length);
        Assert.Throws<ArgumentException>(() => CanonicalJson.Serialize(new JsonArray(node)));
    }

    [Property(MaxTest = 300, Arbitrary = [typeof(JsonDocuments)])]
    public bool Writing_what_was_read_changes_nothing_the_second_time(JsonDocument document)
    {
        var once = CanonicalJson.Serialize(CanonicalJson.Parse(Encoding.UTF8.GetBytes(document.Text)));
        var twice = CanonicalJson.Serialize(CanonicalJson.Parse(once));
        return once.AsSpan().SequenceEqual(twice)
            && JsonNode.DeepEquals(JsonNode.Parse(document.Text), CanonicalJson.Parse(once));
    }

    [Fact]
    public void Powers_of_two_and_their_neighbours_survive_bit_for_bit()
    {
        // At a power of two the doubles below lie closer than those above, which shortest forms get wrong.
        for (var exponent = -1074; exponent < 1024; exponent++)
        {
            var power = Math.ScaleB(1, exponent);
            foreach (var value in new[] { power, Math.BitIncrement(power), Math.BitDecrement(power) })
            {
                if (value != 0)
                    Assert.Equal(value, double.Parse(Text(JsonValue.Create(value)), CultureInfo.InvariantCulture));
            }
        }
    }

    [Property(MaxTest = 1000)]
    public bool A_finite_double_survives_bit_for_bit(long bits)
    {
        // Half of the small bit patterns that FsCheck likes are subnormal: mix them over all exponents.
        var value = BitConverter.Int64BitsToDouble(unchecked(bits * -7046029254386353131));
        if (!double.IsFinite(value) || value == 0)
            return true;
        return CanonicalJson.Parse(CanonicalJson.Serialize(JsonValue.Create(value)))!.GetValue<double>().Equals(value);
    }

    private static string Text(JsonNode? node) => Encoding.UTF8.GetString(CanonicalJson.Serialize(node));

    private static void AssertRefused(JsonNode? node, string message)
    {
        var tree = new JsonObject { ["a"] = new JsonArray(node!.DeepClone()) };
        var error = Assert.Throws<ArgumentException>(() => CanonicalJson.Serialize(tree));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("$.a[0]", error.Message, StringComparison.Ordinal);
    }
}
