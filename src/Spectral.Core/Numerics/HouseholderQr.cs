namespace Spectral.Core.Numerics;

/// <summary>QR by LAPACK's Householder reflectors, in place, of vectors that lie one behind the other in
/// memory.</summary>
internal static unsafe class HouseholderQr
{
    private static readonly delegate* unmanaged<int*, int*, double*, int*, double*, double*, int*, int*, void> Geqrf =
        (delegate* unmanaged<int*, int*, double*, int*, double*, double*, int*, int*, void>)Blas.Find("dgeqrf_");

    private static readonly delegate* unmanaged<
        int*, int*, int*, double*, int*, double*, double*, int*, int*, void> Orgqr =
        (delegate* unmanaged<int*, int*, int*, double*, int*, double*, double*, int*, int*, void>)Blas.Find("dorgqr_");

    /// <summary>
    /// Replaces the vectors z_j by orthonormal q_j of the same span and gives R with z_j = sum_i R[i, j] q_i, upper
    /// triangular [count, count] row-major. Where z_j depends on those before it, R[j, j] is of the size of rounding
    /// and q_j is any direction. Cost: 4 length count^2 flops on the calling thread.
    /// </summary>
    /// <param name="vectors">[count, length], row-major.</param>
    /// <param name="count">1 or more, at most <paramref name="length"/>.</param>
    /// <param name="length">The vectors' length.</param>
    public static double[] Factor(double* vectors, int count, int length)
    {
        // A row of ours is a column of LAPACK's.
        int rows = length, columns = count, info = 0, size = Math.Max(1, 64 * count);
        using AlignedMatrix tau = AlignedMatrix.Unset(1, count), work = AlignedMatrix.Unset(1, size);
        double[] r = new double[count * count];
        Geqrf(&rows, &columns, vectors, &rows, tau.Pointer, work.Pointer, &size, &info);
        Require(info, "dgeqrf");
        for (int j = 0; j < count; j++)
        {
            for (int i = 0; i <= j; i++)
                r[(i * count) + j] = vectors[((long)j * length) + i];
        }

        Orgqr(&rows, &columns, &columns, vectors, &rows, tau.Pointer, work.Pointer, &size, &info);
        Require(info, "dorgqr");
        return r;
    }

    private static void Require(int info, string name)
    {
        if (info != 0)
            throw new InvalidOperationException(FormattableString.Invariant($"LAPACK's {name} reports {info}"));
    }
}
