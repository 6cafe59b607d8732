using System.Collections.Immutable;
using System.Text;

namespace Spectral.Core.Formats;

/// <summary>
/// An append-only file of records, a line each behind its own SHA-256: what a dying process wrote of its last line is
/// told from a whole one. A line is on the disk when <see cref="Append"/> returns.
/// </summary>
public sealed class Journal : IDisposable
{
    private readonly FileStream _file;

    private Journal(FileStream file, ImmutableArray<string> records) => (_file, Records) = (file, records);

    /// <summary>The records that were there, up to the first damaged one.</summary>
    public ImmutableArray<string> Records { get; }

    /// <summary>Opens a journal, or begins one.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static Journal Open(string path)
    {
        bool isNew = !File.Exists(path);
        FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 0);
        try
        {
            if (isNew)
                DurableFile.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
            byte[] bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return new Journal(file, Sound(bytes));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Cuts off everything behind the first records.</summary>
    /// <param name="count">How many of <see cref="Records"/> stay.</param>
    public void Truncate(int count)
    {
        _file.SetLength(Records.Take(count).Sum(record => (long)Line(record).Length));
        _file.Seek(0, SeekOrigin.End);
        _file.Flush(flushToDisk: true);
    }

    /// <summary>Adds a record, durably.</summary>
    /// <param name="record">Text without line ends.</param>
    /// <exception cref="IOException">The disk is full, and so on.</exception>
    public void Append(string record)
    {
        if (record.Contains('\n', StringComparison.Ordinal))
            throw new ArgumentException("a record is one line", nameof(record));
        _file.Write(Line(record));
        _file.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static ImmutableArray<string> Sound(ReadOnlySpan<byte> bytes)
    {
        ImmutableArray<string>.Builder records = ImmutableArray.CreateBuilder<string>();
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            string line = Encoding.UTF8.GetString(bytes[..end]);
            if (line.Split(' ', 2) is not [var digest, var record]
                || digest != ContentHash.Sha256(Encoding.UTF8.GetBytes(record)))
            {
                break;
            }

            records.Add(record);
            bytes = bytes[(end + 1)..];
        }

        return records.ToImmutable();
    }

    private static byte[] Line(string record) =>
        Encoding.UTF8.GetBytes($"{ContentHash.Sha256(Encoding.UTF8.GetBytes(record))} {record}\n");
}
