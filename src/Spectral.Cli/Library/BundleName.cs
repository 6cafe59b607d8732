using System.Collections.Immutable;
using Spectral.Core.Bundles;
using Spectral.Dsl;

namespace Spectral.Cli.Library;

/// <summary>The bundle that a user means by a folder, a name, or the first digits of a hash.</summary>
internal static class BundleName
{
    /// <summary>Fewer digits would name a bundle by accident.</summary>
    private const int FewestDigits = 4;

    /// <summary>The bundle's folder.</summary>
    /// <param name="given">
    /// A folder, or in <paramref name="shelf"/> the name of a bundle or of its folder, or at least 4 digits of its plan
    /// hash or content digest.
    /// </param>
    /// <param name="shelf">Where to look for anything but a folder; null where there is no such folder.</param>
    /// <param name="folder">What the user called it.</param>
    /// <exception cref="FormatException">None or several are so called; the message says what there is.</exception>
    public static string Find(string given, Func<BundleShelf>? shelf, string folder)
    {
        if (Directory.Exists(given))
            return given;
        if (shelf is null)
        {
            throw new FormatException(
                $"there is no folder '{given}', and no folder '{folder}' to look for a bundle of that name");
        }

        BundleShelf bundles = shelf();
        (Dictionary<long, CardValue> names, Dictionary<long, CardValue> plans, Dictionary<long, CardValue> digests) =
            (bundles.Known("name"), bundles.Known("plan_hash"), bundles.Known("digest"));
        ImmutableArray<string> found =
        [
            .. bundles.Bundles.Where(bundle => Path.GetFileName(bundle.Root) == given) is var exact && exact.Any()
                ? exact.Select(bundle => bundle.Root)
                : bundles.Bundles.Where(bundle =>
                        Text(names, bundle) == given || Begins(plans, bundle) || Begins(digests, bundle))
                    .Select(bundle => bundle.Root),
        ];
        return found switch
        {
            [var only] => only,
            [] => throw new FormatException($"no bundle in {folder} is called '{given}'" + Suggestion()),
            _ => throw new FormatException(
                $"'{given}' may be {found.Length} bundles of {folder}: "
                + string.Join(", ", found.Take(5).Select(Path.GetFileName))
                + (found.Length > 5 ? ", ..." : "") + "; give the folder"),
        };

        bool Begins(Dictionary<long, CardValue> hashes, IndexedBundle bundle) =>
            given.Length >= FewestDigits && Text(hashes, bundle).StartsWith(given, StringComparison.OrdinalIgnoreCase);

        string Suggestion() =>
            Compiler.Nearest(names.Values.Select(name => name.Text).Distinct(), given) is { } near
                ? $"; did you mean '{near}'?"
                : "; give its folder, its name or the first digits of its plan hash or digest";
    }

    private static string Text(Dictionary<long, CardValue> facts, IndexedBundle bundle) =>
        facts.TryGetValue(bundle.Id, out CardValue fact) ? fact.Text : "";
}
