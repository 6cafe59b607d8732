namespace Spectral.Core.Numerics;

/// <summary>
/// The kernel of the infinitely wide hidden layer, H [n, n]: H_ij = x_i^T x_j E phi'(x_i^T w) phi'(x_j^T w), w ~ N(0,
/// I). The multiclass neural tangent kernel is H (x) I_K in sample-major order, Sigma(X) of arXiv:1906.05392v2,
/// definition 3.1 (there I_K (x) H, class by class): each of its eigenvalues stands K times or a multiple of it, and it
/// is never formed.
/// </summary>
public sealed class WideNetworkKernel : IDisposable
{
    private WideNetworkKernel(AlignedMatrix matrix, double error)
    {
        Matrix = matrix;
        Error = error;
    }

    /// <summary>H, symmetric.</summary>
    public AlignedMatrix Matrix { get; }

    /// <summary>A bound of the error of every eigenvalue from quadrature: of the spectral norm of H's error.</summary>
    public double Error { get; }

    /// <summary>Bytes that H and its decomposition take, about.</summary>
    /// <param name="examples">n.</param>
    public static double Bytes(int examples) => 8.0 * examples * (examples + 1000.0);

    /// <summary>Makes H. Cost: n^2 (d + what the slope kernel takes for a pair) flops.</summary>
    /// <param name="inputs">X [n, d], row-major.</param>
    /// <param name="examples">n, 1 or more.</param>
    /// <param name="kernel">The activation's slope kernel.</param>
    /// <param name="cancellation">Asked before each row.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static WideNetworkKernel Of(
        ReadOnlyMemory<double> inputs, int examples, SlopeKernel kernel, CancellationToken cancellation)
    {
        int width = inputs.Length / examples;
        double[] norms = [.. Enumerable.Range(0, examples).Select(i => Math.Sqrt(Product(i, i)))];
        PreparedSlopeKernel slopes = kernel.For(norms);
        AlignedMatrix matrix = new(examples, examples);
        for (int i = 0; i < examples; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int j = 0; j <= i; j++)
            {
                double product = Product(i, j), length = norms[i] * norms[j];
                double value = length == 0 ? 0
                    : product * slopes.Value(i, j, i == j ? 1 : Math.Clamp(product / length, -1, 1));
                matrix[i, j] = value;
                matrix[j, i] = value;
            }
        }

        // Each entry is off by x_i^T x_j times the kernel's error at most: ||E|| <= ||E||_F <= error sum ||x_i||^2.
        return new WideNetworkKernel(matrix, slopes.Error * norms.Sum(norm => norm * norm));

        double Product(int i, int j) =>
            ManagedProduct.Dot(inputs.Span.Slice(i * width, width), inputs.Span.Slice(j * width, width));
    }

    /// <summary>
    /// The singular values of Sigma(X)^(1/2), each of the n once where Sigma(X) has it K times, and the energies of a
    /// vector of R^{nK} in their eigenspaces: coefficient s is the root of the energy on all K copies.
    /// </summary>
    /// <param name="vector">v [nK], row (i, c) = i*K + c.</param>
    /// <param name="settings">Threads and cancellation.</param>
    /// <remarks>H is overwritten. Cost: 4/3 n^3 flops.</remarks>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public unsafe (SingularSpectrum Spectrum, ProjectedVector Vector) Decompose(
        ReadOnlySpan<double> vector, EigenSettings settings)
    {
        int n = checked((int)Matrix.Rows);
        using AlignedMatrix columns = AlignedMatrix.Of(vector, n, vector.Length / n); // [n, K]
        using GramSpectrum found = GramSpectrum.Decompose(Matrix.Pointer, n, n, n, columns, settings);
        double error = found.Spectrum.SquareError + Error;
        double[] coefficients = new double[n];
        for (int s = 0; s < n; s++)
            coefficients[s] = Math.Sqrt(found.Vectors.Sum(column => column.Coefficients[s] * column.Coefficients[s]));
        return (
            found.Spectrum with { SquareError = error, TrustFloor = Math.Sqrt(error) },
            new ProjectedVector(
                [.. coefficients], 0, Math.Sqrt(found.Vectors.Sum(column => column.Norm * column.Norm))));
    }

    /// <inheritdoc/>
    public void Dispose() => Matrix.Dispose();
}
