using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Spectral.EndToEnd.Tests.Hostile;

/// <summary>Harm in arrays, weights and tables; all hashes fit.</summary>
internal static class HostileArrays
{
    private const string Array = "data/results/final/train/singular_values.npy";
    private const string Weights = "data/checkpoints/initial.safetensors";
    private const string Table = "data/results/measurements.csv";

    private static readonly ImmutableArray<(string Name, byte[] File)> Arrays =
    [
        ("an array that is empty", []),
        ("an array with another magic", Npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", 8, magic: 0x94)),
        ("an array of version 2 with a header of 4 GB", [0x93, .. "NUMPY"u8, 2, 0, 0xff, 0xff, 0xff, 0xff, .. new byte[90]]),
        ("an array of version 3", Npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", 8, version: 3)),
        ("an array whose header is longer than its file", [0x93, .. "NUMPY"u8, 1, 0, 0xff, 0xff, .. new byte[90]]),
        ("an array of objects", Npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", 8)),
        ("an array of records", Npy("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }", 8)),
        ("an array of texts", Npy("{'descr': '<U2', 'fortran_order': False, 'shape': (1,), }", 8)),
        ("an array in big endian", Npy("{'descr': '>f8', 'fortran_order': False, 'shape': (1,), }", 8)),
        ("an array in Fortran order", Npy("{'descr': '<f8', 'fortran_order': True, 'shape': (1,), }", 8)),
        ("an array whose shape overflows", Npy("{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4611686018427387904), }", 0)),
        ("an array whose size wraps around to 0", Npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2305843009213693952,), }", 0)),
        ("an array with an extent beyond 64 bits", Npy($"{{'descr': '<f8', 'fortran_order': False, 'shape': ({new string('9', 9000)},), }}", 8)),
        ("an array with a negative extent", Npy("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }", 8)),
        ("an array with 9,000 axes", Npy($"{{'descr': '<f8', 'fortran_order': False, 'shape': ({string.Concat(Enumerable.Repeat("1,", 9000))}), }}", 8)),
        ("an array that holds less than it says", Npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000,), }", 8)),
        ("an array that holds more than it says", Npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", 16)),
        ("an array whose header is a program", Npy("__import__('os').system('touch evil')", 8)),
        ("an array with a key twice", Npy("{'descr': '<f8', 'descr': '|O', 'fortran_order': False, 'shape': (1,), }", 8)),
        ("an array with a key too many", Npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'x': 1, }", 8)),
        ("an array with a key too few", Npy("{'descr': '<f8', 'shape': (1,), }", 8)),
        ("an array with text behind its header", Npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), } or evil()", 8)),
        ("an array with escapes in its header", Npy("{'d\\x65scr': '<f8', 'fortran_order': False, 'shape': (1,), }", 8)),
    ];

    private static readonly ImmutableArray<(string Name, byte[] File)> WeightFiles =
    [
        ("weights that are empty", []),
        ("weights of 7 bytes", new byte[7]),
        ("weights without a header", Safetensors("", 0)),
        ("weights with a header of 2^60 bytes", Lying(1UL << 60)),
        ("weights with a header of 2^64 - 1 bytes", Lying(ulong.MaxValue)),
        ("weights with a header of 99 MB that is not there", Lying(99_000_000)),
        ("weights whose header is an array", Safetensors("[]", 0)),
        ("weights whose header is nested deeply", Safetensors("{\"a\":" + new string('[', 100_000), 0)),
        ("weights with a name twice", Safetensors("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8)),
        ("weights with a hole", Safetensors("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8)),
        ("weights with a hole between", Safetensors("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12)),
        ("weights that overlap", Safetensors("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12)),
        ("weights that share their bytes", Safetensors("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4)),
        ("weights that end before they begin", Safetensors("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4)),
        ("weights at a negative offset", Safetensors("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 4)),
        ("weights beyond the file", Safetensors("""{"a":{"dtype":"F32","shape":[1073741824],"data_offsets":[0,4294967296]}}""", 8)),
        ("weights whose shape overflows", Safetensors("""{"a":{"dtype":"F32","shape":[1099511627776,1099511627776],"data_offsets":[0,0]}}""", 0)),
        ("weights whose shape is not their size", Safetensors("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,4]}}""", 4)),
        ("weights of a negative shape", Safetensors("""{"a":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}}""", 4)),
        ("weights of an unknown type", Safetensors("""{"a":{"dtype":"PICKLE","shape":[1],"data_offsets":[0,4]}}""", 4)),
        ("weights with offsets in words", Safetensors("""{"a":{"dtype":"F32","shape":[1],"data_offsets":["0","4"]}}""", 4)),
        ("weights with a key too many", Safetensors("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"code":"x"}}""", 4)),
        ("weights with data behind the last", Safetensors("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 100)),
        ("weights whose metadata are no texts", Safetensors("""{"__metadata__":{"a":[1]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4)),
        ("weights whose header is not UTF-8", [2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', 0xff]),
        ("weights with 200,000 axes", Safetensors($$$"""{"a":{"dtype":"F32","shape":[{{{string.Join(',', Enumerable.Repeat("2", 200_000))}}}],"data_offsets":[0,4]}}""", 4)),
    ];

    private static readonly ImmutableArray<(string Name, byte[] File)> Tables =
    [
        ("a table that is empty", []),
        ("a table with a million columns", Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 1_000_000)) + "\n")),
        ("a table with 5,000 columns", Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 5_000)) + "\n")),
        ("a table with a million fields in its second line", Encoding.UTF8.GetBytes("a,b\n" + new string(',', 1_000_000) + "\n")),
        ("a table with a number of a million digits", Encoding.UTF8.GetBytes("a\n" + new string('9', 1_000_000) + "\n")),
        ("a table with rows of other lengths", "a,b\n1\n"u8.ToArray()),
        ("a table with a column twice", "a,a\n1,2\n"u8.ToArray()),
        ("a table whose quote is never closed", "a,b\n\"1,2\n"u8.ToArray()),
        ("a table with a quote in a field", "a,b\n1,2\"3\n"u8.ToArray()),
        ("a table with text behind a quote", "a,b\n1,\"2\"3\n"u8.ToArray()),
        ("a table that is cut short", "a,b\n1,2"u8.ToArray()),
        ("a table with a lone carriage return", "a,b\r1,2\n"u8.ToArray()),
        ("a table with a zero byte", "a,b\n1,\0\n"u8.ToArray()),
        ("a table with an escape sequence", "a,b\n1,\u001b[2J\n"u8.ToArray()),
        ("a table with a byte order mark", [0xef, 0xbb, 0xbf, .. "a,b\n1,2\n"u8]),
        ("a table that is not UTF-8", [.. "a,b\n1,"u8, 0xff, (byte)'\n']),
        ("a table that is not UTF-8 beyond its first block", [.. "a,b\n"u8, .. Enumerable.Repeat("1,2\n"u8.ToArray(), 30_000).SelectMany(line => line), 0xc3, (byte)'\n']),
    ];

    /// <summary>All of them.</summary>
    public static ImmutableArray<HostileCase> All { get; } =
    [
        .. Arrays.Select(row => new HostileCase(row.Name, bundle => bundle.PutAndSeal(Array, row.File))),
        .. WeightFiles.Select(row => new HostileCase(row.Name, bundle => bundle.PutAndSeal(Weights, row.File))),
        .. Tables.Select(row => new HostileCase(row.Name, bundle => bundle.PutAndSeal(Table, row.File))),
        new("a given array of objects", bundle => bundle.PutAndSeal("data/dataset/train/labels.npy", Arrays[5].File)),
        new("outputs of objects", bundle => bundle.PutAndSeal("data/results/outputs/train.npy", Arrays[5].File)),
    ];

    private static byte[] Npy(string header, int data, byte magic = 0x93, byte version = 1)
    {
        byte[] text = Encoding.ASCII.GetBytes(header + "\n"), length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, checked((ushort)text.Length));
        return [magic, .. "NUMPY"u8, version, 0, .. length, .. text, .. new byte[data]];
    }

    private static byte[] Safetensors(string header, int data) => [.. Length((ulong)header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[data]];

    private static byte[] Lying(ulong length) => [.. Length(length), .. "{}      "u8];

    private static byte[] Length(ulong length)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        return bytes;
    }
}
