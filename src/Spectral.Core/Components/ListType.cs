using System.Collections.Immutable;
using System.Globalization;

namespace Spectral.Core.Components;

/// <summary>A list whose items all have one type; written as a YAML sequence, and a lone item stands for a list of one.</summary>
/// <param name="Item">The type of every item.</param>
/// <param name="MinimumCount">The fewest items allowed.</param>
public abstract record ListType(FieldType Item, int MinimumCount) : FieldType
{
    /// <summary>The field's value, an <see cref="ImmutableArray{T}"/>, from its boxed items.</summary>
    public abstract object Collect(IEnumerable<object> items);

    /// <summary>The boxed items of a value made by <see cref="Collect"/>.</summary>
    public abstract IEnumerable<object> Items(object list);
}

/// <summary>A list of <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The items' type: int, double, string, a component family or a list of these.</typeparam>
/// <param name="Item">The type of every item.</param>
/// <param name="MinimumCount">The fewest items allowed.</param>
public sealed record ListType<T>(FieldType Item, int MinimumCount) : ListType(Item, MinimumCount)
    where T : notnull
{
    /// <inheritdoc/>
    public override string Expectation => MinimumCount == 0
        ? $"a list, each item {Item.Expectation}"
        : string.Create(CultureInfo.InvariantCulture, $"a list of {MinimumCount} or more, each item {Item.Expectation}");

    /// <inheritdoc/>
    public override object Collect(IEnumerable<object> items) => items.Cast<T>().ToImmutableArray();

    /// <inheritdoc/>
    public override IEnumerable<object> Items(object list) => ((ImmutableArray<T>)list).Select(item => (object)item);
}
