using System.Globalization;

namespace Spectral.Core.Tests.Report;

/// <summary>
/// A culture with a decimal comma, dots between thousands and another minus sign, for as long as it is not disposed. The
/// build is globalisation-invariant, where no real culture but the invariant one can be made.
/// </summary>
internal sealed class ForeignCulture : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    private ForeignCulture()
    {
        CultureInfo foreign = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        foreign.NumberFormat.NumberDecimalSeparator = ",";
        foreign.NumberFormat.NumberGroupSeparator = ".";
        foreign.NumberFormat.NegativeSign = "−";
        CultureInfo.CurrentCulture = foreign;
    }

    public static ForeignCulture Use() => new();

    public void Dispose() => CultureInfo.CurrentCulture = _before;
}
