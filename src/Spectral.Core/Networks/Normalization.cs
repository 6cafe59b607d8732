using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Layers;
using Spectral.Core.Plans;

namespace Spectral.Core.Networks;

/// <summary>The choice of a normalisation behind every convolution of a network.</summary>
internal static class Normalization
{
    /// <summary>No normalisation.</summary>
    public const string None = "none";

    /// <summary>The words of the choice.</summary>
    public static readonly ImmutableArray<string> Choices = [None, "batch", "group"];

    /// <summary>What a <c>normalization</c> field says of itself.</summary>
    public const string Doc = "Normalisation behind every convolution.";

    /// <summary>What a <c>groups</c> field says of itself.</summary>
    public const string GroupsDoc = "Groups of channels of each group normalisation; unused without one.";

    /// <summary>The layer of a choice with PyTorch's momentum 0.1 and epsilon 1e-5, or null for none.</summary>
    public static Layer? Layer(string choice, int groups) => choice switch
    {
        "batch" => new BatchNorm(0.1, 1e-5),
        "group" => new GroupNorm(groups, 1e-5),
        _ => null,
    };

    /// <summary>Widths that the groups do not divide.</summary>
    public static ImmutableArray<FieldProblem> Problems(string choice, int groups, IEnumerable<int> widths) =>
        choice != "group" || widths.All(width => width % groups == 0)
            ? []
            : [
                new FieldProblem(
                    "groups",
                    FormattableString.Invariant(
                        $"{groups} groups for a width of {widths.First(width => width % groups != 0)}"),
                    "a divisor of every width"),
            ];
}
