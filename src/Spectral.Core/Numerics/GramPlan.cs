using System.Collections.Immutable;

namespace Spectral.Core.Numerics;

/// <summary>
/// What a Gram matrix will cost, known from the shapes alone. Flops count a multiplication and an addition as two;
/// forward and backward passes are not among them.
/// </summary>
/// <param name="Rows">nK.</param>
/// <param name="Columns">p, of the wanted layers.</param>
/// <param name="Layers">The layers in the order of the columns.</param>
/// <param name="Passes">Passes over the examples: forward and K backward passes each.</param>
/// <param name="MatrixBytes">G itself.</param>
/// <param name="PeakBytes">
/// G, the factors of the largest pass, the threads' scratch memory, and about what they need to differentiate a chunk.
/// </param>
/// <param name="MovedBytes">Lower bound of what crosses the memory bus: G written once, the factors written and read
/// once.</param>
public sealed record GramPlan(
    long Rows,
    long Columns,
    ImmutableArray<GramLayerPlan> Layers,
    int Passes,
    double MatrixBytes,
    double PeakBytes,
    double MovedBytes)
{
    /// <summary>All layers' operations: forming what is kept, and half of the symmetric matrix.</summary>
    public double Flops => Layers.Sum(layer => layer.Flops);

    /// <summary>The operations of forming J and multiplying it, for comparison: nK (nK + 1) p.</summary>
    public double ExplicitFlops => (double)Rows * (Rows + 1) * Columns;

    /// <summary>Why the passes are as many as they are, as one sentence.</summary>
    public string Reason => Passes == 1
        ? "all layers' factors fit in the memory given to them"
        : FormattableString.Invariant($"the factors do not fit in the memory given to them at once: {Passes} passes");
}

/// <summary>One layer of a plan.</summary>
/// <param name="Layer">Its name.</param>
/// <param name="Method"><c>hadamard</c>, <c>direct</c>, <c>patch</c> or <c>mixed</c>.</param>
/// <param name="Columns">Its wanted parameters.</param>
/// <param name="Flops">Operations.</param>
/// <param name="Bytes">Factors that are kept of all examples.</param>
/// <param name="Reason">Why this method, as one sentence.</param>
public sealed record GramLayerPlan(
    string Layer, string Method, long Columns, double Flops, double Bytes, string Reason);
