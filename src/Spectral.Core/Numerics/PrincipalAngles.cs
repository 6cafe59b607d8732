using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// The principal angles between two subspaces of R^N and how much they overlap. Angles near 0 come from their sines,
/// others
/// from their cosines, so that all are known to about u (Bjorck and Golub 1973).
/// </summary>
/// <param name="Radians">min(r, r') angles in [0, pi/2], ascending.</param>
/// <param name="Overlap">||U^T V||_F^2 / min(r, r'), the mean squared cosine, in [0, 1].</param>
public sealed record PrincipalAngles(ImmutableArray<double> Radians, double Overlap)
{
    /// <summary>Compares two subspaces. Cost: about 4 N r r' + 2 N r^2 flops, on torch's threads.</summary>
    /// <param name="one">Orthonormal columns [N, r], row-major.</param>
    /// <param name="other">Orthonormal columns [N, r'], row-major.</param>
    /// <param name="rows">N.</param>
    /// <exception cref="ArgumentException">A subspace is empty, or the elements are no such columns.</exception>
    public static PrincipalAngles Between(ReadOnlyMemory<double> one, ReadOnlyMemory<double> other, int rows)
    {
        if (one.IsEmpty || other.IsEmpty || one.Length % rows != 0 || other.Length % rows != 0)
            throw new ArgumentException($"{one.Length} and {other.Length} elements in {rows} rows", nameof(other));
        using IDisposable scope = NewDisposeScope();
        bool isOrdered = one.Length <= other.Length;
        ReadOnlyMemory<double> few = isOrdered ? one : other, many = isOrdered ? other : one;
        Tensor small = tensor(few.ToArray(), rows, few.Length / rows); // [N, r]
        Tensor large = tensor(many.ToArray(), rows, many.Length / rows); // [N, r']
        Tensor inside = large.t().mm(small); // [r', r]
        Tensor outside = small - large.mm(inside); // [N, r]
        double[] cosines = [.. linalg.svdvals(inside).data<double>()]; // descending
        double[] sines = [.. linalg.svdvals(outside).data<double>()];
        int count = few.Length / rows;
        // The largest cosine belongs to the smallest sine.
        return new PrincipalAngles(
            [.. Enumerable.Range(0, count).Select(i => Angle(cosines[i], sines[count - 1 - i]))],
            inside.Squared().sum().item<double>() / count);
    }

    private static double Angle(double cosine, double sine) =>
        sine < cosine ? Math.Asin(Math.Min(1, sine)) : Math.Acos(Math.Min(1, cosine));
}
