using System.Collections.Immutable;
using System.IO.Enumeration;

namespace Spectral.Core.Plans;

/// <summary>Which parameters of a network are meant: all, or those whose full name matches one of some patterns.</summary>
/// <param name="Patterns">Globs over names such as <c>3.weight</c>, where * is any text and ? any letter; empty for all.</param>
public sealed record ParameterSelection(ImmutableArray<string> Patterns)
{
    /// <summary>All weights; neither fixed parameters nor buffers.</summary>
    public static ParameterSelection All { get; } = new([]);

    /// <summary>Whether this is <see cref="All"/>.</summary>
    public bool IsAll => Patterns.IsEmpty;

    /// <summary>Whether a parameter is meant. Buffers never are; fixed parameters only where a pattern names them.</summary>
    public bool Contains(string name, ParameterRole role) => role switch
    {
        ParameterRole.Buffer => false,
        ParameterRole.Fixed => Matches(name),
        _ => IsAll || Matches(name),
    };

    private bool Matches(string name) =>
        Patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));
}
