using System.Collections.Immutable;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// The signatures of a bundle: envelopes in <c>attest/</c>, a tag folder that no manifest lists, since each signs the
/// tag manifest (RFC 8493 leaves signatures open). One key has one file, named by its identifier.
/// </summary>
public static class Attestation
{
    /// <summary>The identifiers of the keys that a bundle says it is signed by, in order. Nothing is checked.</summary>
    /// <param name="bundle">The bundle's folder.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static ImmutableArray<string> KeyIds(string bundle)
    {
        var folder = Path.Combine(bundle, BagLayout.AttestationFolder);
        return !Directory.Exists(folder) ? [] :
        [
            .. Directory.EnumerateFiles(folder)
                .Select(file => KeyIdIn(BagLayout.AttestationPrefix + Path.GetFileName(file)))
                .OfType<string>()
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>What keeps a key's signature from covering a bundle whose hashes are sound; null where nothing does.</summary>
    /// <param name="bundle">The folder of a bundle that <see cref="BundleVerifier"/> found sound.</param>
    /// <param name="key">The key.</param>
    public static BundleProblem? Fault(string bundle, VerificationKey key)
    {
        ArgumentException.ThrowIfNullOrEmpty(bundle);
        ArgumentNullException.ThrowIfNull(key);
        var problems = new List<BundleProblem>();
        var inventory = BundleInventory.Take(Path.GetFullPath(bundle), problems);
        var path = PathOf(key.Id);
        if (!inventory.Files.ContainsKey(path))
            return new BundleProblem(path, "no signature by this key", $"one by the key {key.Id}");
        return AttestationCheck.Read(inventory, path, problems) is not { } envelope ? problems[0]
            : envelope.IsSignedBy(key) ? null
            : new BundleProblem(path, "a signature that this key did not make of this payload",
                $"one by the key {key.Id}");
    }

    /// <summary>Signs a bundle that stands. The signature is whole or not there, however this ends.</summary>
    /// <param name="bundle">The folder of a bundle that <see cref="BundleVerifier"/> found sound.</param>
    /// <param name="key">The key.</param>
    /// <returns>The path of the signature, from the bundle's root.</returns>
    /// <exception cref="InvalidDataException">The folder is no bundle.</exception>
    /// <exception cref="IOException">The bundle or the folder that it lies in cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be written.</exception>
    public static string Sign(string bundle, SigningKey key)
    {
        ArgumentException.ThrowIfNullOrEmpty(bundle);
        ArgumentNullException.ThrowIfNull(key);
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(bundle));
        var (path, bytes) = Envelope(root, key);
        // Made whole beside the bundle: a folder or a file half made in it would damage it.
        using var beside = new ScratchFolder(
            Path.GetDirectoryName(root) ?? throw new IOException($"'{bundle}' is the root of a file system"));
        var file = Path.Combine(beside.Path, BagLayout.AttestationFolder, Path.GetFileName(path));
        DurableFile.Write(file, bytes);
        var folder = Path.Combine(root, BagLayout.AttestationFolder);
        if (Directory.Exists(folder))
            File.Move(file, Path.Combine(root, path), overwrite: true);
        else
            Directory.Move(Path.GetDirectoryName(file)!, folder);
        DurableFile.SyncFolder(folder);
        DurableFile.SyncFolder(root);
        return path;
    }

    /// <summary>Signs a bag that is not a bundle yet, and that nobody reads.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal static void SignDraft(string bag, SigningKey key)
    {
        var (path, bytes) = Envelope(bag, key);
        DurableFile.Write(Path.Combine(bag, path), bytes);
    }

    /// <summary>The key that a signature's path names; null for any other path.</summary>
    internal static string? KeyIdIn(string path)
    {
        if (!path.StartsWith(BagLayout.AttestationPrefix, StringComparison.Ordinal)
            || !path.EndsWith(BagLayout.AttestationSuffix, StringComparison.Ordinal))
            return null;
        var name = path[BagLayout.AttestationPrefix.Length..];
        var id = name[..^BagLayout.AttestationSuffix.Length];
        return Hex.IsSha256(id) ? id : null;
    }

    /// <summary>Where the signature of a key lies, from the bundle's root.</summary>
    /// <param name="keyId">The key's identifier.</param>
    public static string PathOf(string keyId) =>
        BagLayout.AttestationPrefix + keyId + BagLayout.AttestationSuffix;

    private static (string Path, byte[] Bytes) Envelope(string root, SigningKey key)
    {
        try
        {
            var statement = ProvenanceStatement.Of(
                BagInfo.Parse(File.ReadAllBytes(Path.Combine(root, BagLayout.Info))),
                File.ReadAllBytes(Path.Combine(root, BagLayout.TagManifest)));
            return (PathOf(key.Id), DsseEnvelope.Sign(statement.ToBytes(), key).ToBytes());
        }
        catch (FormatException error)
        {
            throw new InvalidDataException($"'{root}' is no bundle: {error.Message}", error);
        }
    }
}
