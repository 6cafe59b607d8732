using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;

namespace Spectral.Core.Networks;

/// <summary>The rule for a network's activation: it keeps every shape and has no parameters.</summary>
internal static class Elementwise
{
    private static readonly ImmutableArray<Shape> Probes = [new Shape(2), new Shape(2, 3, 3)];

    /// <summary>What is wrong with an activation at the field <c>activation</c>.</summary>
    public static ImmutableArray<FieldProblem> Problems(Layer activation) =>
        Probes.All(shape => shape.Equals(activation.OutputShape(shape).Output) && activation.Parameters(shape).IsEmpty)
            ? []
            : [
                new FieldProblem(
                    "activation",
                    "a layer with parameters or another output shape",
                    "an elementwise layer such as relu or tanh"),
            ];
}
