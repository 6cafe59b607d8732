namespace Spectral.Core.Numerics;

/// <summary>
/// How two kernels differ in direction: 1 - &lt;A, B&gt;_F / (||A||_F ||B||_F), in [0, 1] for kernels.
/// </summary>
public static class GramDistance
{
    /// <summary>
    /// The distance, as 1/2 ||A/||A|| - B/||B|| ||_F^2, so that a small one keeps its digits; NaN where a kernel is 0.
    /// Cost: 5 N^2 / 2 flops.
    /// </summary>
    /// <param name="one">A [N, N].</param>
    /// <param name="other">B [N, N].</param>
    /// <param name="cancellation">Asked before each row.</param>
    /// <exception cref="ArgumentException">The orders differ.</exception>
    public static double Of(GramMatrix one, GramMatrix other, CancellationToken cancellation)
    {
        if (one.Order != other.Order)
            throw new ArgumentException($"orders {one.Order} and {other.Order}", nameof(other));
        int order = checked((int)one.Order);
        double left = 0, right = 0;
        for (int row = 0; row < order; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            left += SquaredNorm(one.Triangle.Elements(row));
            right += SquaredNorm(other.Triangle.Elements(row));
        }

        double ofOne = 1 / Math.Sqrt(left), ofOther = 1 / Math.Sqrt(right), sum = 0;
        for (int row = 0; row < order; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<double> a = one.Triangle.Elements(row), b = other.Triangle.Elements(row);
            double beside = 0;
            for (int i = 0; i < row; i++)
                beside += Square((a[i] * ofOne) - (b[i] * ofOther));
            sum += (2 * beside) + Square((a[row] * ofOne) - (b[row] * ofOther));
        }

        return left > 0 && right > 0 ? sum / 2 : double.NaN;
    }

    /// <summary>Of a row with its mirror image: the elements beside the diagonal count twice.</summary>
    private static double SquaredNorm(ReadOnlySpan<double> row) =>
        (2 * ManagedProduct.Dot(row[..^1], row[..^1])) + Square(row[^1]);

    private static double Square(double x) => x * x;
}
