namespace Spectral.Core.Numerics;

/// <summary>A number with ends that it lies between.</summary>
/// <param name="Value">The number as computed; NaN where the ends are all that is known.</param>
/// <param name="Lower">Its lower end; NaN where the number does not exist.</param>
/// <param name="Upper">Its upper end; may be infinite; NaN where the number does not exist.</param>
public sealed record Enclosure(double Value, double Lower, double Upper)
{
    /// <summary>A number that does not exist.</summary>
    public static Enclosure Undefined { get; } = new(double.NaN, double.NaN, double.NaN);

    /// <summary>A number known to the last bit.</summary>
    public static Enclosure Exact(double value) => new(value, value, value);

    /// <summary>Only the ends are known.</summary>
    public static Enclosure Between(double lower, double upper) => new(double.NaN, lower, upper);

    /// <summary>A number of 0 or more that is known to within a slack.</summary>
    public static Enclosure Around(double value, double slack) => new(value, Math.Max(0, value - slack), value + slack);

    /// <summary>The number times one that is exact.</summary>
    /// <param name="factor">0 or more.</param>
    public Enclosure Times(double factor) => new(Value * factor, Lower * factor, Upper * factor);

    /// <summary>The number under a function that never falls.</summary>
    public Enclosure Under(Func<double, double> increasing) =>
        new(increasing(Value), increasing(Lower), increasing(Upper));

    /// <summary>This over another, both 0 or more.</summary>
    public Enclosure Over(Enclosure divisor) => new(
        Value / divisor.Value,
        Lower / divisor.Upper,
        divisor.Lower > 0 ? Upper / divisor.Lower : double.PositiveInfinity);
}
