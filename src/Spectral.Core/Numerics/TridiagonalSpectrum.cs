using System.Runtime.Intrinsics;

namespace Spectral.Core.Numerics;

/// <summary>
/// Stage 3 of the eigenvalue problem: all eigenvalues of a symmetric tridiagonal T = S diag(lambda) S^T by implicit QL
/// and QR iteration with Wilkinson's shift (Golub and Van Loan 2013, 8.3). Rows that are carried along become S^T C:
/// the coordinates of m vectors in all N eigenvectors, without the eigenvectors (as Golub and Welsch 1969 do for one
/// vector). About N^2 rotations of 6 m flops each were measured; memory O(N m).
/// </summary>
internal static unsafe class TridiagonalSpectrum
{
    private const int Lanes = 8;

    /// <summary>Rounds allowed for each eigenvalue on the average; about two are used.</summary>
    private const int MostRounds = 60;

    /// <summary>Diagonalises T.</summary>
    /// <param name="n">N.</param>
    /// <param name="d">The diagonal; the eigenvalues overwrite it, in no order.</param>
    /// <param name="e">The N - 1 elements beside it and one more; destroyed.</param>
    /// <param name="carried">C [N, m] with m a multiple of eight; row i then belongs to the eigenvalue d_i.</param>
    /// <param name="columns">m; 0 where nothing is carried.</param>
    /// <param name="finished">Called now and then with about the fraction of the rotations done; may throw.</param>
    /// <returns>The number of rotations.</returns>
    /// <exception cref="ArithmeticException">No convergence; a matrix that is not finite is one reason.</exception>
    public static long Diagonalise(int n, double* d, double* e, double* carried, int columns, Action<double> finished)
    {
        double scale = Norm(n, d, e);
        if (!double.IsFinite(scale))
            throw new ArithmeticException("the matrix has NaN or infinite entries");
        if (scale == 0)
            return 0;
        // A power of two: nothing is rounded, and no square over- or underflows that matters.
        double power = Math.ScaleB(1, -Math.ILogB(scale));
        Scale(n, d, e, power);
        using AlignedMatrix rotations = new(2, n + 1L);
        long total = 0;
        long rounds = 0;
        int low = 0;
        while (low < n)
        {
            int high = low;
            while (high + 1 < n && !IsNegligible(d[high], d[high + 1], e[high]))
                high++;
            if (high + 1 < n)
                e[high] = 0;
            if (high == low)
            {
                low++;
                continue;
            }

            if (rounds++ > (long)MostRounds * n)
                throw new ArithmeticException("the eigenvalues of the tridiagonal matrix did not converge");
            // The chase starts where the elements are large and converges where they are small.
            bool down = Math.Abs(d[low]) <= Math.Abs(d[high]);
            int count = down
                ? Iterate(d + low, e + low, 1, high - low, rotations)
                : Iterate(d + high, e + high - 1, -1, high - low, rotations);
            total += count;
            if (columns > 0)
            {
                double* row = carried + ((long)(down ? low : high) * columns);
                Rotate(row, down ? columns : -columns, high - low, count, columns, rotations);
            }

            if (rounds % 128 == 0)
                finished(Math.Min(1, total / (1.1 * n * n)));
        }

        Scale(n, d, e, 1 / power);
        return total;
    }

    private static bool IsNegligible(double one, double other, double beside) =>
        Math.Abs(beside) <= UnitRoundoff.Float64 * (Math.Abs(one) + Math.Abs(other)) || Math.Abs(beside) < 1e-290;

    /// <summary>One implicit QL step on a block whose first element, at <paramref name="d"/>, is to converge.</summary>
    /// <param name="d">The block's first diagonal element.</param>
    /// <param name="e">The element between it and the next.</param>
    /// <param name="step">1 downwards, -1 where the block is taken from its end.</param>
    /// <param name="last">The last element's index.</param>
    /// <param name="rotations">Receives cosines and sines by index.</param>
    /// <returns>How many rotations: of the indices last - 1 down to last - count.</returns>
    private static int Iterate(double* d, double* e, int step, int last, AlignedMatrix rotations)
    {
        double* cosines = rotations.Row(0), sines = rotations.Row(1);
        double first = d[0], beside = e[0];
        double g = (d[step] - first) / (2 * beside), r = Math.Sqrt((g * g) + 1);
        if (!double.IsFinite(r))
            r = Math.Abs(g);
        g = d[step * last] - first + (beside / (g + Math.CopySign(r, g)));
        double s = 1, c = 1, p = 0;
        for (int i = last - 1; i >= 0; i--)
        {
            double f = s * e[step * i], b = c * e[step * i];
            r = Length(f, g);
            if (i + 1 < last)
                e[step * (i + 1)] = r;
            if (r == 0)
            {
                // The block has split: the rest waits for its own turn.
                d[step * (i + 1)] -= p;
                return last - 1 - i;
            }

            double inverse = 1 / r;
            s = f * inverse;
            c = g * inverse;
            cosines[i] = c;
            sines[i] = s;
            g = d[step * (i + 1)] - p;
            r = ((d[step * i] - g) * s) + (2 * c * b);
            p = s * r;
            d[step * (i + 1)] = g + p;
            g = (c * r) - b;
        }

        d[0] -= p;
        e[0] = g;
        return last;
    }

    /// <summary>sqrt(f^2 + g^2), also where the squares leave the range.</summary>
    private static double Length(double f, double g)
    {
        double square = (f * f) + (g * g);
        if (square is > 1e-280 and < 1e280)
            return Math.Sqrt(square);
        double large = Math.Max(Math.Abs(f), Math.Abs(g));
        if (large == 0)
            return 0;
        (f, g) = (f / large, g / large);
        return large * Math.Sqrt((f * f) + (g * g));
    }

    /// <summary>Rows i and i + 1 of C turn by rotation i, for i from last - 1 down.</summary>
    private static void Rotate(double* first, int stride, int last, int count, int columns, AlignedMatrix rotations)
    {
        double* cosines = rotations.Row(0), sines = rotations.Row(1);
        for (int j = 0; j < columns; j += Lanes)
        {
            double* row = first + j + ((long)stride * last);
            Vector512<double> below = Vector512.Load(row);
            for (int i = last - 1; i >= last - count; i--, row -= stride)
            {
                Vector512<double> above = Vector512.Load(row - stride);
                Vector512<double> c = Vector512.Create(cosines[i]), s = Vector512.Create(sines[i]);
                Vector512.FusedMultiplyAdd(s, above, c * below).Store(row);
                below = Vector512.FusedMultiplyAdd(c, above, -(s * below));
            }

            below.Store(row);
        }
    }

    private static double Norm(int n, double* d, double* e)
    {
        double largest = 0;
        for (int i = 0; i < n; i++)
        {
            // Not Math.Max alone: a NaN must come through.
            largest = Math.Max(largest, Math.Abs(d[i]));
            if (i + 1 < n)
                largest = Math.Max(largest, Math.Abs(e[i]));
        }

        return largest;
    }

    private static void Scale(int n, double* d, double* e, double factor)
    {
        for (int i = 0; i < n; i++)
        {
            d[i] *= factor;
            if (i + 1 < n)
                e[i] *= factor;
        }
    }
}
