using System.Collections.Immutable;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>Writes a bag's tag files around a payload that is complete.</summary>
internal static class BagWriter
{
    // An fsync needs no write access but on Windows.
    private static readonly FileAccess SyncAccess =
        OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read;

    /// <summary>
    /// Hashes the payload and writes the four tag files, all durably; the payload is made durable too.
    /// </summary>
    /// <param name="bag">The bag's folder.</param>
    /// <param name="payload">The files of its <c>data/</c>, which nothing may still be writing.</param>
    /// <param name="info">Gives the metadata for the payload's size.</param>
    /// <exception cref="IOException">Reading or writing failed, or a symbolic link lies in the payload.</exception>
    public static void Write(string bag, ArtifactFolder payload, Func<PayloadOxum, BagInfo> info)
    {
        var entries = ImmutableArray.CreateBuilder<ManifestEntry>();
        long octets = 0;
        foreach (var path in payload.Files())
        {
            var file = Path.Combine(payload.Root, path);
            octets += Sync(file);
            entries.Add(new ManifestEntry(ContentHash.Sha512OfFile(file), BagLayout.PayloadPrefix + path));
        }

        foreach (var folder in Directory.EnumerateDirectories(payload.Root, "*", SearchOption.AllDirectories))
            DurableFile.SyncFolder(folder);
        DurableFile.SyncFolder(payload.Root);

        WriteTag(BagLayout.Declaration, BagLayout.DeclarationBytes);
        WriteTag(BagLayout.Info, info(new PayloadOxum(octets, entries.Count)).ToBytes());
        WriteTag(BagLayout.PayloadManifest, new BagManifest(entries.ToImmutable()).ToBytes());
        var tags = BagLayout.TagFiles
            .Select(tag => new ManifestEntry(ContentHash.Sha512OfFile(Path.Combine(bag, tag)), tag));
        WriteTag(BagLayout.TagManifest, new BagManifest([.. tags]).ToBytes());

        void WriteTag(string name, ReadOnlySpan<byte> bytes) => DurableFile.Write(Path.Combine(bag, name), bytes);
    }

    // Other writers than ArtifactFolder, such as a log, do not wait for the disk.
    private static long Sync(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, SyncAccess, FileShare.ReadWrite, 0);
        RandomAccess.FlushToDisk(stream.SafeFileHandle);
        return stream.Length;
    }
}
