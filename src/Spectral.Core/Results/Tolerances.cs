namespace Spectral.Core.Results;

/// <summary>
/// How far apart the results of two runs of one plan may be and still count as the same. They are no part of the plan: a
/// run is the same whatever it is compared with.
/// </summary>
/// <param name="Spectra">Singular values: max |d sigma| / sigma_1, 0 or more.</param>
/// <param name="Subspaces">
/// Information spaces: the sine of the largest principal angle, in [0, 1]; also what a vector's part in a cluster of
/// singular directions may change by, relative to the vector.
/// </param>
/// <param name="Values">Real numbers of tables.</param>
/// <param name="Arrays">Other arrays of real numbers.</param>
/// <param name="Counts">Counts of errors: how many examples more or fewer, 0 or more.</param>
public sealed record Tolerances(
    double Spectra, double Subspaces, ValueTolerance Values, ArrayTolerance Arrays, int Counts)
{
    /// <summary>
    /// What another number of threads or other vector instructions do to equal inputs, with room to spare.
    /// </summary>
    public static Tolerances Standard { get; } = new(
        1e-12, 1e-6, new ValueTolerance(1e-9, 1e-6), new ArrayTolerance(1e-6, 1e-4), 0);
}

/// <summary>A number x may be off by Absolute + Relative |x|.</summary>
/// <param name="Absolute">In the number's own unit, 0 or more.</param>
/// <param name="Relative">In parts of the number, 0 or more.</param>
public sealed record ValueTolerance(double Absolute, double Relative)
{
    /// <summary>What a number may be off by, in its own unit.</summary>
    /// <param name="value">The number of the first run.</param>
    public double Of(double value) => Absolute + (Relative * Math.Abs(value));
}

/// <summary>An array may be off by max |d| / max |x|, by the precision of its elements.</summary>
/// <param name="Float64">For binary64, 0 or more.</param>
/// <param name="Float32">For binary32, 0 or more.</param>
public sealed record ArrayTolerance(double Float64, double Float32);
