using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>A sealed bundle, open for reading. Opening checks that its parts are there, not its hashes.</summary>
public sealed class BundleFolder
{
    private BundleFolder(string root, BagInfo info)
    {
        Root = root;
        Payload = new ArtifactFolder(Path.Combine(root, BagLayout.PayloadFolder));
        Name = Required(info, BagInfo.Identifier);
        Description = info[BagInfo.ExternalDescription] ?? "";
        PlanHash = Required(info, BagInfo.PlanHash);
        ContentDigest = Required(info, BagInfo.ContentDigestLabel);
        NumericEnvironment = Required(info, BagInfo.NumericEnvironment);
        Software = Required(info, BagInfo.SoftwareAgent);
        Day = Required(info, BagInfo.BaggingDate);
    }

    /// <summary>The absolute path of the bundle.</summary>
    public string Root { get; }

    /// <summary>The bundle's <c>data/</c>.</summary>
    public ArtifactFolder Payload { get; }

    /// <summary>The run's name.</summary>
    public string Name { get; }

    /// <summary>The author's description in one line; empty where there is none.</summary>
    public string Description { get; }

    /// <summary>SHA-256 of the plan, as the bag states it.</summary>
    public string PlanHash { get; }

    /// <summary>The digest over the content, as the bag states it.</summary>
    public string ContentDigest { get; }

    /// <summary>SHA-256 of everything about the machine that decided bits, as the bag states it.</summary>
    public string NumericEnvironment { get; }

    /// <summary>The program that made the bundle, and its version.</summary>
    public string Software { get; }

    /// <summary>The day on which it was sealed, UTC, as <c>2026-03-01</c>.</summary>
    public string Day { get; }

    /// <summary>Opens a bundle.</summary>
    /// <param name="path">Its folder.</param>
    /// <exception cref="InvalidDataException">
    /// The folder is no bundle of version 1; the message names what is missing.
    /// </exception>
    /// <exception cref="IOException">A file that is there cannot be read.</exception>
    public static BundleFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var root = Path.GetFullPath(path);
        if (!Directory.Exists(root))
            throw new InvalidDataException($"there is no folder '{path}'");
        string[] parts =
        [
            BagLayout.Declaration, BagLayout.Info, BagLayout.PayloadManifest, BagLayout.TagManifest,
            BagLayout.PayloadPrefix + BagLayout.Plan, BagLayout.PayloadPrefix + BagLayout.Content,
        ];
        var files = new ArtifactFolder(root);
        if (parts.FirstOrDefault(part => !files.Contains(part)) is { } missing)
            throw new InvalidDataException($"'{path}' is no bundle: it has no {missing}");
        try
        {
            var info = BagInfo.Parse(files.Read(BagLayout.Info, BagLayout.LargestParsedFile));
            return info[BagInfo.BundleVersion] is BagInfo.Version
                ? new BundleFolder(root, info)
                : throw new InvalidDataException($"'{path}': {BagLayout.Info} gives the bundle version as "
                    + $"'{info[BagInfo.BundleVersion]}', and this program reads {BagInfo.Version}");
        }
        catch (FormatException error)
        {
            throw new InvalidDataException($"'{path}' is no bundle: {error.Message}", error);
        }
    }

    private static string Required(BagInfo info, string label) => info[label]
        ?? throw new InvalidDataException($"{BagLayout.Info} has no {label}");
}
