using System.Collections.Immutable;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// Checks a bundle against every rule of its format: the bag (RFC 8493), the hashes, the plan, its inputs, the
/// content digest, the crate's list of files, the form of each file and what signatures say they sign. No code of the
/// bundle runs, no link is followed, and memory does not grow with its files.
/// </summary>
public static class BundleVerifier
{
    /// <summary>Lists everything that is wrong with a bundle; never throws for what lies in the folder.</summary>
    /// <remarks>
    /// The folder's own name is not checked, since people rename folders. The cost is reading every file.
    /// </remarks>
    /// <param name="folder">The bundle's folder, which may be reached through a symbolic link.</param>
    /// <returns>The problems; none for a sound bundle, exactly one where there is no folder.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static ImmutableArray<BundleProblem> Verify(string folder) => VerifyUntil(folder, CancellationToken.None);

    /// <summary>The same, for someone who may not want to wait for its end.</summary>
    /// <param name="folder">The bundle's folder, which may be reached through a symbolic link.</param>
    /// <param name="cancellation">Stops it before the next file is read.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public static ImmutableArray<BundleProblem> VerifyUntil(string folder, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            return [new BundleProblem(".", $"no folder '{folder}'", "the folder of a bundle")];
        var problems = new List<BundleProblem>();
        var bundle = BundleInventory.Take(Path.GetFullPath(folder), problems, cancellation);
        CheckDeclaration(bundle, problems);
        ManifestCheck.Payload(bundle, problems);
        ManifestCheck.Tags(bundle, problems);
        var info = InfoCheck.Run(bundle, problems);
        PlanCheck.Run(bundle, info, problems);
        ContentCheck.Run(bundle, info, problems);
        InputCheck.Run(bundle, problems);
        CrateCheck.Run(bundle, problems);
        FormCheck.Run(bundle, problems);
        AttestationCheck.Run(bundle, problems);
        return [.. problems.Distinct()];
    }

    private static void CheckDeclaration(BundleInventory bundle, List<BundleProblem> problems)
    {
        if (bundle.Read(BagLayout.Declaration) is { } found && !BagLayout.DeclarationBytes.SequenceEqual(found))
            problems.Add(new BundleProblem(BagLayout.Declaration, $"other bytes (SHA-512 {ContentHash.Sha512(found)})",
                "exactly 'BagIt-Version: 1.0' and 'Tag-File-Character-Encoding: UTF-8'"));
    }
}
