using System.Collections.Immutable;

namespace Spectral.Core.Bundles;

/// <summary>Finds what a person means among the names of all that is known of some bundles.</summary>
public static class CardKeys
{
    /// <summary>
    /// The names that a path may stand for: itself where there is such a name; of a measurement all that have the parts
    /// that are given behind the @, in any order.
    /// </summary>
    /// <param name="path">
    /// What was written: <c>noise.uniform.rate</c>, <c>label_alignment.information@final/train/given</c>, or a part of the
    /// latter such as <c>spectrum.sigma_1@train</c>.
    /// </param>
    /// <param name="names">The names that there are.</param>
    /// <returns>The names in order; empty where nothing is so called.</returns>
    public static ImmutableArray<string> Matching(string path, IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(names);
        if (names.Contains(path))
            return [path];
        (string what, string[] parts) = Split(path);
        return
        [
            .. names.Where(name => name.StartsWith(what, StringComparison.Ordinal))
                .Where(name => name.Length > what.Length && name[what.Length] == '@')
                .Where(name => !parts.Except(Split(name).Parts).Any())
                .Order(StringComparer.Ordinal),
        ];
    }

    private static (string What, string[] Parts) Split(string name)
    {
        int at = name.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? (name, []) : (name[..at], name[(at + 1)..].Split('/', StringSplitOptions.RemoveEmptyEntries));
    }
}
