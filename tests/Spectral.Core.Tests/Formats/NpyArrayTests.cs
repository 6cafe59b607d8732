using System.Text;
using Spectral.Core.Formats;
using Xunit;

namespace Spectral.Core.Tests.Formats;

/// <summary>The golden files are what <c>numpy.save</c> of NumPy 1.24.2 wrote.</summary>
public sealed class NpyArrayTests
{
    private const string Doubles =
        "934e554d5059010076007b276465736372273a20273c6638272c2027666f727472616e5f6f72646572273a2046616c73"
        + "652c20277368617065273a2028332c292c207d2020202020202020202020202020202020202020202020202020202020"
        + "202020202020202020202020202020202020202020202020202020202020200a000000000000f03f00000000000004c0"
        + "182d4454fb210940";

    private const string Floats =
        "934e554d5059010076007b276465736372273a20273c6634272c2027666f727472616e5f6f72646572273a2046616c73"
        + "652c20277368617065273a2028322c2033292c207d202020202020202020202020202020202020202020202020202020"
        + "202020202020202020202020202020202020202020202020202020202020200a0000803f000000400000404000008040"
        + "0000a0400000c040";

    private const string Scalar =
        "934e554d5059010076007b276465736372273a20273c6934272c2027666f727472616e5f6f72646572273a2046616c73"
        + "652c20277368617065273a2028292c207d20202020202020202020202020202020202020202020202020202020202020"
        + "202020202020202020202020202020202020202020202020202020202020200af9ffffff";

    private const string Longs =
        "934e554d5059010076007b276465736372273a20273c6938272c2027666f727472616e5f6f72646572273a2046616c73"
        + "652c20277368617065273a2028322c2031292c207d202020202020202020202020202020202020202020202020202020"
        + "202020202020202020202020202020202020202020202020202020202020200affffffffffffffff0000000000000040";

    private const string Bytes =
        "934e554d5059010076007b276465736372273a20277c7531272c2027666f727472616e5f6f72646572273a2046616c73"
        + "652c20277368617065273a2028352c292c207d2020202020202020202020202020202020202020202020202020202020"
        + "202020202020202020202020202020202020202020202020202020202020200a000102feff";

    private const string Booleans =
        "934e554d5059010076007b276465736372273a20277c6231272c2027666f727472616e5f6f72646572273a2046616c73"
        + "652c20277368617065273a2028322c2032292c207d202020202020202020202020202020202020202020202020202020"
        + "202020202020202020202020202020202020202020202020202020202020200a01000001";

    private const string Empty =
        "934e554d5059010076007b276465736372273a20273c6938272c2027666f727472616e5f6f72646572273a2046616c73"
        + "652c20277368617065273a2028302c2034292c207d202020202020202020202020202020202020202020202020202020"
        + "202020202020202020202020202020202020202020202020202020202020200a";

    [Fact]
    public void Every_type_is_written_byte_for_byte_as_NumPy_does()
    {
        AssertGolden(Doubles, NpyArray.Of([1.0, -2.5, Math.PI], 3));
        AssertGolden(Floats, NpyArray.Of([1f, 2f, 3f, 4f, 5f, 6f], 2, 3));
        AssertGolden(Scalar, NpyArray.Of([-7]));
        AssertGolden(Longs, NpyArray.Of([-1L, 1L << 62], 2, 1));
        AssertGolden(Bytes, NpyArray.Of((ReadOnlySpan<byte>)[0, 1, 2, 254, 255], 5));
        AssertGolden(Booleans, NpyArray.Of([true, false, false, true], 2, 2));
        AssertGolden(Empty, NpyArray.Of(ReadOnlySpan<long>.Empty, 0, 4));
    }

    [Theory]
    [InlineData(32, 1, "c5aa161a697b78f1114c423cf16adcbdc9ce6da28fc0a42dac93c187f08269b8")]
    [InlineData(14, 100, "938eaa952aa140a336404d4f5cf01b947aaaa814af012c29cb2cde3e7ec8c9da")] // a whole block of spaces
    [InlineData(1, 123456, "a0ea3e2da0e5ee5714e021345d8cd443b6365ed0a6fc57eea3fbd01c0d2e800a")]
    public void A_long_header_is_padded_as_NumPy_pads_it(int rank, int last, string sha256)
    {
        long[] shape = [.. Enumerable.Repeat(1L, rank - 1), last];
        Assert.Equal(sha256, ContentHash.Sha256(NpyArray.Of(new byte[last], shape).ToBytes()));
    }

    [Fact]
    public void What_NumPy_wrote_is_read()
    {
        Assert.Equal([1.0, -2.5, Math.PI], Read(Doubles, NpyType.Float64, 3).ToDoubles());
        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f], Read(Floats, NpyType.Float32, 2, 3).ToFloats());
        Assert.Equal([-7], Read(Scalar, NpyType.Int32).ToInts());
        Assert.Equal([-1L, 1L << 62], Read(Longs, NpyType.Int64, 2, 1).ToLongs());
        Assert.Equal([0, 1, 2, 254, 255], Read(Bytes, NpyType.UInt8, 5).Data.ToArray());
        Assert.Equal([true, false, false, true], Read(Booleans, NpyType.Boolean, 2, 2).ToBooleans());
        Assert.Empty(Read(Empty, NpyType.Int64, 0, 4).ToLongs());
    }

    [Fact]
    public void Special_doubles_keep_their_bits()
    {
        double[] values = [double.NaN, double.NegativeInfinity, -0.0, 5e-324];
        var read = NpyArray.Parse(NpyArray.Of(values, 4).ToBytes()).ToDoubles();
        Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), read.Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void The_elements_are_read_as_their_own_type_only()
    {
        var array = NpyArray.Of([1.0], 1);
        Assert.Throws<InvalidOperationException>(array.ToFloats);
        Assert.Throws<InvalidOperationException>(array.ToInts);
        Assert.Throws<InvalidOperationException>(array.ToLongs);
        Assert.Throws<InvalidOperationException>(array.ToBooleans);
        Assert.Throws<InvalidOperationException>(NpyArray.Of([1f], 1).ToDoubles);
    }

    [Fact]
    public void An_array_owns_a_copy_of_its_values()
    {
        double[] values = [1, 2];
        var array = NpyArray.Of(values, 2);
        values[0] = 9;
        Assert.Equal([1.0, 2.0], array.ToDoubles());
    }

    [Theory]
    [InlineData(2L)]
    [InlineData(4L)]
    [InlineData(3L, 0L)]
    [InlineData(-3L)]
    [InlineData(-1L, -3L)]
    [InlineData]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void A_shape_that_does_not_hold_the_values_is_refused(params long[] shape) =>
        Assert.Throws<ArgumentException>(() => NpyArray.Of(new double[3], shape));

    [Fact]
    public void More_axes_than_NumPy_has_are_refused()
    {
        Assert.Throws<ArgumentException>(() => NpyArray.Of([1.0], [.. Enumerable.Repeat(1L, 33)]));
        AssertRefused("33 axes", File($"{{'descr': '|u1', 'fortran_order': False, 'shape': "
            + $"({string.Concat(Enumerable.Repeat("1, ", 33))})}}", 1));
    }

    [Theory]
    [InlineData("{'shape':(2,),'fortran_order':False,'descr':'<f4'}")]
    [InlineData("  { \"descr\" : \"<f4\" , 'fortran_order' : False , 'shape' : ( 2 , ) , }  ")]
    public void A_header_in_another_spelling_is_read(string header) =>
        Assert.Equal([0f, 0f], NpyArray.Parse(File(header, 8)).ToFloats());

    [Theory]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }", "'>f4', expected one of")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", "'|O', expected one of")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "'<c8', expected one of")]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (2,), }", "found Fortran order, expected C order")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", "found the shape (-2)")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (0, -2), }", "found the shape (0, -2)")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967298), }", "fits in 64 bits")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775808,), }", "an integer of 64 bits")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "found 8 bytes of data, expected 4")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "found 8 bytes of data, expected 12")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2), }", "expected a tuple")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2L,), }", "found 'L'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': [2], }", "expected '('")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (2,), }", "expected True or False")]
    [InlineData("{'descr': '<f4', 'fortran_order': \0False, 'shape': (2,), }", "expected True or False")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, }", "keys missing")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "the key 'descr'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 1}", "the key 'x'")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", "a quoted string")]
    [InlineData("{'descr': '\\x3cf4', 'fortran_order': False, 'shape': (2,), }", "a plain string")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } + 1", "nothing after the dict")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)", "expected '}'")]
    [InlineData("print(1)", "expected '{'")]
    [InlineData("", "expected '{'")]
    public void A_header_of_anything_else_is_refused(string header, string message) =>
        AssertRefused(message, File(header, 8));

    [Fact]
    public void A_damaged_prefix_is_refused()
    {
        var good = Convert.FromHexString(Doubles);
        AssertRefused("found a file of 9 bytes", good[..9]);
        AssertRefused("found the magic string 924e554d5059", [0x92, .. good[1..]]);
        AssertRefused("found version 2.0, expected 1.0", [.. good[..6], 2, .. good[7..]]);
        AssertRefused("found version 1.1, expected 1.0", [.. good[..7], 1, .. good[8..]]);
        AssertRefused("expected a header of 65535", [.. good[..8], 0xFF, 0xFF, .. good[10..]]);
        AssertRefused("found 90 bytes after the prefix", good[..100]);
    }

    [Fact]
    public void A_boolean_of_neither_0_nor_1_is_refused()
    {
        var file = Convert.FromHexString(Booleans);
        file[^2] = 2;
        AssertRefused("found the boolean 2 at element 2", file);
    }

    private static NpyArray Read(string hex, NpyType type, params long[] shape)
    {
        var array = NpyArray.Parse(Convert.FromHexString(hex));
        Assert.Equal(type, array.Type);
        Assert.Equal(shape, array.Shape);
        return array;
    }

    private static byte[] File(string header, int dataLength) =>
    [
        .. Convert.FromHexString("934e554d50590100"), (byte)(header.Length + 1), (byte)((header.Length + 1) >> 8),
        .. Encoding.ASCII.GetBytes(header + "\n"), .. new byte[dataLength],
    ];

    private static void AssertGolden(string hex, NpyArray array) =>
        Assert.Equal(hex, Convert.ToHexStringLower(array.ToBytes()));

    private static void AssertRefused(string message, byte[] file) => Assert.Contains(
        message, Assert.Throws<FormatException>(() => NpyArray.Parse(file)).Message, StringComparison.Ordinal);
}
