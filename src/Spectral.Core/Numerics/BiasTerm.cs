using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>The bias of a convolution whose weight is computed in a way that leaves it out: G += J_b J_b^T.</summary>
/// <param name="Layer">The layer's place in the source.</param>
/// <param name="Outputs">K.</param>
/// <param name="Channels">C.</param>
/// <param name="Places">S.</param>
internal sealed unsafe record BiasTerm(int Layer, int Outputs, int Channels, int Places) : GramTerm(Layer, Outputs)
{
    /// <inheritdoc/>
    public override string Method => "direct";

    /// <inheritdoc/>
    public override double PairCost => Channels;

    /// <inheritdoc/>
    public override double ExampleCost => (double)Outputs * Channels * Places / 2;

    /// <inheritdoc/>
    public override long KeptNumbers => (long)Outputs * Channels;

    /// <inheritdoc/>
    public override long ScratchNumbers(int block) => 0;

    /// <inheritdoc/>
    public override KeptFactors Keep(FactorBlock block)
    {
        using IDisposable scope = NewDisposeScope();
        return new KeptFactors(((ConvFactorBlock)block).SummedCotangents());
    }

    /// <inheritdoc/>
    public override void Add(KeptBlock left, KeptBlock right, double beta, double* sum, BlockScratch scratch) =>
        scratch.MultiplyTransposed(
            left.Count * Outputs, right.Count * Outputs, Channels,
            left.Factors[0] + ((long)left.First * Outputs * Channels), Channels,
            right.Factors[0] + ((long)right.First * Outputs * Channels), Channels,
            beta, sum, right.Count * Outputs);
}
