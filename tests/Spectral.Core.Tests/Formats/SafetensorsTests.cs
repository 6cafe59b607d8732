using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Spectral.Core.Formats;
using Xunit;

namespace Spectral.Core.Tests.Formats;

/// <summary>The layout of the reference writer, and what a strict reader refuses.</summary>
public sealed class SafetensorsTests
{
    [Fact]
    public void One_tensor_is_laid_out_as_the_reference_does()
    {
        var file = Safetensors.Serialize([Tensor("attn.0", "F32", [1, 2, 3])]);
        Assert.Equal(
            File("""{"attn.0":{"dtype":"F32","shape":[1,2,3],"data_offsets":[0,24]}}""", new byte[24]), file);
    }

    [Fact]
    public void The_header_is_padded_with_spaces_to_a_multiple_of_eight()
    {
        var file = Safetensors.Serialize([Tensor("attn0", "F32", [1, 2, 3])]);
        const string header = """{"attn0":{"dtype":"F32","shape":[1,2,3],"data_offsets":[0,24]}}""";
        Assert.Equal(63, header.Length);
        Assert.Equal(File(header + " ", new byte[24]), file);
    }

    [Fact]
    public void No_tensors_make_an_empty_object() => Assert.Equal(File("{}      ", []), Safetensors.Serialize([]));

    [Fact]
    public void Metadata_come_first_and_sorted()
    {
        var metadata = new Dictionary<string, string> { ["framework"] = "pt", ["a\n"] = "\"ä\"" };
        var file = Safetensors.Serialize([Tensor("w", "U8", [])], metadata);
        const string header = """
            {"__metadata__":{"a\n":"\"ä\"","framework":"pt"},"w":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}
            """;
        Assert.StartsWith(header, Encoding.UTF8.GetString(file.AsSpan(8)), StringComparison.Ordinal);
        Assert.Equal("w", Assert.Single(Safetensors.Parse(file)).Name);
        Assert.Equal(File("""{"__metadata__":{}}     """, []),
            Safetensors.Serialize([], ImmutableDictionary<string, string>.Empty));
    }

    [Fact]
    public void Tensors_come_in_the_reference_order_of_types_then_by_the_bytes_of_their_names()
    {
        string[] types = ["U64", "I64", "F64", "F32", "U32", "I32", "BF16", "F16", "U16", "I16", "I8", "U8", "BOOL"];
        var tensors = types.Reverse().Select(type => Tensor("t" + type, type, [1]))
            .Append(Tensor("\ud83d\ude00", "F32", [1])).Append(Tensor("\ufb33", "F32", [1]))
            .Append(Tensor("b", "F32", [1])).Append(Tensor("B", "F32", [1]));
        string[] expected =
        [
            "tU64", "tI64", "tF64", "B", "b", "tF32", "\ufb33", "\ud83d\ude00",
            "tU32", "tI32", "tBF16", "tF16", "tU16", "tI16", "tI8", "tU8", "tBOOL",
        ];
        Assert.Equal(expected, Safetensors.Parse(Safetensors.Serialize(tensors)).Select(tensor => tensor.Name));
    }

    [Fact]
    public void What_was_written_is_read_back_and_written_alike()
    {
        SafetensorsTensor[] tensors =
        [
            new("w", "F32", [2, 1], new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }),
            new("none", "F64", [3, 0], ReadOnlyMemory<byte>.Empty),
            new("flag", "BOOL", [], new byte[] { 1 }),
            new("", "I16", [1], new byte[] { 9, 8 }),
        ];
        var file = Safetensors.Serialize(tensors);
        var read = Safetensors.Parse(file);
        foreach (var tensor in tensors)
        {
            var found = read.Single(other => other.Name == tensor.Name);
            Assert.Equal(tensor.DType, found.DType);
            Assert.Equal(tensor.Shape, found.Shape);
            Assert.Equal(tensor.Data.ToArray(), found.Data.ToArray());
        }

        Assert.Equal(file, Safetensors.Serialize(read));
    }

    [Fact]
    public void Tensors_that_cannot_be_written_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Safetensors.Serialize([Tensor("a", "U8", [1]), Tensor("a", "I8", [1])]));
        Assert.Throws<ArgumentException>(() => Safetensors.Serialize([Tensor("__metadata__", "U8", [1])]));
        Assert.Throws<ArgumentException>(() => Safetensors.Serialize([new("a", "F32", [2], new byte[7])]));
        Assert.Throws<ArgumentException>(() => Safetensors.Serialize([new("a", "C64", [1], new byte[8])]));
        Assert.Throws<ArgumentException>(() => Safetensors.Serialize([new("a", "U8", [-1, -1], new byte[1])]));
        Assert.Throws<ArgumentException>(() => Safetensors.Serialize([Tensor("\ud800", "U8", [1])]));
    }

    [Theory]
    [InlineData("""{"w":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""")]
    [InlineData("""{"w":{"data_offsets":[0,4],"shape":[2,1],"dtype":"I16"},"__metadata__":{"a":"b"}}   """)]
    [InlineData("""
        {"b":{"dtype":"U8","shape":[3],"data_offsets":[1,4]},"a":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}
        """)]
    [InlineData("""
        {"z":{"dtype":"F64","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}
        """)]
    public void Headers_that_others_write_are_read(string header) =>
        Assert.Equal(4, Safetensors.Parse(File(header, new byte[4])).Sum(tensor => tensor.Data.Length));

    [Theory]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "'w': found 4 bytes, expected 8")]
    [InlineData("""{"w":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}}""", "'w': its data begin at 1, expected 0")]
    [InlineData("""{"w":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}""", "found 4 bytes of data, expected 3")]
    [InlineData("""{"w":{"dtype":"U8","shape":[5],"data_offsets":[0,5]}}""", "'w': its data end at 5")]
    [InlineData("""{"w":{"dtype":"F99","shape":[4],"data_offsets":[0,4]}}""", "'w': its dtype 'F99' is unknown")]
    [InlineData("""{"w":{"dtype":"U8","shape":[-4],"data_offsets":[0,4]}}""", "'w': its shape [-4] is negative")]
    [InlineData("""{"w":{"dtype":"U8","shape":[4294967296,4294967297],"data_offsets":[0,4]}}""", "or too large")]
    [InlineData("""{"w":{"dtype":"U8","shape":[4],"data_offsets":[4,0]}}""", "'w': its data_offsets [4, 0]")]
    [InlineData("""{"w":{"dtype":"U8","shape":[4],"data_offsets":[-4,0]}}""", "'w': its data_offsets [-4, 0]")]
    [InlineData("""{"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4,8]}}""", "'w': expected exactly")]
    [InlineData("""{"w":{"dtype":"U8","shape":[4.5],"data_offsets":[0,4]}}""", "'w': expected exactly")]
    [InlineData("""{"w":{"dtype":8,"shape":[4],"data_offsets":[0,4]}}""", "'w': expected exactly")]
    [InlineData("""{"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"x":1}}""", "'w': expected exactly")]
    [InlineData("""{"w":{"dtype":"U8","shape":[4]}}""", "'w': expected exactly")]
    [InlineData("""{"w":null}""", "'w': expected exactly")]
    [InlineData("""{"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"w":{}}""", "the key 'w' stands twice")]
    [InlineData("""{"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"__metadata__":{"a":1}}""", "of strings")]
    [InlineData(""" {"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", "does not begin with '{'")]
    [InlineData("{", "safetensors header: JSON, byte 1")]
    [InlineData("", "does not begin with '{'")]
    [InlineData("{}", "found 4 bytes of data, expected 0")]
    public void A_header_that_breaks_a_rule_is_refused(string header, string message) =>
        AssertRefused(message, File(header, new byte[4]));

    [Fact]
    public void A_hole_and_an_overlap_are_refused_by_name()
    {
        static byte[] Pair(int begin) => File($$$"""
            {"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},
            "b":{"dtype":"U8","shape":[2],"data_offsets":[{{{begin}}},{{{begin + 2}}}]}}
            """, new byte[begin + 2]);
        Assert.Equal(2, Safetensors.Parse(Pair(3)).Length);
        AssertRefused("'b': its data begin at 2, expected 3: an overlap", Pair(2));
        AssertRefused("'b': its data begin at 4, expected 3: a hole", Pair(4));
    }

    [Fact]
    public void A_length_that_lies_is_refused()
    {
        AssertRefused("found a file of 7 bytes", new byte[7]);
        AssertRefused("expected a header of 99", [99, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']);
        AssertRefused("at most 100000000", [0x01, 0xE1, 0xF5, 0x05, 0, 0, 0, 0, (byte)'{', (byte)'}']);
        AssertRefused("at most 100000000", [255, 255, 255, 255, 255, 255, 255, 255, (byte)'{', (byte)'}']);
    }

    private static SafetensorsTensor Tensor(string name, string dtype, ImmutableArray<long> shape)
    {
        var size = dtype is "BOOL" ? 1 : int.Parse(dtype.TrimStart('B', 'F', 'I', 'U')) / 8;
        return new(name, dtype, shape, new byte[shape.Aggregate(1L, (product, extent) => product * extent) * size]);
    }

    private static byte[] File(string header, byte[] data)
    {
        var utf8 = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, utf8.Length);
        return [.. length, .. utf8, .. data];
    }

    private static void AssertRefused(string message, byte[] file) => Assert.Contains(
        message, Assert.Throws<FormatException>(() => Safetensors.Parse(file)).Message, StringComparison.Ordinal);
}
