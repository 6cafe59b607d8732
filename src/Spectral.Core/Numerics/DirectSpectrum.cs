using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// A Jacobian's full spectrum from the matrix itself: QR of its longer side, then the SVD of the triangle. Backward
/// stable, so that every singular value's absolute error is a small multiple of u sigma_1; the Gram matrix would square
/// the small ones away.
/// </summary>
public static class DirectSpectrum
{
    /// <summary>
    /// The absolute error of a singular value is taken as at most max(nK, p) 2u sigma_1: rounding in the network's own
    /// backward pass, in the QR and in the SVD together (the convention of NumPy's and MATLAB's <c>rank</c>).
    /// </summary>
    public static double TrustFloor(long rows, long columns, double largest) =>
        Math.Max(rows, columns) * 2 * UnitRoundoff.Float64 * largest;

    /// <summary>Decomposes J and expresses vectors of R^{nK} in its left singular vectors.</summary>
    /// <param name="jacobian">J [nK, p], binary64, finite.</param>
    /// <param name="vectors">The vectors, [nK, m], binary64, on the same device.</param>
    /// <returns>Spectrum, projections in the order of the vectors, and U [nK, min(nK, p)], owned by the caller's scope.</returns>
    /// <exception cref="ArgumentException">
    /// J is not binary64 or not finite, or its shorter side is above <see cref="SpectrumMethod.LargestOrder"/>.
    /// </exception>
    public static (SingularSpectrum Spectrum, ImmutableArray<ProjectedVector> Vectors, Tensor LeftVectors) Decompose(
        Tensor jacobian, Tensor vectors)
    {
        if (jacobian.dtype != ScalarType.Float64)
            throw new ArgumentException("a spectrum is computed in binary64", nameof(jacobian));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            Math.Min(jacobian.shape[0], jacobian.shape[1]), SpectrumMethod.LargestOrder, nameof(jacobian));
        using IDisposable scope = NewDisposeScope();
        if (!jacobian.isfinite().all().item<bool>())
            throw new NotFiniteException("the Jacobian has NaN or infinite entries");

        long rows = jacobian.shape[0], columns = jacobian.shape[1];
        (Tensor left, Tensor sigma) = Factor(jacobian); // [nK, m], [m]
        left = WithLargestEntryPositive(left);
        double[] values = sigma.cpu().data<double>().ToArray();
        SingularSpectrum spectrum = new(
            [.. values], TrustFloor(rows, columns, values.Length == 0 ? 0 : values[0]), rows, columns, "direct");

        Tensor coefficients = left.t().mm(vectors); // [min(nK, p), m]
        Tensor outside = vectors - left.mm(coefficients); // [nK, m]
        double[] outsideNorms = outside.Squared().sum(dim: 0).sqrt().cpu().data<double>().ToArray();
        double[] norms = vectors.Squared().sum(dim: 0).sqrt().cpu().data<double>().ToArray();
        Tensor byVector = coefficients.t().contiguous().cpu(); // [m, min(nK, p)]
        ImmutableArray<ProjectedVector> projections =
        [
            .. Enumerable.Range(0, norms.Length).Select(index => new ProjectedVector(
                [.. byVector[index].data<double>().ToArray()], outsideNorms[index], norms[index])),
        ];
        return (spectrum, projections, left.MoveToOuterDisposeScope());
    }

    /// <summary>
    /// Left singular vectors and values; the longer side goes through QR, whose cost is linear in it.
    /// </summary>
    private static (Tensor Left, Tensor Sigma) Factor(Tensor jacobian)
    {
        if (jacobian.shape[0] <= jacobian.shape[1])
        {
            // J^T = Q R, so J = R^T Q^T and R^T has J's left vectors and values.
            (_, Tensor r) = linalg.qr(jacobian.t(), linalg.QRMode.R); // [nK, nK]
            (Tensor u, Tensor s, _) = linalg.svd(r.t(), fullMatrices: false);
            return (u, s);
        }

        (Tensor q, Tensor triangle) = linalg.qr(jacobian); // [nK, p], [p, p]
        (Tensor inner, Tensor sigma, _) = linalg.svd(triangle, fullMatrices: false);
        return (q.mm(inner), sigma);
    }

    /// <summary>A singular vector's sign is free: the entry of largest magnitude is made positive.</summary>
    private static Tensor WithLargestEntryPositive(Tensor left)
    {
        Tensor largest = left.gather(0, left.abs().argmax(0).unsqueeze(0)); // [1, m]
        using TorchSharp.Scalar zero = 0.0;
        return left * where(largest.lt(zero), -ones_like(largest), ones_like(largest));
    }
}
