namespace Spectral.Core.Components;

/// <summary>Text of at most <paramref name="MaximumLength"/> characters without control characters, held as <see cref="string"/>.</summary>
/// <param name="Meaning">What the text is, as the end of "expected ...": <c>a path</c>.</param>
/// <param name="MinimumLength">The fewest characters allowed.</param>
/// <param name="MaximumLength">The most characters allowed.</param>
public sealed record TextType(string Meaning, int MinimumLength = 1, int MaximumLength = 4096) : ScalarType
{
    /// <inheritdoc/>
    public override string Expectation => Meaning;

    /// <inheritdoc/>
    public override object? Accept(Scalar scalar) =>
        scalar is TextScalar { Value: var value }
        && value.Length >= MinimumLength && value.Length <= MaximumLength && !value.Any(char.IsControl)
            ? value
            : null;

    /// <inheritdoc/>
    public override Scalar ToScalar(object value) => new TextScalar((string)value);
}
