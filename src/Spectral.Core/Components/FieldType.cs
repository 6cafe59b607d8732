using System.Collections.Immutable;
using System.Globalization;

namespace Spectral.Core.Components;

/// <summary>What values a component's field takes, and how a message says so.</summary>
public abstract record FieldType
{
    /// <summary>What is expected, as the end of the sentence "expected ...": <c>a real in (0, 1]</c>.</summary>
    public abstract string Expectation { get; }
}

/// <summary>A field type whose values are written as one scalar.</summary>
public abstract record ScalarType : FieldType
{
    /// <summary>
    /// The field's value for a scalar, boxed (<see cref="int"/>, <see cref="double"/>, <see cref="bool"/> or
    /// <see cref="string"/>), or null where the scalar has the wrong type or lies out of range.
    /// </summary>
    public abstract object? Accept(Scalar scalar);

    /// <summary>The scalar that <see cref="Accept"/> maps to <paramref name="value"/>.</summary>
    public abstract Scalar ToScalar(object value);
}

/// <summary>Whole numbers of an inclusive range, held as <see cref="int"/>.</summary>
/// <param name="Minimum">The smallest allowed.</param>
/// <param name="Maximum">The largest allowed.</param>
public sealed record IntegerType(int Minimum, int Maximum) : ScalarType
{
    /// <inheritdoc/>
    public override string Expectation => Maximum == int.MaxValue
        ? string.Create(CultureInfo.InvariantCulture, $"an integer of {Minimum} or more")
        : string.Create(CultureInfo.InvariantCulture, $"an integer in [{Minimum}, {Maximum}]");

    /// <inheritdoc/>
    public override object? Accept(Scalar scalar) =>
        scalar is IntegerScalar { Value: var value } && value >= Minimum && value <= Maximum ? (int)value : null;

    /// <inheritdoc/>
    public override Scalar ToScalar(object value) => new IntegerScalar((int)value);
}

/// <summary>Finite real numbers of an interval, held as <see cref="double"/>; a whole number is one too.</summary>
/// <param name="Range">The interval.</param>
public sealed record RealType(Interval Range) : ScalarType
{
    /// <inheritdoc/>
    public override string Expectation => $"a real in {Range}";

    /// <inheritdoc/>
    public override object? Accept(Scalar scalar) => scalar switch
    {
        RealScalar { Value: var value } when double.IsFinite(value) && Range.Contains(value) => value,
        IntegerScalar { Value: var value } when Range.Contains(value) => (double)value,
        _ => null,
    };

    /// <inheritdoc/>
    public override Scalar ToScalar(object value) => new RealScalar((double)value);
}

/// <summary><c>true</c> or <c>false</c>, held as <see cref="bool"/>.</summary>
public sealed record FlagType : ScalarType
{
    /// <inheritdoc/>
    public override string Expectation => "true or false";

    /// <inheritdoc/>
    public override object? Accept(Scalar scalar) => scalar is FlagScalar { Value: var value } ? value : null;

    /// <inheritdoc/>
    public override Scalar ToScalar(object value) => new FlagScalar((bool)value);
}

/// <summary>One of a fixed set of words, held as <see cref="string"/>.</summary>
/// <param name="Choices">The words, in the order in which messages list them.</param>
public sealed record ChoiceType(ImmutableArray<string> Choices) : ScalarType
{
    /// <inheritdoc/>
    public override string Expectation => "one of " + string.Join(", ", Choices);

    /// <inheritdoc/>
    public override object? Accept(Scalar scalar) =>
        scalar is TextScalar { Value: var value } && Choices.Contains(value) ? value : null;

    /// <inheritdoc/>
    public override Scalar ToScalar(object value) => new TextScalar((string)value);
}

/// <summary>A component of an open family, held as that family's record.</summary>
/// <param name="Family">The family's abstract record; the Catalog says which kinds it has.</param>
public sealed record ComponentType(Type Family) : FieldType
{
    /// <inheritdoc/>
    public override string Expectation => "a component (a kind, or one kind with its settings)";
}
