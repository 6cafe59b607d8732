using System.Collections.Immutable;

namespace Spectral.Core.Numerics;

/// <summary>Vectors of R^{nK} in the coordinates of left singular vectors that are at hand.</summary>
internal static unsafe class LeftProjection
{
    /// <summary>A singular vector's sign is free: the entry of largest magnitude is made positive.</summary>
    /// <param name="left">Vectors as columns [nK, q].</param>
    public static void FixSigns(AlignedMatrix left)
    {
        int q = (int)left.Columns;
        double[] largest = new double[q];
        for (long i = 0; i < left.Rows; i++)
        {
            for (int s = 0; s < q; s++)
            {
                if (Math.Abs(left[i, s]) > Math.Abs(largest[s]))
                    largest[s] = left[i, s];
            }
        }

        for (long i = 0; i < left.Rows; i++)
        {
            for (int s = 0; s < q; s++)
            {
                if (largest[s] < 0)
                    left[i, s] = -left[i, s];
            }
        }
    }

    /// <summary>U^T v_j in row j, [m, q].</summary>
    /// <param name="vectors">v as columns [nK, m].</param>
    /// <param name="left">U [nK, q].</param>
    public static AlignedMatrix Coefficients(AlignedMatrix vectors, AlignedMatrix left)
    {
        int m = (int)vectors.Columns, q = (int)left.Columns;
        AlignedMatrix coefficients = new(m, q);
        if (m > 0 && q > 0)
        {
            Blas.TransposedMultiply(
                m, q, (int)left.Rows, 1, vectors.Pointer, m, left.Pointer, q, 0, coefficients.Pointer, q);
        }

        return coefficients;
    }

    /// <summary>The vectors in the coordinates of U, with the norm of what lies outside its span.</summary>
    /// <param name="vectors">v as columns [nK, m].</param>
    /// <param name="left">U [nK, q], orthonormal columns.</param>
    public static ImmutableArray<ProjectedVector> Of(AlignedMatrix vectors, AlignedMatrix left)
    {
        int n = (int)left.Rows, m = (int)vectors.Columns, q = (int)left.Columns;
        using AlignedMatrix coefficients = Coefficients(vectors, left), outside = vectors.Copy();
        if (m > 0 && q > 0)
            Blas.MultiplyTransposed(n, m, q, -1, left.Pointer, q, coefficients.Pointer, q, 1, outside.Pointer, m);
        return
        [
            .. Enumerable.Range(0, m).Select(j => new ProjectedVector(
                [.. new ReadOnlySpan<double>(coefficients.Row(j), q)], ColumnNorm(outside, j), ColumnNorm(vectors, j))),
        ];
    }

    /// <summary>||v_j||.</summary>
    public static double ColumnNorm(AlignedMatrix vectors, int column)
    {
        double sum = 0;
        for (long i = 0; i < vectors.Rows; i++)
            sum += vectors[i, column] * vectors[i, column];
        return Math.Sqrt(sum);
    }
}
