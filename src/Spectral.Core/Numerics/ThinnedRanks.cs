using System.Collections.Immutable;

namespace Spectral.Core.Numerics;

/// <summary>The ranks at which a rising curve over all ranks is kept: between two of them it is between their
/// values.</summary>
public static class ThinnedRanks
{
    /// <summary>Every rank up to this one is kept.</summary>
    public const int Dense = 200;

    /// <summary>Beyond, the ranks grow by a fiftieth: some 116 a decade.</summary>
    private const int Step = 50;

    /// <summary>Increasing ranks: 1 to 200, then each a fiftieth above the one before, then the last.</summary>
    /// <param name="last">The largest rank; nothing is kept for 0.</param>
    /// <param name="also">A rank that is kept too, where it lies in [1, <paramref name="last"/>].</param>
    public static ImmutableArray<int> UpTo(int last, int also)
    {
        SortedSet<int> ranks = [];
        for (int rank = 1; rank < last; rank += rank < Dense ? 1 : rank / Step)
            ranks.Add(rank);
        if (last > 0)
            ranks.Add(last);
        if (also >= 1 && also <= last)
            ranks.Add(also);
        return [.. ranks];
    }
}
