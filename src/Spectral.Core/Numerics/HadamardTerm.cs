using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// A dense layer: G[(i, k), (j, l)] += (a_i . a_j + 1 for a bias) (g_ik . g_jl). The inputs' products are taken once
/// for
/// each pair of examples, not K^2 times.
/// </summary>
/// <param name="Layer">The layer's place in the source.</param>
/// <param name="Outputs">K.</param>
/// <param name="Fan">F, inputs.</param>
/// <param name="Channels">C, outputs of the layer.</param>
/// <param name="Bias">Whether the bias' columns are there.</param>
internal sealed unsafe record HadamardTerm(int Layer, int Outputs, int Fan, int Channels, bool Bias)
    : GramTerm(Layer, Outputs)
{
    /// <inheritdoc/>
    public override string Method => "hadamard";

    /// <inheritdoc/>
    public override double PairCost => ((double)Fan / Outputs / Outputs) + Channels;

    /// <inheritdoc/>
    public override long KeptNumbers => Fan + ((long)Outputs * Channels);

    /// <inheritdoc/>
    public override long ScratchNumbers(int block) =>
        ((long)block * block) + ((long)block * Outputs * ((block * Outputs) + 1));

    /// <inheritdoc/>
    public override KeptFactors Keep(FactorBlock block)
    {
        using IDisposable scope = NewDisposeScope();
        (Tensor input, Tensor cotangents) = block is ConvFactorBlock conv
            ? (conv.Windows().reshape(conv.Examples, Fan), conv.Cotangents.reshape(conv.Examples, Outputs, Channels))
            : (block.Factors[0], block.Factors[1]);
        return new KeptFactors(input, cotangents) { IsOutput = AreUnitVectors(cotangents) };
    }

    /// <inheritdoc/>
    public override void Add(KeptBlock left, KeptBlock right, double beta, double* sum, BlockScratch scratch)
    {
        int rows = left.Count * Outputs, columns = right.Count * Outputs;
        double* inputs = scratch.Take(1, (long)left.Count * right.Count);
        scratch.MultiplyTransposed(
            left.Count, right.Count, Fan,
            left.Factors[0] + ((long)left.First * Fan), Fan,
            right.Factors[0] + ((long)right.First * Fan), Fan,
            0, inputs, right.Count);
        if (left.Factors.IsOutput && right.Factors.IsOutput)
        {
            if (beta == 0)
                new Span<double>(sum, rows * columns).Clear();
            AddDiagonals(left.Count, right.Count, inputs, sum);
            return;
        }

        double* cotangents = scratch.Take(2, (long)rows * columns);
        scratch.MultiplyTransposed(
            rows, columns, Channels,
            left.Factors[1] + ((long)left.First * Outputs * Channels), Channels,
            right.Factors[1] + ((long)right.First * Outputs * Channels), Channels,
            0, cotangents, columns);
        AddProducts(left.Count, right.Count, inputs, cotangents, beta, sum, scratch.Take(3, columns));
    }

    /// <summary>g_ik . g_jl is 1 for k = l and else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddDiagonals(int left, int right, double* inputs, double* sum)
    {
        double one = Bias ? 1 : 0;
        int columns = right * Outputs;
        for (int i = 0; i < left; i++)
        {
            for (int k = 0; k < Outputs; k++)
            {
                double* row = sum + ((long)((i * Outputs) + k) * columns) + k;
                for (int j = 0; j < right; j++)
                    row[j * Outputs] += inputs[(i * right) + j] + one;
            }
        }
    }

    // Hot from the first block on: the tiers below would cost more than a small matrix.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddProducts(
        int left, int right, double* inputs, double* cotangents, double beta, double* sum, double* factors)
    {
        double one = Bias ? 1 : 0;
        int columns = right * Outputs;
        for (int i = 0; i < left; i++)
        {
            // The factor of a pair of examples, once for each of the K columns: then every row is one straight sweep.
            for (int j = 0; j < right; j++)
                new Span<double>(factors + (j * Outputs), Outputs).Fill(inputs[(i * right) + j] + one);
            for (int k = 0; k < Outputs; k++)
            {
                long row = (long)((i * Outputs) + k) * columns;
                if (beta == 0)
                    Product(sum + row, cotangents + row, factors, columns);
                else
                    AddProduct(sum + row, cotangents + row, factors, columns);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddProduct(double* sum, double* x, double* y, int count)
    {
        int at = 0;
        for (; at + 4 <= count; at += 4)
            Vector256.Store(Vector256.Load(sum + at) + (Vector256.Load(x + at) * Vector256.Load(y + at)), sum + at);
        for (; at < count; at++)
            sum[at] += x[at] * y[at];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Product(double* result, double* x, double* y, int count)
    {
        int at = 0;
        for (; at + 4 <= count; at += 4)
            Vector256.Store(Vector256.Load(x + at) * Vector256.Load(y + at), result + at);
        for (; at < count; at++)
            result[at] = x[at] * y[at];
    }

    private bool AreUnitVectors(Tensor cotangents)
    {
        if (Channels != Outputs)
            return false;
        using Tensor unit = eye(Outputs, dtype: cotangents.dtype, device: cotangents.device);
        return cotangents.eq(unit).all().item<bool>();
    }
}
