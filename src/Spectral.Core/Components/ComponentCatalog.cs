using System.Collections.Immutable;

namespace Spectral.Core.Components;

/// <summary>An open family of components: its name in specs and messages, and its members.</summary>
/// <param name="Name">The family's name, such as <c>network</c>.</param>
/// <param name="Type">The abstract record that every member derives from.</param>
/// <param name="Summary">What the family is for, as one sentence.</param>
/// <param name="Members">The members' definitions, in the order in which documentation lists them.</param>
public sealed record ComponentFamily(
    string Name, Type Type, string Summary, ImmutableArray<ComponentDefinition> Members);

/// <summary>All families with their members: what a spec can say. Immutable and safe to share.</summary>
public sealed class ComponentCatalog
{
    private readonly ImmutableDictionary<Type, ComponentFamily> _families;
    private readonly ImmutableDictionary<Type, ComponentDefinition> _definitions;

    /// <summary>Makes a catalog of the given families.</summary>
    /// <exception cref="ArgumentException">A member belongs to another family, or two members share a kind.</exception>
    public ComponentCatalog(ImmutableArray<ComponentFamily> families)
    {
        foreach (ComponentFamily family in families)
        {
            if (family.Members.FirstOrDefault(member => member.Family != family.Type) is { } stranger)
                throw new ArgumentException($"{stranger.Kind} is no {family.Name}", nameof(families));
            if (family.Members.GroupBy(member => member.Kind).FirstOrDefault(kinds => kinds.Count() > 1) is { } twice)
                throw new ArgumentException($"two members of {family.Name} are named {twice.Key}", nameof(families));
        }

        Families = families;
        _families = families.ToImmutableDictionary(family => family.Type);
        _definitions = families.SelectMany(family => family.Members).ToImmutableDictionary(member => member.Component);
    }

    /// <summary>The families, in the order in which documentation lists them.</summary>
    public ImmutableArray<ComponentFamily> Families { get; }

    /// <summary>The family whose abstract record is <paramref name="type"/>.</summary>
    /// <exception cref="ArgumentException">The catalog has no such family.</exception>
    public ComponentFamily Family(Type type) =>
        _families.GetValueOrDefault(type) ?? throw new ArgumentException($"no family {type.Name}", nameof(type));

    /// <summary>The member of a family with the given kind, or null.</summary>
    public ComponentDefinition? Find(Type family, string kind) =>
        Family(family).Members.FirstOrDefault(member => member.Kind == kind);

    /// <summary>The definition of a component's own record.</summary>
    /// <exception cref="ArgumentException">The component's type is not in the catalog.</exception>
    public ComponentDefinition DefinitionOf(object component) =>
        _definitions.GetValueOrDefault(component.GetType())
        ?? throw new ArgumentException($"{component.GetType().Name} is not in the catalog", nameof(component));
}
