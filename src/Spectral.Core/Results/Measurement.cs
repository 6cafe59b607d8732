namespace Spectral.Core.Results;

/// <summary>One measured number: a row of <c>results/measurements.csv</c>.</summary>
/// <param name="Analysis">The analysis that made it.</param>
/// <param name="Quantity">What it is, in snake_case.</param>
/// <param name="Epoch">The number of finished epochs of the weights or outputs that were measured.</param>
/// <param name="SpectrumAt">The checkpoint whose Jacobian was used; empty where none was.</param>
/// <param name="Split"><c>train</c> or <c>test</c>; empty for a fact of the whole run.</param>
/// <param name="Target">Which labels: <c>given</c>, <c>clean</c>, <c>centred</c> or <c>noise</c>; empty where none matter.</param>
/// <param name="CutoffRank">r, or null where no split was used.</param>
/// <param name="CutoffAlpha">alpha in units of J's singular values, or null.</param>
/// <param name="Value">The number; NaN where the status says why there is none.</param>
/// <param name="Lower">Lower end of what is known of the value: a numerical bound, or a 95 % interval for an error rate.</param>
/// <param name="Upper">Upper end likewise.</param>
/// <param name="Unit">The unit; empty for a pure number.</param>
/// <param name="Status"><c>ok</c>, or in one or two words why the value is NaN or not to be relied on.</param>
public sealed record Measurement(
    string Analysis,
    string Quantity,
    int Epoch,
    string SpectrumAt,
    string Split,
    string Target,
    int? CutoffRank,
    double? CutoffAlpha,
    double Value,
    double Lower,
    double Upper,
    string Unit,
    string Status);
