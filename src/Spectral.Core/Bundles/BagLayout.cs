using System.Collections.Immutable;

namespace Spectral.Core.Bundles;

/// <summary>
/// The fixed names of a bundle, version 1: those of the bag (RFC 8493, section 2) and those of its payload.
/// </summary>
internal static class BagLayout
{
    /// <summary>The bag declaration.</summary>
    public const string Declaration = "bagit.txt";

    /// <summary>The bag's metadata.</summary>
    public const string Info = "bag-info.txt";

    /// <summary>The hashes of the payload.</summary>
    public const string PayloadManifest = "manifest-sha512.txt";

    /// <summary>The hashes of the other tag files.</summary>
    public const string TagManifest = "tagmanifest-sha512.txt";

    /// <summary>The payload's folder.</summary>
    public const string PayloadFolder = "data";

    /// <summary>What every path of the payload manifest begins with.</summary>
    public const string PayloadPrefix = "data/";

    /// <summary>The canonical plan, in the payload.</summary>
    public const string Plan = "plan.json";

    /// <summary>The content digest, in the payload.</summary>
    public const string Content = "content.json";

    /// <summary>The RO-Crate's metadata, in the payload.</summary>
    public const string Crate = "ro-crate-metadata.json";

    /// <summary>The folder of signatures, beside the payload and outside both manifests.</summary>
    public const string AttestationFolder = "attest";

    /// <summary>What the path of every signature begins with.</summary>
    public const string AttestationPrefix = "attest/";

    /// <summary>How the name of every signature ends, after the key's identifier.</summary>
    public const string AttestationSuffix = ".dsse.json";

    /// <summary>
    /// The largest file of a bundle: every one is made whole in memory before it is written. A larger one is reported
    /// and never read, so that a hole of a terabyte cannot keep a reader busy.
    /// </summary>
    public const long LargestFile = int.MaxValue;

    /// <summary>The largest file that is read into memory to be checked; a larger one is reported.</summary>
    public const int LargestParsedFile = 16 << 20;

    /// <summary>The largest plan, of which a tree is made in memory, some fifty times its size.</summary>
    public const int LargestPlan = 4 << 20;

    /// <summary>The largest signature.</summary>
    public const int LargestAttestation = 1 << 16;

    /// <summary>Exactly what the tag manifest lists, in the order of bytes.</summary>
    public static readonly ImmutableArray<string> TagFiles = [Info, Declaration, PayloadManifest];

    /// <summary>The whole of the bag declaration (RFC 8493, section 2.1.1).</summary>
    public static ReadOnlySpan<byte> DeclarationBytes =>
        "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"u8;
}
