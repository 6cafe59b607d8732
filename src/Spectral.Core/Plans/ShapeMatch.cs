namespace Spectral.Core.Plans;

/// <summary>What a layer's shape rule says of an input shape: the output shape, or what it expected instead.</summary>
/// <param name="Output">The output shape of one example; null where the input does not fit.</param>
/// <param name="Expected">What the layer expects, as the end of "expects ..."; null where the input fits.</param>
public sealed record ShapeMatch(Shape? Output, string? Expected)
{
    /// <summary>The input fits.</summary>
    public static ShapeMatch To(Shape output) => new(output, null);

    /// <summary>The input does not fit.</summary>
    public static ShapeMatch Mismatch(string expected) => new(null, expected);
}
