using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Spectral.Core.Numerics;

/// <summary>
/// Matrix products of a few rows or a few columns in registers, where a BLAS call spends its time on packing: on
/// products of 16 columns and of 10 x 10 entries these reach two to three times its rate.
/// </summary>
internal static unsafe class SmallProducts
{
    /// <summary>Numbers of a vector; widths are padded to multiples of it.</summary>
    public const int Width = 4;

    /// <summary>C = A B, row-major: A [rows, inner], B [inner, columns], C [rows, columns].</summary>
    /// <param name="rows">Rows of A, 1 or more.</param>
    /// <param name="inner">Columns of A and rows of B.</param>
    /// <param name="columns">Columns of B, a multiple of <see cref="Width"/>.</param>
    /// <param name="a">A.</param>
    /// <param name="lda">A's row stride.</param>
    /// <param name="b">B.</param>
    /// <param name="ldb">B's row stride.</param>
    /// <param name="c">C, row stride <paramref name="columns"/>.</param>
    public static void Multiply(int rows, int inner, int columns, double* a, long lda, double* b, long ldb, double* c)
    {
        int column = 0;
        for (; column + (4 * Width) <= columns; column += 4 * Width)
        {
            for (int row = 0; row < rows; row += 2)
            {
                Wide(
                    inner, a + (row * lda), row + 1 < rows ? lda : 0, b + column, ldb,
                    c + ((long)row * columns) + column, columns);
            }
        }

        for (; column < columns; column += Width)
        {
            int row = 0;
            for (; row + 4 <= rows; row += 4)
                Tall(inner, a + (row * lda), lda, b + column, ldb, c + ((long)row * columns) + column, columns);
            for (; row < rows; row++)
                Single(inner, a + (row * lda), b + column, ldb, c + ((long)row * columns) + column);
        }
    }

    /// <summary>C += A B^T, row-major: A [m, length], B [n, length], C [m, n].</summary>
    /// <param name="m">Rows of A, 1 or more.</param>
    /// <param name="n">Rows of B, 1 or more.</param>
    /// <param name="length">Columns of both, a multiple of <see cref="Width"/>.</param>
    /// <param name="a">A.</param>
    /// <param name="lda">A's row stride.</param>
    /// <param name="b">B.</param>
    /// <param name="ldb">B's row stride.</param>
    /// <param name="c">C.</param>
    /// <param name="ldc">C's row stride.</param>
    public static void AddTransposed(
        int m, int n, int length, double* a, long lda, double* b, long ldb, double* c, long ldc)
    {
        double* sums = stackalloc double[10];
        for (int row = 0; row < m; row += 2)
        {
            int rows = Math.Min(2, m - row);
            for (int column = 0; column < n; column += 5)
            {
                int columns = Math.Min(5, n - column);
                // Rows that are not there stand in for by the last one; their sums are not kept.
                Dots(
                    length, a + (row * lda), rows > 1 ? lda : 0,
                    b + (column * ldb), b + (Math.Min(column + 1, n - 1) * ldb),
                    b + (Math.Min(column + 2, n - 1) * ldb),
                    b + (Math.Min(column + 3, n - 1) * ldb), b + (Math.Min(column + 4, n - 1) * ldb), sums);
                for (int r = 0; r < rows; r++)
                {
                    for (int s = 0; s < columns; s++)
                        c[((row + r) * ldc) + column + s] += sums[(5 * r) + s];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide(int inner, double* a, long nextRow, double* b, long ldb, double* c, long ldc)
    {
        Vector256<double> x0 = default, x1 = default, x2 = default, x3 = default;
        Vector256<double> y0 = default, y1 = default, y2 = default, y3 = default;
        for (int t = 0; t < inner; t++, b += ldb)
        {
            Vector256<double> b0 = Vector256.Load(b), b1 = Vector256.Load(b + 4);
            Vector256<double> b2 = Vector256.Load(b + 8), b3 = Vector256.Load(b + 12);
            Vector256<double> x = Vector256.Create(a[t]), y = Vector256.Create(a[t + nextRow]);
            x0 = Vector256.FusedMultiplyAdd(x, b0, x0);
            x1 = Vector256.FusedMultiplyAdd(x, b1, x1);
            x2 = Vector256.FusedMultiplyAdd(x, b2, x2);
            x3 = Vector256.FusedMultiplyAdd(x, b3, x3);
            y0 = Vector256.FusedMultiplyAdd(y, b0, y0);
            y1 = Vector256.FusedMultiplyAdd(y, b1, y1);
            y2 = Vector256.FusedMultiplyAdd(y, b2, y2);
            y3 = Vector256.FusedMultiplyAdd(y, b3, y3);
        }

        Store(c, x0, x1, x2, x3);
        if (nextRow != 0)
            Store(c + ldc, y0, y1, y2, y3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        double* to, Vector256<double> v0, Vector256<double> v1, Vector256<double> v2, Vector256<double> v3)
    {
        v0.Store(to);
        v1.Store(to + 4);
        v2.Store(to + 8);
        v3.Store(to + 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tall(int inner, double* a, long lda, double* b, long ldb, double* c, long ldc)
    {
        Vector256<double> v0 = default, v1 = default, v2 = default, v3 = default;
        for (int t = 0; t < inner; t++, b += ldb)
        {
            Vector256<double> row = Vector256.Load(b);
            v0 = Vector256.FusedMultiplyAdd(Vector256.Create(a[t]), row, v0);
            v1 = Vector256.FusedMultiplyAdd(Vector256.Create(a[t + lda]), row, v1);
            v2 = Vector256.FusedMultiplyAdd(Vector256.Create(a[t + (2 * lda)]), row, v2);
            v3 = Vector256.FusedMultiplyAdd(Vector256.Create(a[t + (3 * lda)]), row, v3);
        }

        v0.Store(c);
        v1.Store(c + ldc);
        v2.Store(c + (2 * ldc));
        v3.Store(c + (3 * ldc));
    }

    private static void Single(int inner, double* a, double* b, long ldb, double* c)
    {
        Vector256<double> sum = default;
        for (int t = 0; t < inner; t++, b += ldb)
            sum = Vector256.FusedMultiplyAdd(Vector256.Create(a[t]), Vector256.Load(b), sum);
        sum.Store(c);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dots(
        int length, double* a, long nextRow, double* b0, double* b1, double* b2, double* b3, double* b4, double* sums)
    {
        Vector256<double> x0 = default, x1 = default, x2 = default, x3 = default, x4 = default;
        Vector256<double> y0 = default, y1 = default, y2 = default, y3 = default, y4 = default;
        double* second = a + nextRow;
        for (int t = 0; t < length; t += Width)
        {
            Vector256<double> x = Vector256.Load(a + t), y = Vector256.Load(second + t), b = Vector256.Load(b0 + t);
            x0 = Vector256.FusedMultiplyAdd(x, b, x0);
            y0 = Vector256.FusedMultiplyAdd(y, b, y0);
            b = Vector256.Load(b1 + t);
            x1 = Vector256.FusedMultiplyAdd(x, b, x1);
            y1 = Vector256.FusedMultiplyAdd(y, b, y1);
            b = Vector256.Load(b2 + t);
            x2 = Vector256.FusedMultiplyAdd(x, b, x2);
            y2 = Vector256.FusedMultiplyAdd(y, b, y2);
            b = Vector256.Load(b3 + t);
            x3 = Vector256.FusedMultiplyAdd(x, b, x3);
            y3 = Vector256.FusedMultiplyAdd(y, b, y3);
            b = Vector256.Load(b4 + t);
            x4 = Vector256.FusedMultiplyAdd(x, b, x4);
            y4 = Vector256.FusedMultiplyAdd(y, b, y4);
        }

        sums[0] = Vector256.Sum(x0);
        sums[1] = Vector256.Sum(x1);
        sums[2] = Vector256.Sum(x2);
        sums[3] = Vector256.Sum(x3);
        sums[4] = Vector256.Sum(x4);
        sums[5] = Vector256.Sum(y0);
        sums[6] = Vector256.Sum(y1);
        sums[7] = Vector256.Sum(y2);
        sums[8] = Vector256.Sum(y3);
        sums[9] = Vector256.Sum(y4);
    }
}
