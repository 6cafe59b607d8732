namespace Spectral.Core.Numerics;

/// <summary>
/// A product of Householder reflections in compact WY form, H_1 H_2 .. H_w = I - V T V^T, with V [n, w] unit lower
/// trapezoidal and T [w, w] upper triangular (Schreiber and Van Loan 1989). All matrices are row-major here.
/// </summary>
internal static unsafe class BlockReflector
{
    /// <summary>T from V^T V and the reflections' factors.</summary>
    /// <param name="width">w.</param>
    /// <param name="products">V^T V [w, w]; only what lies above the diagonal is read.</param>
    /// <param name="tau">w factors; 0 where there is no reflection.</param>
    /// <param name="t">T, w x w without gaps.</param>
    public static void FormT(int width, double* products, double* tau, double* t)
    {
        new Span<double>(t, width * width).Clear();
        for (int j = 0; j < width; j++)
        {
            // T[:j, j] = -tau_j T[:j, :j] (V^T v_j)[:j]
            for (int i = 0; i < j; i++)
            {
                double sum = 0;
                for (int l = i; l < j; l++)
                    sum += t[(i * width) + l] * products[(l * width) + j];
                t[(i * width) + j] = -tau[j] * sum;
            }

            t[(j * width) + j] = tau[j];
        }
    }

    /// <summary>C := (I - V T V^T) C, or its transpose applied, for C [n, m].</summary>
    /// <param name="transposed">Whether T^T stands in T's place.</param>
    /// <param name="n">Rows of V and C.</param>
    /// <param name="width">w.</param>
    /// <param name="v">V, row stride <paramref name="ldv"/>.</param>
    /// <param name="ldv">At least w.</param>
    /// <param name="t">T, w x w.</param>
    /// <param name="c">C, row stride <paramref name="ldc"/>.</param>
    /// <param name="columns">m; nothing is done for 0.</param>
    /// <param name="ldc">At least m.</param>
    /// <param name="workspace">2 w x m.</param>
    public static void Apply(
        bool transposed, int n, int width, double* v, int ldv, double* t, double* c, int columns, int ldc,
        double* workspace)
    {
        if (columns == 0 || n == 0)
            return;
        double* product = workspace, scaled = workspace + ((long)width * columns);
        Blas.TransposedMultiply(width, columns, n, 1, v, ldv, c, ldc, 0, product, columns); // V^T C
        if (transposed)
            Blas.TransposedMultiply(width, columns, width, 1, t, width, product, columns, 0, scaled, columns);
        else
            Blas.Multiply(width, columns, width, 1, t, width, product, columns, 0, scaled, columns);
        Blas.Multiply(n, columns, width, -1, v, ldv, scaled, columns, 1, c, ldc);
    }
}
