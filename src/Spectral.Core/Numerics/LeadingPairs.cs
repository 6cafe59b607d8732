using System.Collections.Immutable;

namespace Spectral.Core.Numerics;

/// <summary>
/// The largest singular values of a Jacobian J [nK, p] with their left vectors, found by whatever method: what may be
/// taken out of J J^T before the rest is looked at.
/// </summary>
/// <param name="Values">sigma_1 >= sigma_2 >= ..., in units of J.</param>
/// <param name="LeftVectors">U [nK, number of values], row-major, orthonormal columns.</param>
/// <param name="Rows">nK.</param>
public sealed record LeadingPairs(ImmutableArray<double> Values, ReadOnlyMemory<double> LeftVectors, int Rows)
{
    /// <summary>All pairs that block Krylov found.</summary>
    public static LeadingPairs Of(TopSpectrum top) => new(top.Values, top.LeftVectors.AsMemory(), top.Rows);

    /// <summary>The vectors one behind the other, [number of values, nK]; the memory is the caller's.</summary>
    /// <exception cref="InvalidOperationException">There are not as many vectors as values.</exception>
    public unsafe AlignedMatrix AsRows()
    {
        int count = Values.Length;
        if (LeftVectors.Length != (long)count * Rows)
        {
            throw new InvalidOperationException(
                FormattableString.Invariant($"{LeftVectors.Length} elements are no {count} vectors"));
        }

        AlignedMatrix vectors = AlignedMatrix.Unset(count, Rows);
        ReadOnlySpan<double> left = LeftVectors.Span;
        for (int row = 0; row < Rows; row++)
        {
            for (int s = 0; s < count; s++)
                vectors[s, row] = left[(row * count) + s];
        }

        return vectors;
    }
}
