using System.Collections.Immutable;
using Spectral.Core.Components;

namespace Spectral.Core.Tests.Components;

/// <summary>
/// Settings for any component, made from its fields alone, so that a new member of the Catalog is tested without a line
/// of its own. Fields of one component get different values, so that no field can be read in another's place.
/// </summary>
internal static class Representative
{
    /// <summary>Values of fields that do not go with just any value of their neighbours, by kind and field.</summary>
    private static readonly Dictionary<string, object> Joint = new()
    {
        ["confusion.matrix"] = ImmutableArray.Create<ImmutableArray<double>>([0.75, 0.25], [0.125, 0.875]),
        ["low_rank_linear.rank"] = 1,
        ["conv_net.groups"] = 1,
        ["resnet.depth"] = 14,
        ["resnet.groups"] = 1,
        ["conv2d.groups"] = 2,
        ["max_pool.padding"] = 1,
        ["average_pool.padding"] = 1,
    };

    /// <summary>A value for each field: its default where asked for, else one made from its type.</summary>
    public static IReadOnlyDictionary<string, object> Values(ComponentDefinition definition, bool defaults) =>
        definition.Fields.Select((field, index) => (field, index)).ToDictionary(
            pair => pair.field.Name,
            pair => defaults && pair.field.Default is { } preset ? preset
                : Joint.GetValueOrDefault($"{definition.Kind}.{pair.field.Name}") ?? Value(pair.field.Type, pair.index));

    /// <summary>The component with these values.</summary>
    public static object Component(ComponentDefinition definition, bool defaults) =>
        definition.Bind(new Settings(Values(definition, defaults)));

    private static object Value(FieldType type, int index) => type switch
    {
        IntegerType integer => Math.Min(integer.Maximum, integer.Minimum + 1 + index),
        RealType real => Within(real.Range, (1 + index) / 8.0),
        NamedIndexType names => (1 + index) % names.Names.Length,
        CheckpointType => FormattableString.Invariant($"{7 + index}"),
        TextType text => new string((char)('a' + index), text.MinimumLength),
        FlagType => index % 2 == 0,
        ChoiceType choice => choice.Choices[(1 + index) % choice.Choices.Length],
        ListType list => list.Collect(
            Enumerable.Range(0, Math.Max(2, list.MinimumCount)).Select(item => Value(list.Item, item))),
        ComponentType component => Member(component.Family, index),
        _ => throw new ArgumentException($"give {type.GetType().Name} a value here", nameof(type)),
    };

    private static double Within(Interval range, double part)
    {
        double low = double.IsFinite(range.Low) ? range.Low : -8;
        double high = double.IsFinite(range.High) ? range.High : low + 8;
        return low + (part * (high - low));
    }

    private static object Member(Type family, int index)
    {
        ComponentFamily found = Catalog.Components.Family(family);
        return Component(found.Members[^(1 + (index % found.Members.Length))], defaults: false);
    }
}
