namespace Spectral.Core.Components;

/// <summary>
/// One scalar as a spec or a plan holds it, typed by the YAML 1.2 core schema (or by JSON) and not yet by any field.
/// </summary>
public abstract record Scalar
{
    /// <summary>How an error message names what was found: <c>the text 'many'</c>, <c>1.7</c>, <c>true</c>.</summary>
    public abstract string Description { get; }
}

/// <summary>The scalar <c>true</c> or <c>false</c>.</summary>
/// <param name="Value">The truth value.</param>
public sealed record FlagScalar(bool Value) : Scalar
{
    /// <inheritdoc/>
    public override string Description => Value ? "true" : "false";
}

/// <summary>A whole number that fits in 64 bits.</summary>
/// <param name="Value">The number.</param>
public sealed record IntegerScalar(long Value) : Scalar
{
    /// <inheritdoc/>
    public override string Description => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A number with a fraction, an exponent or a magnitude beyond 64 bits; infinities and NaN are possible.</summary>
/// <param name="Value">The number.</param>
public sealed record RealScalar(double Value) : Scalar
{
    /// <inheritdoc/>
    public override string Description => Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Text: anything quoted, and every plain scalar that the core schema gives no other type.</summary>
/// <param name="Value">The text, without its quotes.</param>
public sealed record TextScalar(string Value) : Scalar
{
    /// <inheritdoc/>
    public override string Description => $"the text '{Value}'";
}

/// <summary>Nothing: <c>null</c>, <c>~</c> or an empty value.</summary>
public sealed record NullScalar : Scalar
{
    /// <inheritdoc/>
    public override string Description => "nothing";
}
