using System.Runtime.Intrinsics;

namespace Spectral.Core.Numerics;

/// <summary>Orthonormal vectors u_1..u_q of R^N, such as a Jacobian's leading left singular vectors.</summary>
/// <param name="elements">The vectors as columns, [N, q] row-major.</param>
/// <param name="count">q, 0 or more.</param>
/// <param name="rows">N.</param>
public sealed class OrthonormalColumns(ReadOnlyMemory<double> elements, int count, int rows)
{
    /// <summary>q.</summary>
    public int Count => count;

    /// <summary>The coordinates &lt;u_s, v&gt;, [q]. Cost: 2 N q flops.</summary>
    /// <param name="vector">v [N].</param>
    /// <exception cref="ArgumentException">The vector has another length.</exception>
    public double[] Coordinates(ReadOnlySpan<double> vector)
    {
        Check(vector);
        double[] coordinates = new double[count];
        ReadOnlySpan<double> all = elements.Span;
        for (int row = 0; row < rows; row++)
        {
            double value = vector[row];
            ReadOnlySpan<double> own = all.Slice(row * count, count);
            Span<double> sums = coordinates;
            int s = 0;
            for (; s + Vector256<double>.Count <= count; s += Vector256<double>.Count)
                (Vector256.Create<double>(sums[s..]) + (value * Vector256.Create(own[s..]))).CopyTo(sums[s..]);
            for (; s < count; s++)
                sums[s] += own[s] * value;
        }

        return coordinates;
    }

    /// <summary>The first of the vectors alone.</summary>
    /// <param name="leading">How many, 0 to q.</param>
    public OrthonormalColumns Leading(int leading)
    {
        double[] kept = new double[rows * leading];
        for (int row = 0; row < rows; row++)
            elements.Span.Slice(row * count, leading).CopyTo(kept.AsSpan(row * leading));
        return new OrthonormalColumns(kept, leading, rows);
    }

    /// <summary>||v - sum_s c_s u_s||^2, from that vector itself and not from ||v||^2. Cost: 2 N q flops.</summary>
    /// <param name="vector">v [N].</param>
    /// <param name="coordinates">c [q], from <see cref="Coordinates"/>.</param>
    /// <exception cref="ArgumentException">The vector has another length.</exception>
    public double SquaredOutside(ReadOnlySpan<double> vector, ReadOnlySpan<double> coordinates)
    {
        Check(vector);
        double sum = 0;
        ReadOnlySpan<double> all = elements.Span;
        for (int row = 0; row < rows; row++)
        {
            double rest = vector[row] - ManagedProduct.Dot(all.Slice(row * count, count), coordinates);
            sum += rest * rest;
        }

        return sum;
    }

    private void Check(ReadOnlySpan<double> vector)
    {
        if (vector.Length != rows || elements.Length != (long)rows * count)
        {
            throw new ArgumentException(
                $"{vector.Length} elements for {elements.Length} of {rows} x {count}", nameof(vector));
        }
    }
}
