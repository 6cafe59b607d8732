using System.Globalization;
using System.Text;
using Spectral.Core.Execution;

namespace Spectral.Core.Bundles;

/// <summary>
/// Length and time of the files that a bundle's card is made from, so that a change is seen without reading them. A
/// sealed bundle never changes; a damaged, replaced or newly signed one does.
/// </summary>
public static class BundleStamp
{
    private static readonly string[] Files =
    [
        BagLayout.Declaration, BagLayout.Info, BagLayout.PayloadManifest, BagLayout.TagManifest,
        BagLayout.PayloadPrefix + BagLayout.Plan, BagLayout.PayloadPrefix + BagLayout.Content,
        BagLayout.PayloadPrefix + ResultFiles.Measurements, BagLayout.PayloadPrefix + ResultFiles.Training,
    ];

    /// <summary>
    /// The stamp of a folder; null where it has no file of a bag, and so is no bundle, not even a damaged one.
    /// </summary>
    /// <param name="root">The folder.</param>
    public static string? Of(string root)
    {
        StringBuilder stamp = new();
        bool isBag = false;
        for (int i = 0; i < Files.Length; i++)
        {
            // Most folders are no bundles, and the first files tell.
            if (i == 4 && !isBag)
                return null;
            FileInfo file = new(Path.Join(root, Files[i]));
            if (file.Exists)
                Append(stamp, file.Length, file.LastWriteTimeUtc);
            isBag |= file.Exists;
            stamp.Append('/');
        }

        DirectoryInfo signatures = new(Path.Join(root, BundleCard.SignatureFolder));
        if (signatures.Exists)
            Append(stamp, 0, signatures.LastWriteTimeUtc);
        return stamp.ToString();
    }

    private static void Append(StringBuilder stamp, long length, DateTime time) => stamp
        .Append(length.ToString("x", CultureInfo.InvariantCulture)).Append('.')
        .Append(time.Ticks.ToString("x", CultureInfo.InvariantCulture));
}
