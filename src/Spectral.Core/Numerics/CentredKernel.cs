using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// The centred kernel K_c = H K H of K = J J^T [nK, nK], H = (I - 11^T/n) (x) I_K, measured against label vectors:
/// y_c^T K_c y_c and ||K_c||_F with their ends. Their ratio over ||y_c||^2 is the centred kernel-target alignment.
/// </summary>
/// <param name="Energies">y_c^T K_c y_c = ||J^T y_c||^2 of each label vector.</param>
/// <param name="Norm">||K_c||_F.</param>
/// <remarks>Source: Cortes, Mohri, Rostamizadeh 2012; arXiv:2008.00938, section 3.</remarks>
public sealed record CentredKernel(ImmutableArray<Enclosure> Energies, Enclosure Norm)
{
    /// <summary>
    /// From products alone: ||K_c||_F^2 = ||K||_F^2 - 2 ||K Q||_F^2 + ||Q^T K Q||_F^2, Q = 1/sqrt(n) (x) I_K. Where the
    /// class means carry almost all of K, this cancels, and the ends say so. Cost: all examples are differentiated
    /// twice.
    /// </summary>
    /// <param name="jacobian">J.</param>
    /// <param name="labels">Centred label vectors y_c [nK].</param>
    /// <param name="kernelNorm">||K||_F.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="OperationCanceledException">It was asked to.</exception>
    public static CentredKernel FromProducts(
        JacobianOperator jacobian,
        ImmutableArray<double[]> labels,
        Enclosure kernelNorm,
        CancellationToken cancellation)
    {
        using IDisposable scope = NewDisposeScope();
        int outputs = jacobian.Source.Outputs, columns = outputs + labels.Length;
        Tensor vectors = zeros(jacobian.Rows, columns, dtype: ScalarType.Float64); // [nK, K + m]
        Span<double> elements = TensorMemory.Span(vectors);
        double mean = 1 / Math.Sqrt(jacobian.Source.Examples);
        for (int row = 0; row < jacobian.Rows; row++)
        {
            elements[(row * columns) + (row % outputs)] = mean;
            for (int m = 0; m < labels.Length; m++)
                elements[(row * columns) + outputs + m] = labels[m][row];
        }

        Tensor pulled = jacobian.TransposeTimes(vectors, cancellation); // [p, K + m]
        Tensor means = pulled.narrow(1, 0, outputs).contiguous(); // [p, K]
        double once = jacobian.Times(means, cancellation).Squared().sum().item<double>();
        double twice = means.t().mm(means).Squared().sum().item<double>();
        double[] energies = pulled.Squared().sum(dim: 0).data<double>().ToArray();
        double rounding = Rounding(jacobian), size = kernelNorm.Upper, error = 4 * rounding * size * size;
        return new CentredKernel(
            [
                .. energies.Skip(outputs)
                    .Select((energy, m) => Enclosure.Around(energy, rounding * size * Square(labels[m]))),
            ],
            new Enclosure(
                Root(kernelNorm.Value, 0), Root(kernelNorm.Lower, -error), Root(kernelNorm.Upper, error)));

        double Root(double norm, double off) =>
            double.IsNaN(norm) ? norm : Math.Sqrt(Math.Max(0, (norm * norm) - (2 * once) + twice + off));
    }

    /// <summary>From entries of K, or of some examples' part of it; no cancellation. K's half is read twice.</summary>
    /// <param name="gram">K, or the part of one layer.</param>
    /// <param name="jacobian">J, whose rounding is allowed for.</param>
    /// <param name="examples">The examples, ascending; 1 or more.</param>
    /// <param name="labels">Label vectors of these examples alone, [examples * K], centred over them.</param>
    /// <param name="cancellation">Asked before each example.</param>
    /// <exception cref="OperationCanceledException">It was asked to.</exception>
    public static CentredKernel FromGram(
        GramMatrix gram,
        JacobianOperator jacobian,
        ImmutableArray<int> examples,
        ImmutableArray<double[]> labels,
        CancellationToken cancellation)
    {
        int outputs = jacobian.Source.Outputs, count = examples.Length, rows = count * outputs;
        double[] means = new double[rows * outputs], grand = new double[outputs * outputs];
        double whole = 0;
        for (int row = 0; row < rows; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<double> entries = gram.Triangle.Elements(Place(row));
            for (int other = 0; other <= row; other++)
            {
                double entry = entries[Place(other)];
                means[(row * outputs) + (other % outputs)] += entry / count;
                if (other < row)
                    means[(other * outputs) + (row % outputs)] += entry / count;
                whole += Twice(row, other) * entry * entry;
            }
        }

        for (int row = 0; row < rows; row++)
        {
            for (int c = 0; c < outputs; c++)
                grand[(row % outputs * outputs) + c] += means[(row * outputs) + c] / count;
        }

        double[] energies = new double[labels.Length];
        double centred = 0;
        for (int row = 0; row < rows; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<double> entries = gram.Triangle.Elements(Place(row));
            int c = row % outputs;
            for (int other = 0; other <= row; other++)
            {
                int d = other % outputs;
                double entry = entries[Place(other)] - means[(row * outputs) + d] - means[(other * outputs) + c]
                    + grand[(c * outputs) + d];
                centred += Twice(row, other) * entry * entry;
                for (int m = 0; m < energies.Length; m++)
                    energies[m] += Twice(row, other) * labels[m][row] * entry * labels[m][other];
            }
        }

        double slack = Rounding(jacobian) * Math.Sqrt(whole);
        return new CentredKernel(
            [.. energies.Select((energy, m) => Enclosure.Around(energy, slack * Square(labels[m])))],
            Enclosure.Around(Math.Sqrt(centred), slack));

        int Place(int row) => (examples[row / outputs] * outputs) + (row % outputs);

        // An entry beside the diagonal stands for its mirror image, too.
        static double Twice(int row, int other) => row == other ? 1 : 2;
    }

    /// <summary>y_c^T K_c y_c / (||K_c||_F ||y_c||^2), in [0, 1]; undefined for y_c = 0, or if K_c may be 0.</summary>
    /// <param name="label">Which label vector.</param>
    /// <param name="square">||y_c||^2.</param>
    public Enclosure Alignment(int label, double square)
    {
        if (square <= 0 || Norm.Lower <= 0)
            return Enclosure.Undefined;
        Enclosure ratio = Energies[label].Times(1 / square).Over(Norm);
        return ratio with { Upper = Math.Min(1, ratio.Upper) };
    }

    /// <summary>||v||^2.</summary>
    public static double Square(double[] vector) => vector.Sum(entry => entry * entry);

    /// <summary>Worst-case rounding of sums over parameters and rows, relative to ||K||_F.</summary>
    private static double Rounding(JacobianOperator jacobian) =>
        2 * (jacobian.Rows + jacobian.Columns) * UnitRoundoff.Float64;
}
