using System.Collections.Immutable;

namespace Spectral.Core.Plans;

/// <summary>A dataset that is read from a user's own files, which a plan knows by their digests alone.</summary>
public interface IGivenFiles
{
    /// <summary>Where the files lie, as far as that is known: a path for each SHA-256.</summary>
    ImmutableSortedDictionary<string, string> Places { get; }

    /// <summary>The same data without a word of where they lie: the same files elsewhere are the same plan.</summary>
    Dataset WithoutPlaces();
}
