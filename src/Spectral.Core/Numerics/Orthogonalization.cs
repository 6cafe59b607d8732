namespace Spectral.Core.Numerics;

/// <summary>
/// Block Gram-Schmidt against vectors that lie one behind the other in memory. After one pass a block may still lean on
/// the basis by rounding over what is left of it; after a second it does so by rounding.
/// </summary>
/// <remarks>Source: "twice is enough", Giraud, Langou, Rozloznik, van den Eshof, Numer. Math. 101 (2005).</remarks>
internal static unsafe class Orthogonalization
{
    /// <summary>Basis vectors, and elements of them, in one task; a fixed grid.</summary>
    private const int BasisBlock = 64, LengthBlock = 4096;

    /// <summary>
    /// Takes the basis' part out of a block, w_j -= sum_i C[i, j] v_i, and gives C [basis, count] row-major, the sum of
    /// all passes. Cost: 4 length basis count flops a pass.
    /// </summary>
    /// <param name="basis">Orthonormal vectors [basisCount, length].</param>
    /// <param name="basisCount">How many, 0 or more.</param>
    /// <param name="block">The block [count, length], changed in place.</param>
    /// <param name="count">1 or more.</param>
    /// <param name="length">The vectors' length.</param>
    /// <param name="team">The threads.</param>
    /// <param name="passes">2, or 1 for a block that hardly leans on the basis.</param>
    public static double[] Against(
        double* basis, int basisCount, double* block, int count, int length, WorkerTeam team, int passes = 2)
    {
        double[] sum = new double[basisCount * count];
        if (basisCount == 0)
            return sum;
        using AlignedMatrix part = AlignedMatrix.Unset(basisCount, count);
        for (int pass = 0; pass < passes; pass++)
        {
            double* c = part.Pointer;
            team.RunBlocks(basisCount, BasisBlock, (first, size) => Blas.MultiplyTransposed(
                size, count, length, 1, basis + ((long)first * length), length, block, length,
                0, c + ((long)first * count), count));
            team.RunBlocks(length, LengthBlock, (first, size) => Blas.TransposedMultiply(
                count, size, basisCount, -1, c, count, basis + first, length, 1, block + first, length));
            for (int i = 0; i < sum.Length; i++)
                sum[i] += c[i];
        }

        return sum;
    }

    /// <summary>Vectors y_j = sum_i C[i, j] v_i, [count, length].</summary>
    /// <param name="basis">Vectors [basisCount, length].</param>
    /// <param name="basisCount">How many.</param>
    /// <param name="coefficients">C [basisCount, count], row-major.</param>
    /// <param name="count">How many to make.</param>
    /// <param name="length">The vectors' length.</param>
    /// <param name="target">Receives them; no part of the basis.</param>
    /// <param name="team">The threads.</param>
    public static void Combine(
        double* basis, int basisCount, double[] coefficients, int count, int length, double* target, WorkerTeam team)
    {
        using AlignedMatrix aligned = AlignedMatrix.Of(coefficients, basisCount, count);
        double* c = aligned.Pointer;
        team.RunBlocks(length, LengthBlock, (first, size) => Blas.TransposedMultiply(
            count, size, basisCount, 1, c, count, basis + first, length, 0, target + first, length));
    }
}
