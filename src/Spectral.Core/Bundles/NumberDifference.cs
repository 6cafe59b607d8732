namespace Spectral.Core.Bundles;

/// <summary>A number as one bundle has it, with what is known of it.</summary>
/// <param name="Value">The number; NaN where the status says why there is none.</param>
/// <param name="Lower">Lower end of what is known of it, in its own unit; the number itself where it is exact.</param>
/// <param name="Upper">Upper end likewise.</param>
/// <param name="Status"><c>ok</c>, or why the number is NaN or not to be relied on.</param>
public sealed record StatedNumber(double Value, double Lower, double Upper, string Status);

/// <summary>Names a number of a bundle: the columns by which rows of two bundles belong together.</summary>
/// <param name="Analysis">The analysis, or <c>training</c>.</param>
/// <param name="Quantity">What it is.</param>
/// <param name="Epoch">Finished epochs.</param>
/// <param name="SpectrumAt">The checkpoint whose Jacobian was used; empty where none was.</param>
/// <param name="Split">The split; empty for a fact of the whole run.</param>
/// <param name="Target">The labels; empty where none matter.</param>
/// <param name="Occurrence">0, or which one it is where a bundle has several of the same name.</param>
public sealed record NumberPlace(
    string Analysis, string Quantity, int Epoch, string SpectrumAt, string Split, string Target, int Occurrence);

/// <summary>One number of two bundles.</summary>
/// <param name="Place">Which number.</param>
/// <param name="A">As the first has it; null where it does not.</param>
/// <param name="B">As the second has it; null where it does not.</param>
public sealed record NumberDifference(NumberPlace Place, StatedNumber? A, StatedNumber? B)
{
    /// <summary>Whether both have it, with the same value, bounds and status to the bit.</summary>
    public bool IsSame => A is not null && A == B;

    /// <summary>B - A in the number's unit, rounded once; null where one has no finite number.</summary>
    public double? Absolute =>
        A is not null && B is not null && double.IsFinite(A.Value) && double.IsFinite(B.Value) ? B.Value - A.Value : null;

    /// <summary>|B - A| over the larger of |A| and |B|, in [0, 2]; null where <see cref="Absolute"/> is.</summary>
    public double? Relative => Absolute switch
    {
        null => null,
        0 => 0,
        { } difference => Math.Abs(difference) / Math.Max(Math.Abs(A!.Value), Math.Abs(B!.Value)),
    };

    /// <summary>
    /// Whether what is known of the two has a point in common: where not, they differ for certain. Null where the ends of
    /// one are not known.
    /// </summary>
    public bool? Overlaps => A is null || B is null || double.IsNaN(A.Lower + A.Upper) || double.IsNaN(B.Lower + B.Upper)
        ? null
        : A.Lower <= B.Upper && B.Lower <= A.Upper;

    /// <summary>
    /// How much it matters, for sorting: numbers that one has and the other has not as a number come before all others,
    /// then the relative difference; numbers that one lacks altogether come last.
    /// </summary>
    public double Weight => A is null || B is null ? -1
        : Relative ?? (A.Value.Equals(B.Value) ? 0 : double.PositiveInfinity);
}
