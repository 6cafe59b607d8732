namespace Spectral.Core.Numerics;

/// <summary>A number and an interval that holds the exact one.</summary>
/// <param name="Value">The number as computed; NaN where only the interval is known.</param>
/// <param name="Lower">Its lower end.</param>
/// <param name="Upper">Its upper end.</param>
public readonly record struct Enclosure(double Value, double Lower, double Upper)
{
    /// <summary>A number that is known exactly.</summary>
    public static Enclosure Exact(double value) => new(value, value, value);

    /// <summary>A number that is not negative, known to within a slack of 0 or more; NaN or infinite slacks say
    /// nothing.</summary>
    public static Enclosure NotNegative(double value, double slack) =>
        double.IsFinite(slack)
            ? new(value, Math.Max(0, value - slack), value + slack)
            : new(value, 0, double.PositiveInfinity);

    /// <summary>The sum.</summary>
    public static Enclosure operator +(Enclosure left, Enclosure right) =>
        new(left.Value + right.Value, left.Lower + right.Lower, left.Upper + right.Upper);

    /// <summary>The product with a number of 0 or more.</summary>
    public static Enclosure operator *(double factor, Enclosure right) =>
        new(factor * right.Value, factor * right.Lower, factor * right.Upper);
}
