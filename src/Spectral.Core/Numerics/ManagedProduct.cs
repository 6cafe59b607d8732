using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Spectral.Core.Numerics;

/// <summary>
/// Products in managed code: of matrices for systems whose libtorch shows no BLAS (right, several times slower), and of
/// vectors.
/// </summary>
internal static unsafe class ManagedProduct
{
    /// <summary>
    /// C = A B^T + beta C, row-major: A [m, k], B [n, k], C [m, n]; beta 0 overwrites C, whatever it is.
    /// </summary>
    public static void MultiplyTransposed(
        int m, int n, int k, double* a, long lda, double* b, long ldb, double beta, double* c, long ldc)
    {
        for (int row = 0; row < m; row++)
        {
            double* target = c + (row * ldc);
            for (int column = 0; column < n; column++)
            {
                double product = Dot(a + (row * lda), b + (column * ldb), k);
                target[column] = beta == 0 ? product : product + (beta * target[column]);
            }
        }
    }

    /// <summary>The inner product of two vectors of one length.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        fixed (double* left = x, right = y)
            return Dot(left, right, x.Length);
    }

    /// <summary>sum += factor x, for vectors of one length.</summary>
    public static void Add(double factor, ReadOnlySpan<double> x, Span<double> sum)
    {
        fixed (double* from = x, to = sum)
            Add(factor, from, to, x.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(double factor, double* x, double* sum, int count)
    {
        int at = 0;
        for (; at + 4 <= count; at += 4)
            (Vector256.Load(sum + at) + (factor * Vector256.Load(x + at))).Store(sum + at);
        for (; at < count; at++)
            sum[at] += factor * x[at];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot(double* x, double* y, int count)
    {
        Vector256<double> even = Vector256<double>.Zero, odd = Vector256<double>.Zero;
        int at = 0;
        for (; at + 8 <= count; at += 8)
        {
            even += Vector256.Load(x + at) * Vector256.Load(y + at);
            odd += Vector256.Load(x + at + 4) * Vector256.Load(y + at + 4);
        }

        double sum = Vector256.Sum(even + odd);
        for (; at < count; at++)
            sum += x[at] * y[at];
        return sum;
    }
}
