using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// The layer's columns themselves: G += J_l J_l^T. For what has no cheaper structure; of a convolution, the columns of
/// some of each group's channels, so that a layer may be taken in parts.
/// </summary>
/// <param name="Layer">The layer's place in the source.</param>
/// <param name="Outputs">K.</param>
/// <param name="Columns">Columns of this part.</param>
/// <param name="FormCost">Multiplications and additions, in pairs, to form one example's rows.</param>
/// <param name="Panel">Which columns, or null for all of the block's.</param>
internal sealed unsafe record DirectTerm(int Layer, int Outputs, long Columns, double FormCost, ConvPanel? Panel)
    : GramTerm(Layer, Outputs)
{
    /// <inheritdoc/>
    public override string Method => "direct";

    /// <inheritdoc/>
    public override double PairCost => Columns;

    /// <inheritdoc/>
    public override double ExampleCost => FormCost;

    /// <inheritdoc/>
    public override long KeptNumbers => Outputs * Columns;

    /// <inheritdoc/>
    public override long ScratchNumbers(int block) => 0;

    /// <inheritdoc/>
    public override KeptFactors Keep(FactorBlock block)
    {
        using IDisposable scope = NewDisposeScope();
        return new KeptFactors(Panel is null ? block.Explicit() : Panel.Columns((ConvFactorBlock)block));
    }

    /// <inheritdoc/>
    public override void Add(KeptBlock left, KeptBlock right, double beta, double* sum, BlockScratch scratch) =>
        scratch.MultiplyTransposed(
            left.Count * Outputs, right.Count * Outputs, checked((int)Columns),
            left.Factors[0] + (left.First * Outputs * Columns), Columns,
            right.Factors[0] + (right.First * Outputs * Columns), Columns,
            beta, sum, right.Count * Outputs);
}
