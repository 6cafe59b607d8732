using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// One group of a convolution by the products of windows: M_ij = P_i P_j^T + 1 for a bias, [S, S], once for each pair of
/// examples; then &lt;g_ik, g_jl M_ij^T&gt;. Cheap where places are few and windows wide.
/// </summary>
/// <param name="Layer">The layer's place in the source.</param>
/// <param name="Outputs">K.</param>
/// <param name="Group">Which group of channels.</param>
/// <param name="Fan">F, inputs of one output channel.</param>
/// <param name="Channels">C, output channels of the group.</param>
/// <param name="Places">S, places of the window.</param>
/// <param name="Bias">Whether the bias' columns are there.</param>
internal sealed unsafe record PatchTerm(int Layer, int Outputs, int Group, int Fan, int Channels, int Places, bool Bias)
    : GramTerm(Layer, Outputs)
{
    /// <summary>Numbers of products of windows that are held at once: half of a second-level cache of 1 MiB.</summary>
    private const long WindowNumbers = 1L << 16;

    private long ExampleNumbers => (long)Outputs * Channels * Places;

    /// <inheritdoc/>
    public override string Method => "patch";

    /// <inheritdoc/>
    public override double PairCost => Cost(Outputs, Fan, Channels, Places);

    /// <inheritdoc/>
    public override long KeptNumbers => ((long)Places * Fan) + ExampleNumbers;

    /// <summary>Multiplications and additions, in pairs, for a pair of rows.</summary>
    public static double Cost(double outputs, double fan, double channels, double places) =>
        (places * channels) + (places * places * channels / outputs) + (places * places * fan / outputs / outputs);

    /// <inheritdoc/>
    public override long ScratchNumbers(int block) =>
        ExampleNumbers + ((long)LeftExamples(block) * block * Places * Places);

    /// <inheritdoc/>
    public override KeptFactors Keep(FactorBlock block)
    {
        using IDisposable scope = NewDisposeScope();
        ConvFactorBlock conv = (ConvFactorBlock)block;
        return new KeptFactors(conv.Windows().select(1, Group), conv.GroupCotangents(Group));
    }

    /// <inheritdoc/>
    public override void Add(KeptBlock left, KeptBlock right, double beta, double* sum, BlockScratch scratch)
    {
        int together = LeftExamples(right.Count), columns = right.Count * Outputs;
        for (int start = 0; start < left.Count; start += together)
        {
            int count = Math.Min(together, left.Count - start);
            KeptBlock part = left with { First = left.First + start, Count = count };
            AddPart(part, right, beta, sum + ((long)start * Outputs * columns), scratch);
        }
    }

    private void AddPart(KeptBlock left, KeptBlock right, double beta, double* sum, BlockScratch scratch)
    {
        int rows = left.Count * Places, windows = right.Count * Places, columns = right.Count * Outputs;
        double* products = scratch.Take(1, (long)rows * windows);
        scratch.MultiplyTransposed(
            rows, windows, Fan,
            left.Factors[0] + ((long)left.First * Places * Fan), Fan,
            right.Factors[0] + ((long)right.First * Places * Fan), Fan,
            0, products, windows);
        if (Bias)
        {
            foreach (ref double product in new Span<double>(products, rows * windows))
                product += 1;
        }

        double* moved = scratch.Take(2, ExampleNumbers);
        for (int i = 0; i < left.Count; i++)
        {
            double* own = left.Factors[1] + ((left.First + i) * ExampleNumbers);
            for (int j = 0; j < right.Count; j++)
            {
                // [K C, S] = g_j M_ij^T, then [K, K] = g_i (C S) against that.
                scratch.MultiplyTransposed(
                    Outputs * Channels, Places, Places,
                    right.Factors[1] + ((right.First + j) * ExampleNumbers), Places,
                    products + ((long)i * Places * windows) + (j * Places), windows,
                    0, moved, Places);
                scratch.MultiplyTransposed(
                    Outputs, Outputs, Channels * Places,
                    own, (long)Channels * Places, moved, (long)Channels * Places,
                    beta, sum + ((long)i * Outputs * columns) + (j * Outputs), columns);
            }
        }
    }

    /// <summary>Examples of the rows whose windows meet those of the columns in one product.</summary>
    private int LeftExamples(int right) => (int)Math.Max(1, WindowNumbers / ((long)right * Places * Places));
}
