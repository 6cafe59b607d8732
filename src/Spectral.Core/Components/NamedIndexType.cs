using System.Collections.Immutable;
using System.Globalization;

namespace Spectral.Core.Components;

/// <summary>
/// One of a fixed, numbered set of names, written as its name or its index, held as the index and written to plans as
/// the name: <c>automobile</c> and <c>1</c> make the same plan.
/// </summary>
/// <param name="Names">The names, in the order of their indices from 0.</param>
public sealed record NamedIndexType(ImmutableArray<string> Names) : ScalarType
{
    /// <inheritdoc/>
    public override string Expectation => string.Create(
        CultureInfo.InvariantCulture, $"one of {string.Join(", ", Names)}, or its index in [0, {Names.Length - 1}]");

    /// <inheritdoc/>
    public override object? Accept(Scalar scalar) => scalar switch
    {
        IntegerScalar { Value: var index } when index >= 0 && index < Names.Length => (int)index,
        TextScalar { Value: var name } when Names.IndexOf(name) is >= 0 and var index => index,
        _ => null,
    };

    /// <inheritdoc/>
    public override Scalar ToScalar(object value) => new TextScalar(Names[(int)value]);
}
