using System.Collections.Immutable;

namespace Spectral.Report;

/// <summary>
/// Leaves out the points of a long spectrum that no eye could tell from their neighbours, so that thirty thousand
/// singular values make a drawing of a few hundred points.
/// </summary>
internal static class CurveThinning
{
    /// <summary>Steps smaller than this, relative in both s and sigma, are about a pixel on a logarithmic axis.</summary>
    private const double Relative = 0.01;

    /// <summary>A straight axis of this many values or fewer shows each of them.</summary>
    private const int AlwaysKept = 200;

    /// <summary>
    /// The indices s, from 1, to draw of descending positive values: both ends and both sides of the cut among them.
    /// </summary>
    public static IEnumerable<int> Of(ImmutableArray<double> values, int? rank)
    {
        int last = 1;
        for (int s = 1; s <= values.Length; s++)
        {
            bool isMark = s == 1 || s == values.Length || s == rank || s == rank + 1;
            bool isStep = s + 1 < values.Length && values[s] < values[s - 1] * (1 - Relative);
            bool hasMoved = s >= last * (1 + Relative) || values[s - 1] < values[last - 1] * (1 - Relative);
            if (isMark || isStep || hasMoved || s <= AlwaysKept)
            {
                last = s;
                yield return s;
            }
        }
    }
}
