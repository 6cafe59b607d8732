namespace Spectral.Core.Numerics;

/// <summary>Lengths of vectors, summed from the first element on.</summary>
public static class EuclideanNorm
{
    /// <summary>||v||^2.</summary>
    public static double Squared(ReadOnlySpan<double> vector)
    {
        double sum = 0;
        foreach (double value in vector)
            sum += value * value;
        return sum;
    }

    /// <summary>||v||.</summary>
    public static double Of(ReadOnlySpan<double> vector) => Math.Sqrt(Squared(vector));

    /// <summary>||v - w||.</summary>
    /// <exception cref="ArgumentException">The vectors have different lengths.</exception>
    public static double Between(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        if (one.Length != other.Length)
            throw new ArgumentException($"{one.Length} and {other.Length} elements", nameof(other));
        double sum = 0;
        for (int i = 0; i < one.Length; i++)
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        return Math.Sqrt(sum);
    }
}
