namespace Spectral.Core.Numerics;

/// <summary>
/// How two kernels differ in direction: 1 - &lt;A, B&gt;_F / (||A||_F ||B||_F), in [0, 1] for kernels.
/// </summary>
public static class GramDistance
{
    /// <summary>
    /// The distance, as 1/2 ||A/||A|| - B/||B|| ||_F^2, so that a small one keeps its digits; NaN where a kernel is 0.
    /// Cost: 5
    /// N^2 flops.
    /// </summary>
    /// <param name="one">A [N, N].</param>
    /// <param name="other">B [N, N].</param>
    /// <param name="cancellation">Asked before each row.</param>
    /// <exception cref="ArgumentException">The orders differ.</exception>
    public static unsafe double Of(GramMatrix one, GramMatrix other, CancellationToken cancellation)
    {
        if (one.Order != other.Order)
            throw new ArgumentException($"orders {one.Order} and {other.Order}", nameof(other));
        int order = checked((int)one.Order);
        double left = 0, right = 0;
        for (int row = 0; row < order; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<double> a = Row(one, row), b = Row(other, row);
            left += ManagedProduct.Dot(a, a);
            right += ManagedProduct.Dot(b, b);
        }

        double ofOne = 1 / Math.Sqrt(left), ofOther = 1 / Math.Sqrt(right), sum = 0;
        for (int row = 0; row < order; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<double> a = Row(one, row), b = Row(other, row);
            double own = 0;
            for (int i = 0; i < order; i++)
            {
                double difference = (a[i] * ofOne) - (b[i] * ofOther);
                own += difference * difference;
            }

            sum += own;
        }

        return left > 0 && right > 0 ? sum / 2 : double.NaN;

        static ReadOnlySpan<double> Row(GramMatrix matrix, long row) =>
            new(matrix.Pointer + (row * matrix.Order), (int)matrix.Order);
    }
}
