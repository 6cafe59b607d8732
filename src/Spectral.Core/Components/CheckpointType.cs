using System.Globalization;
using System.Text.RegularExpressions;

namespace Spectral.Core.Components;

/// <summary>
/// A checkpoint as <c>jacobian.at</c> writes it, held as the checkpoint's name: <c>initial</c>, <c>final</c>,
/// <c>100</c>,
/// <c>step-120</c>, <c>best-test</c>, <c>best-validation</c>. Whether a plan has it, only the plan knows.
/// </summary>
public sealed partial record CheckpointType : ScalarType
{
    /// <inheritdoc/>
    public override string Expectation =>
        "a checkpoint of jacobian.at: initial, final, an epoch, 'step N', best_test or best_validation";

    /// <inheritdoc/>
    public override object? Accept(Scalar scalar) => scalar switch
    {
        IntegerScalar { Value: >= 0 and <= int.MaxValue } epoch => epoch.Value.ToString(CultureInfo.InvariantCulture),
        TextScalar { Value: var text } => Name(text),
        _ => null,
    };

    /// <inheritdoc/>
    public override Scalar ToScalar(object value) => new TextScalar((string)value);

    private static string? Name(string text) => text switch
    {
        "initial" or "final" => text,
        "best_test" or "best-test" => "best-test",
        "best_validation" or "best-validation" => "best-validation",
        _ when Step().Match(text) is { Success: true } step => "step-" + step.Groups[1].Value,
        _ when Epoch().IsMatch(text) => text,
        _ => null,
    };

    [GeneratedRegex("^step[ -]([1-9][0-9]{0,17})$", RegexOptions.CultureInvariant)]
    private static partial Regex Step();

    [GeneratedRegex("^(0|[1-9][0-9]{0,8})$", RegexOptions.CultureInvariant)]
    private static partial Regex Epoch();
}
