using System.Runtime.Intrinsics;

namespace Spectral.Core.Numerics;

/// <summary>
/// The inner loops of bulge chasing, on blocks of w x w with w a multiple of 32. Blocks are column-major; reflections
/// are H = I - tau v v^T with v_1 = 1.
/// </summary>
internal static unsafe class BulgeKernels
{
    private const int Lanes = 8;

    /// <summary>
    /// The reflection that maps x to beta e_1; v overwrites x. Tau is 0 where x is a multiple of e_1 already.
    /// </summary>
    /// <returns>Tau and beta.</returns>
    public static (double Tau, double Beta) Reflect(int width, double* x, double* v)
    {
        double scale = 0;
        for (int i = 1; i < width; i++)
            scale = Math.Max(scale, Math.Abs(x[i]));
        double alpha = x[0];
        if (scale == 0)
        {
            new Span<double>(v, width).Clear();
            v[0] = 1;
            return (0, alpha);
        }

        // Scaled, so that no square under- or overflows.
        scale = Math.Max(scale, Math.Abs(alpha));
        double sum = 0;
        for (int i = 0; i < width; i++)
        {
            double part = x[i] / scale;
            sum += part * part;
        }

        double beta = -Math.CopySign(scale * Math.Sqrt(sum), alpha);
        double divisor = alpha - beta;
        v[0] = 1;
        for (int i = 1; i < width; i++)
            v[i] = x[i] / divisor;
        return ((beta - alpha) / beta, beta);
    }

    /// <summary>y = B v.</summary>
    public static void Multiply(int width, double* b, int stride, double* v, double* y)
    {
        for (int row = 0; row < width; row += 4 * Lanes)
        {
            Vector512<double> y0 = default, y1 = default, y2 = default, y3 = default;
            double* from = b + row;
            for (int c = 0; c < width; c++, from += stride)
            {
                Vector512<double> factor = Vector512.Create(v[c]);
                y0 = Vector512.FusedMultiplyAdd(Vector512.Load(from), factor, y0);
                y1 = Vector512.FusedMultiplyAdd(Vector512.Load(from + Lanes), factor, y1);
                y2 = Vector512.FusedMultiplyAdd(Vector512.Load(from + (2 * Lanes)), factor, y2);
                y3 = Vector512.FusedMultiplyAdd(Vector512.Load(from + (3 * Lanes)), factor, y3);
            }

            y0.Store(y + row);
            y1.Store(y + row + Lanes);
            y2.Store(y + row + (2 * Lanes));
            y3.Store(y + row + (3 * Lanes));
        }
    }

    /// <summary>Column := column - factor y.</summary>
    public static void Subtract(int width, double factor, double* y, double* column)
    {
        Vector512<double> minus = Vector512.Create(-factor);
        for (int i = 0; i < width; i += Lanes)
            Vector512.FusedMultiplyAdd(minus, Vector512.Load(y + i), Vector512.Load(column + i)).Store(column + i);
    }

    /// <summary>
    /// For the columns 1 .. w - 1 of a block: b := b - right_c y, then b := b - tau &lt;v, b&gt; v: what the last
    /// reflection does from the right and the new one from the left, in one visit.
    /// </summary>
    public static void SubtractAndReflect(
        int width, double* b, int stride, double* right, double* y, double tau, double* v)
    {
        int c = 1;
        for (; c + 3 < width; c += 4)
        {
            double* b0 = b + (c * (long)stride), b1 = b0 + stride, b2 = b1 + stride, b3 = b2 + stride;
            Vector512<double> r0 = Vector512.Create(-right[c]), r1 = Vector512.Create(-right[c + 1]);
            Vector512<double> r2 = Vector512.Create(-right[c + 2]), r3 = Vector512.Create(-right[c + 3]);
            Vector512<double> d0 = default, d1 = default, d2 = default, d3 = default;
            for (int i = 0; i < width; i += Lanes)
            {
                Vector512<double> yi = Vector512.Load(y + i), vi = Vector512.Load(v + i);
                Vector512<double> x0 = Vector512.FusedMultiplyAdd(r0, yi, Vector512.Load(b0 + i));
                Vector512<double> x1 = Vector512.FusedMultiplyAdd(r1, yi, Vector512.Load(b1 + i));
                Vector512<double> x2 = Vector512.FusedMultiplyAdd(r2, yi, Vector512.Load(b2 + i));
                Vector512<double> x3 = Vector512.FusedMultiplyAdd(r3, yi, Vector512.Load(b3 + i));
                x0.Store(b0 + i);
                x1.Store(b1 + i);
                x2.Store(b2 + i);
                x3.Store(b3 + i);
                d0 = Vector512.FusedMultiplyAdd(vi, x0, d0);
                d1 = Vector512.FusedMultiplyAdd(vi, x1, d1);
                d2 = Vector512.FusedMultiplyAdd(vi, x2, d2);
                d3 = Vector512.FusedMultiplyAdd(vi, x3, d3);
            }

            r0 = Vector512.Create(-tau * Vector512.Sum(d0));
            r1 = Vector512.Create(-tau * Vector512.Sum(d1));
            r2 = Vector512.Create(-tau * Vector512.Sum(d2));
            r3 = Vector512.Create(-tau * Vector512.Sum(d3));
            for (int i = 0; i < width; i += Lanes)
            {
                Vector512<double> vi = Vector512.Load(v + i);
                Vector512.FusedMultiplyAdd(r0, vi, Vector512.Load(b0 + i)).Store(b0 + i);
                Vector512.FusedMultiplyAdd(r1, vi, Vector512.Load(b1 + i)).Store(b1 + i);
                Vector512.FusedMultiplyAdd(r2, vi, Vector512.Load(b2 + i)).Store(b2 + i);
                Vector512.FusedMultiplyAdd(r3, vi, Vector512.Load(b3 + i)).Store(b3 + i);
            }
        }

        for (; c < width; c++)
        {
            double* column = b + (c * (long)stride);
            Subtract(width, right[c], y, column);
            Subtract(width, tau * Dot(width, v, column), v, column);
        }
    }

    /// <summary>D := H D H for the lower triangle of a symmetric block.</summary>
    /// <param name="width">w.</param>
    /// <param name="d">D's first element; up to seven elements before a column's diagonal are read and written
    /// back.</param>
    /// <param name="stride">From a column to the next in the same row.</param>
    /// <param name="tau">The reflection's factor.</param>
    /// <param name="v">The reflection's vector.</param>
    /// <param name="y">Workspace of w elements.</param>
    public static void ReflectSymmetric(int width, double* d, int stride, double tau, double* v, double* y)
    {
        new Span<double>(y, width).Clear();
        for (int c = 0; c < width; c++)
        {
            // y_c+1.. += D_c+1..,c v_c and y_c = D_c,c.. v_c..
            double* column = d + (c * (long)stride);
            Vector512<double> factor = Vector512.Create(v[c]), sum = default;
            int i = (c + 1) & -Lanes;
            if (i <= c)
            {
                Vector512<double> below = Below(c + 1 - i) & Vector512.Load(column + i);
                sum = below * Vector512.Load(v + i);
                Vector512.FusedMultiplyAdd(below, factor, Vector512.Load(y + i)).Store(y + i);
                i += Lanes;
            }

            for (; i < width; i += Lanes)
            {
                Vector512<double> below = Vector512.Load(column + i);
                sum = Vector512.FusedMultiplyAdd(below, Vector512.Load(v + i), sum);
                Vector512.FusedMultiplyAdd(below, factor, Vector512.Load(y + i)).Store(y + i);
            }

            y[c] += (column[c] * v[c]) + Vector512.Sum(sum);
        }

        // D - v w^T - w v^T with w = tau (y - tau <y, v> v / 2).
        Subtract(width, 0.5 * tau * Dot(width, y, v), v, y);
        Vector512<double> scale = Vector512.Create(tau);
        for (int i = 0; i < width; i += Lanes)
            (scale * Vector512.Load(y + i)).Store(y + i);
        for (int c = 0; c < width; c++)
        {
            double* column = d + (c * (long)stride);
            Vector512<double> vc = Vector512.Create(-v[c]), wc = Vector512.Create(-y[c]);
            int i = c & -Lanes;
            if (i < c)
            {
                Vector512<double> before = Vector512.Load(column + i);
                Vector512<double> after = Vector512.FusedMultiplyAdd(
                    wc, Vector512.Load(v + i), Vector512.FusedMultiplyAdd(vc, Vector512.Load(y + i), before));
                Vector512.ConditionalSelect(Below(c - i), after, before).Store(column + i);
                i += Lanes;
            }

            for (; i < width; i += Lanes)
            {
                Vector512<double> before = Vector512.Load(column + i);
                Vector512<double> half = Vector512.FusedMultiplyAdd(vc, Vector512.Load(y + i), before);
                Vector512.FusedMultiplyAdd(wc, Vector512.Load(v + i), half).Store(column + i);
            }
        }
    }

    /// <summary>C := H C for rows [w, m] with m a multiple of eight.</summary>
    public static void ReflectRows(int width, int columns, double* c, double tau, double* v)
    {
        for (int j = 0; j < columns; j += Lanes)
        {
            Vector512<double> even = default, odd = default;
            double* row = c + j;
            for (int i = 0; i < width; i += 2, row += 2 * columns)
            {
                even = Vector512.FusedMultiplyAdd(Vector512.Create(v[i]), Vector512.Load(row), even);
                odd = Vector512.FusedMultiplyAdd(Vector512.Create(v[i + 1]), Vector512.Load(row + columns), odd);
            }

            Vector512<double> sum = Vector512.Create(-tau) * (even + odd);
            row = c + j;
            for (int i = 0; i < width; i++, row += columns)
                Vector512.FusedMultiplyAdd(Vector512.Create(v[i]), sum, Vector512.Load(row)).Store(row);
        }
    }

    private static double Dot(int width, double* x, double* y)
    {
        Vector512<double> sum = default;
        for (int i = 0; i < width; i += Lanes)
            sum = Vector512.FusedMultiplyAdd(Vector512.Load(x + i), Vector512.Load(y + i), sum);
        return Vector512.Sum(sum);
    }

    /// <summary>All bits in the lanes from <paramref name="first"/> on.</summary>
    private static Vector512<double> Below(int first) =>
        Vector512.GreaterThanOrEqual(Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7), Vector512.Create((double)first));
}
