using System.Buffers.Binary;
using System.IO.Compression;
using Spectral.Core.Plans;
using Spectral.Core.Tests.Formats;

namespace Spectral.Core.Tests.Datasets;

/// <summary>A data folder with small made files in the layouts of the published sets, removed at the end.</summary>
internal sealed class MadeSet : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The data folder, alone.</summary>
    public DataFolders Folders => new([_folder.Path]);

    /// <summary>The data folder's path.</summary>
    public string Path => _folder.Path;

    /// <summary>The path of a file in the data folder.</summary>
    public string File(string name) => _folder.File(name);

    /// <summary>Idx images: every byte of example i is 10 i, but its first is 255.</summary>
    public static byte[] IdxImages(int count, int side = 28)
    {
        byte[] file = new byte[16 + (count * side * side)];
        BinaryPrimitives.WriteUInt32BigEndian(file, 0x803);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4), count);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(8), side);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(12), side);
        for (int example = 0; example < count; example++)
        {
            file.AsSpan(16 + (example * side * side), side * side).Fill((byte)(10 * example));
            file[16 + (example * side * side)] = 255;
        }

        return file;
    }

    /// <summary>Idx labels.</summary>
    public static byte[] IdxLabels(params ReadOnlySpan<byte> labels)
    {
        byte[] file = new byte[8 + labels.Length];
        BinaryPrimitives.WriteUInt32BigEndian(file, 0x801);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4), labels.Length);
        labels.CopyTo(file.AsSpan(8));
        return file;
    }

    /// <summary>CIFAR records: red bytes i, green i + 1, blue i + 2 for example i; CIFAR-100 gets superclass 7.</summary>
    public static byte[] Cifar(int labelBytes, params ReadOnlySpan<byte> labels)
    {
        int record = labelBytes + 3072;
        byte[] file = new byte[labels.Length * record];
        for (int example = 0; example < labels.Length; example++)
        {
            Span<byte> at = file.AsSpan(example * record, record);
            at[0] = 7;
            at[labelBytes - 1] = labels[example];
            for (int channel = 0; channel < 3; channel++)
                at.Slice(labelBytes + (1024 * channel), 1024).Fill((byte)(example + channel));
        }

        return file;
    }

    /// <summary>Four idx files, 6 training images of the classes 0, 1, 0, 1, 0, 1 and 4 of test, in a subfolder, images packed.</summary>
    public MadeSet WithIdx(string folder)
    {
        Directory.CreateDirectory(File(folder));
        WritePacked($"{folder}/train-images-idx3-ubyte.gz", IdxImages(6));
        Write($"{folder}/train-labels-idx1-ubyte", IdxLabels(0, 1, 0, 1, 0, 1));
        WritePacked($"{folder}/t10k-images-idx3-ubyte.gz", IdxImages(4));
        Write($"{folder}/t10k-labels-idx1-ubyte", IdxLabels(1, 0, 1, 0));
        return this;
    }

    /// <summary>Writes a file.</summary>
    public void Write(string name, byte[] content) => System.IO.File.WriteAllBytes(File(name), content);

    /// <summary>Writes a file compressed.</summary>
    public void WritePacked(string name, byte[] content)
    {
        using GZipStream packed = new(System.IO.File.Create(File(name)), CompressionLevel.Fastest);
        packed.Write(content);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
