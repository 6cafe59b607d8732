using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// One group of a convolution by the products of windows: M_ij = P_i P_j^T + 1 for a bias, [S, S], once for each pair
/// of
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

    /// <summary>Numbers of one output's moved cotangents that are held at once: K = 10 of them fit in 32 KiB.</summary>
    private const int MovedNumbers = 192;

    /// <summary>Places with zeros behind them to a whole number of vectors.</summary>
    private int Padded => (Places + SmallProducts.Width - 1) / SmallProducts.Width * SmallProducts.Width;

    /// <summary>Channels whose cotangents are moved together.</summary>
    private int Together => Math.Clamp(MovedNumbers / Padded, 1, Channels);

    private long ExampleNumbers => (long)Outputs * Channels * Padded;

    /// <inheritdoc/>
    public override string Method => "patch";

    /// <inheritdoc/>
    public override double PairCost => Cost(Outputs, Fan, Channels, Places);

    /// <inheritdoc/>
    public override long KeptNumbers => ((long)Padded * Fan) + ExampleNumbers;

    /// <summary>Multiplications and additions, in pairs, for a pair of rows.</summary>
    public static double Cost(double outputs, double fan, double channels, double places) =>
        (places * channels) + (places * places * channels / outputs) + (places * places * fan / outputs / outputs);

    /// <inheritdoc/>
    public override long ScratchNumbers(int block) =>
        ((long)Outputs * Together * Padded) + ((long)RightExamples(block) * block * Padded * Padded);

    /// <inheritdoc/>
    public override KeptFactors Keep(FactorBlock block)
    {
        using IDisposable scope = NewDisposeScope();
        ConvFactorBlock conv = (ConvFactorBlock)block;
        Tensor windows = conv.Windows().select(1, Group); // [n, S, F]
        Tensor cotangents = conv.GroupCotangents(Group); // [n, K C, S]
        long zeros = Padded - Places;
        return zeros == 0
            ? new KeptFactors(windows, cotangents)
            : new KeptFactors(nn.functional.pad(windows, [0, 0, 0, zeros]), nn.functional.pad(cotangents, [0, zeros]));
    }

    /// <inheritdoc/>
    public override void Add(KeptBlock left, KeptBlock right, double beta, double* sum, BlockScratch scratch)
    {
        int columns = right.Count * Outputs, together = RightExamples(left.Count);
        if (beta == 0)
            new Span<double>(sum, left.Count * Outputs * columns).Clear();
        for (int start = 0; start < right.Count; start += together)
        {
            int count = Math.Min(together, right.Count - start);
            KeptBlock part = right with { First = right.First + start, Count = count };
            AddPart(left, part, sum + ((long)start * Outputs), columns, scratch);
        }
    }

    private void AddPart(KeptBlock left, KeptBlock right, double* sum, int columns, BlockScratch scratch)
    {
        int rows = right.Count * Padded, windows = left.Count * Padded;
        double* products = scratch.Take(1, (long)rows * windows); // [(j, t), (i, s)]
        scratch.MultiplyTransposed(
            rows, windows, Fan,
            right.Factors[0] + ((long)right.First * Padded * Fan), Fan,
            left.Factors[0] + ((long)left.First * Padded * Fan), Fan,
            0, products, windows);
        if (Bias)
        {
            foreach (ref double product in new Span<double>(products, rows * windows))
                product += 1;
        }

        double* moved = scratch.Take(2, (long)Outputs * Together * Padded);
        for (int j = 0; j < right.Count; j++)
        {
            double* other = right.Factors[1] + ((right.First + j) * ExampleNumbers);
            for (int i = 0; i < left.Count; i++)
            {
                AddPair(
                    left.Factors[1] + ((left.First + i) * ExampleNumbers), other,
                    products + ((long)j * Padded * windows) + (i * Padded), windows,
                    sum + ((long)i * Outputs * columns) + (j * Outputs), columns, moved);
            }
        }
    }

    /// <summary>
    /// One pair of examples: some channels' cotangents of j are moved by M_ij^T, then meet those of i.
    /// </summary>
    private void AddPair(
        double* own, double* other, double* products, long windows, double* sum, long columns, double* moved)
    {
        long row = (long)Channels * Padded;
        for (int channel = 0; channel < Channels; channel += Together)
        {
            int count = Math.Min(Together, Channels - channel), length = count * Padded;
            for (int l = 0; l < Outputs; l++)
            {
                SmallProducts.Multiply(
                    count, Places, Padded, other + (l * row) + ((long)channel * Padded), Padded, products, windows,
                    moved + ((long)l * length));
            }

            SmallProducts.AddTransposed(
                Outputs, Outputs, length, own + ((long)channel * Padded), row, moved, length, sum, columns);
        }
    }

    /// <summary>Examples of the columns whose windows meet those of the rows in one product.</summary>
    private int RightExamples(int left) => (int)Math.Max(1, WindowNumbers / ((long)left * Padded * Padded));
}
