using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// A Jacobian's full spectrum from a Gram matrix on a device, with its eigenvectors, by libtorch's <c>eigh</c> in binary64:
/// what <see cref="GramSpectrum"/> is on the CPU.
/// </summary>
public sealed class DeviceSpectrum : IDisposable
{
    /// <summary>
    /// The error of an eigenvalue that is allowed for in binary32, in units of u ||G||_F: the network's own backward pass
    /// adds more to it there than a product's rounding does. At most 33 was measured (docs/accuracy.md).
    /// </summary>
    public const double ErrorFactor32 = 64;

    /// <summary>
    /// What a row of J that was differentiated in binary32 is off by, in parts of its norm: the root-mean-square of the
    /// same rounding that <see cref="ErrorFactor32"/> allows for in G, where it counts twice.
    /// </summary>
    public const double RoundingOfRows32 = ErrorFactor32 / 2 * UnitRoundoff.Float32;

    private readonly Tensor _vectors;
    private readonly AlignedMatrix _projected;

    private DeviceSpectrum(
        Tensor vectors, AlignedMatrix projected, SingularSpectrum spectrum, ImmutableArray<ProjectedVector> coordinates)
    {
        (_vectors, _projected, Spectrum, Vectors) = (vectors, projected, spectrum, coordinates);
    }

    /// <summary>Singular values of J, with the floor and what was negative.</summary>
    public SingularSpectrum Spectrum { get; }

    /// <summary>The given vectors in J's left singular vectors, in their order; signs are free.</summary>
    public ImmutableArray<ProjectedVector> Vectors { get; }

    /// <summary>
    /// The bound taken for the error of every eigenvalue of G: units of roundoff of the element type in which J was
    /// differentiated and multiplied times ||G||_F, <see cref="GramSpectrum.ErrorFactor"/> of them in binary64 and
    /// <see cref="ErrorFactor32"/> in binary32.
    /// </summary>
    /// <param name="type">The factors' element type.</param>
    /// <param name="frobeniusNorm">||G||_F.</param>
    public static double SquareError(ScalarType type, double frobeniusNorm) => type == ScalarType.Float32
        ? ErrorFactor32 * UnitRoundoff.Float32 * frobeniusNorm
        : GramSpectrum.SquareError(frobeniusNorm);

    /// <summary>Decomposes G, which is left as it is.</summary>
    /// <param name="gram">G [nK, nK], binary64, on any device.</param>
    /// <param name="type">The element type in which it was computed, which decides the floor.</param>
    /// <param name="parameters">p; J has min(nK, p) singular values.</param>
    /// <param name="vectors">The vectors as columns [nK, m].</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">The device's solver failed, or its memory ran
    /// out.</exception>
    public static DeviceSpectrum Decompose(Tensor gram, ScalarType type, long parameters, AlignedMatrix vectors)
    {
        using IDisposable scope = NewDisposeScope();
        using IDisposable graphless = no_grad();
        int rows = checked((int)gram.shape[0]), rank = (int)Math.Min(rows, parameters);
        (Tensor ascending, Tensor eigenvectors) = linalg.eigh(gram); // [nK], [nK, nK], ascending
        double[] values = [.. ascending.cpu().data<double>().ToArray().Reverse()];
        double error = SquareError(type, Math.Sqrt(values.Sum(value => value * value)));
        SingularSpectrum spectrum = new(
            [.. values.Take(rank).Select(value => Math.Sqrt(Math.Max(0, value)))],
            Math.Sqrt(error),
            rows,
            parameters,
            SpectrumMethod.Gram)
        {
            SquareError = error,
            NegativeCount = values.Count(value => value < 0),
            MostNegative = Math.Min(0, values[^1]),
        };
        using AlignedMatrix coefficients = AlignedMatrix.Of(
            eigenvectors.t().mm(Here(vectors).to(gram.device)).flip(0).t()); // [m, nK]
        return new DeviceSpectrum(
            eigenvectors.DetachFromDisposeScope(), vectors.Copy(), spectrum, Project(coefficients, vectors, rank));
    }

    /// <summary>
    /// The first q left singular vectors as columns [nK, q], the largest entry of each positive, and the given vectors with
    /// their first q coordinates taken from these.
    /// </summary>
    /// <param name="count">q, 0 to min(nK, p).</param>
    public (AlignedMatrix LeftVectors, ImmutableArray<ProjectedVector> Vectors) LeadingVectors(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Spectrum.Values.Length);
        using IDisposable scope = NewDisposeScope();
        AlignedMatrix left = AlignedMatrix.Of(_vectors.narrow(1, _vectors.shape[1] - count, count).flip(1));
        LeftProjection.FixSigns(left);
        using AlignedMatrix coefficients = LeftProjection.Coefficients(_projected, left);
        return (left,
        [
            .. Vectors.Select((vector, j) => vector with
            {
                Coefficients =
                    [.. Enumerable.Range(0, count).Select(s => coefficients[j, s]), .. vector.Coefficients.Skip(count)],
            }),
        ]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _vectors.Dispose();
        _projected.Dispose();
    }

    private static Tensor Here(AlignedMatrix matrix) => tensor(matrix.ToArray(), [matrix.Rows, matrix.Columns]);

    private static ImmutableArray<ProjectedVector> Project(AlignedMatrix coefficients, AlignedMatrix vectors, int rank)
    {
        int n = (int)vectors.Rows;
        return
        [
            .. Enumerable.Range(0, (int)vectors.Columns).Select(j => new ProjectedVector(
                [.. Enumerable.Range(0, rank).Select(s => coefficients[j, s])],
                Math.Sqrt(Enumerable.Range(rank, n - rank).Sum(s => coefficients[j, s] * coefficients[j, s])),
                LeftProjection.ColumnNorm(vectors, j))),
        ];
    }
}
