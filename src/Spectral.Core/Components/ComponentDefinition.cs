using System.Collections.Immutable;

namespace Spectral.Core.Components;

/// <summary>
/// What a component tells the compiler about itself. Everything that depends on the kind comes from here: YAML keys,
/// ranges, defaults, units, plan JSON, <c>describe</c>, the schema and the contract tests.
/// </summary>
public sealed class ComponentDefinition
{
    private ComponentDefinition(
        Type family,
        Type component,
        string kind,
        string summary,
        string source,
        string example,
        ImmutableArray<Field> fields,
        Func<Settings, object> bind,
        Func<object, ImmutableArray<FieldProblem>> check)
    {
        Family = family;
        Component = component;
        Kind = kind;
        Summary = summary;
        Source = source;
        Example = example;
        Fields = fields;
        Bind = bind;
        Check = check;
    }

    /// <summary>The open family's abstract record.</summary>
    public Type Family { get; }

    /// <summary>The component's sealed record.</summary>
    public Type Component { get; }

    /// <summary>The kind as a spec writes it, in snake_case; unique in its family.</summary>
    public string Kind { get; }

    /// <summary>What it is, as one sentence.</summary>
    public string Summary { get; }

    /// <summary>Where the definition comes from: a paper with its equation or section, or a named convention.</summary>
    public string Source { get; }

    /// <summary>A YAML value that binds to the component, as it would stand behind the family's key.</summary>
    public string Example { get; }

    /// <summary>The settings, in the order in which documentation lists them; a lone scalar fills the first.</summary>
    public ImmutableArray<Field> Fields { get; }

    /// <summary>Makes the component from complete, checked settings.</summary>
    public Func<Settings, object> Bind { get; }

    /// <summary>What no single field can see: problems of settings that are each in range but do not go together.</summary>
    public Func<object, ImmutableArray<FieldProblem>> Check { get; }

    /// <summary>Defines the component <typeparamref name="TComponent"/> of the family <typeparamref name="TFamily"/>.</summary>
    public static ComponentDefinition Of<TFamily, TComponent>(
        string kind,
        string summary,
        string source,
        string example,
        ImmutableArray<Field> fields,
        Func<Settings, TComponent> bind,
        Func<TComponent, ImmutableArray<FieldProblem>>? check = null)
        where TFamily : class
        where TComponent : class, TFamily =>
        new(
            typeof(TFamily),
            typeof(TComponent),
            kind,
            summary,
            source,
            example,
            fields,
            bind,
            component => check?.Invoke((TComponent)component) ?? []);
}

/// <summary>Why a component's settings do not go together, told at one of its fields.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Found">What was found there.</param>
/// <param name="Expected">What would have been right.</param>
public sealed record FieldProblem(string Field, string Found, string Expected);
