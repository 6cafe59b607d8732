using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// One group of a convolution's weight by columns against windows: &lt;J_ik P_j^T, g_jl&gt;, where J_ik [C, F] is the
/// row
/// (i, k) itself and P_j [S, F] the windows of the example j. Its bias stands apart.
/// </summary>
/// <param name="Layer">The layer's place in the source.</param>
/// <param name="Outputs">K.</param>
/// <param name="Group">Which group of channels.</param>
/// <param name="Fan">F, inputs of one output channel.</param>
/// <param name="Channels">C, output channels of the group.</param>
/// <param name="Places">S, places of the window.</param>
internal sealed unsafe record MixedTerm(int Layer, int Outputs, int Group, int Fan, int Channels, int Places)
    : GramTerm(Layer, Outputs)
{
    private long ExampleNumbers => (long)Outputs * Channels * Places;

    /// <inheritdoc/>
    public override string Method => "mixed";

    /// <inheritdoc/>
    public override double PairCost => Cost(Outputs, Fan, Channels, Places);

    /// <inheritdoc/>
    public override double ExampleCost => (double)Outputs * Channels * Places * Fan;

    /// <inheritdoc/>
    public override long KeptNumbers => ((long)Places * Fan) + ExampleNumbers + ((long)Outputs * Channels * Fan);

    /// <summary>Multiplications and additions, in pairs, for a pair of rows.</summary>
    public static double Cost(double outputs, double fan, double channels, double places) =>
        (places * channels) + (channels * fan * places / outputs);

    /// <inheritdoc/>
    public override long ScratchNumbers(int block) => ExampleNumbers;

    /// <inheritdoc/>
    public override KeptFactors Keep(FactorBlock block)
    {
        using IDisposable scope = NewDisposeScope();
        ConvFactorBlock conv = (ConvFactorBlock)block;
        Tensor windows = conv.Windows().select(1, Group).contiguous(); // [n, S, F]
        Tensor cotangents = conv.GroupCotangents(Group); // [n, K C, S]
        return new KeptFactors(windows, cotangents, cotangents.bmm(windows)); // and [n, K C, F]
    }

    /// <inheritdoc/>
    public override void Add(KeptBlock left, KeptBlock right, double beta, double* sum, BlockScratch scratch)
    {
        int columns = right.Count * Outputs;
        double* moved = scratch.Take(1, ExampleNumbers);
        for (int i = 0; i < left.Count; i++)
        {
            double* rows = left.Factors[2] + ((long)(left.First + i) * Outputs * Channels * Fan);
            for (int j = 0; j < right.Count; j++)
            {
                // [K C, S] = J_i P_j^T, then [K, K] = that (C S) against g_j.
                scratch.MultiplyTransposed(
                    Outputs * Channels, Places, Fan,
                    rows, Fan, right.Factors[0] + ((long)(right.First + j) * Places * Fan), Fan,
                    0, moved, Places);
                scratch.MultiplyTransposed(
                    Outputs, Outputs, Channels * Places,
                    moved, (long)Channels * Places,
                    right.Factors[1] + ((right.First + j) * ExampleNumbers), (long)Channels * Places,
                    beta, sum + ((long)i * Outputs * columns) + (j * Outputs), columns);
            }
        }
    }
}
