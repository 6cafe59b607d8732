using Spectral.Core.Randomness;

namespace Spectral.Core.Numerics;

/// <summary>
/// Eigenvectors of a symmetric band matrix for eigenvalues that are known: inverse iteration for each, then
/// Rayleigh-Ritz on the span of all, so that vectors of close eigenvalues are as orthogonal as any.
/// </summary>
internal static unsafe class BandVectors
{
    /// <summary>
    /// Columns of unit length that keep less than this beside the columns before them are iterated again from what they
    /// keep: two shifts had found the same vector of a cluster.
    /// </summary>
    private const double LeastKept = 0.1;

    private const int MostRounds = 4;

    /// <summary>The eigenvectors as orthonormal columns [N, q].</summary>
    /// <param name="band">The matrix B.</param>
    /// <param name="values">The q largest eigenvalues, descending, each to a few u ||B||.</param>
    /// <param name="settings">Threads and cancellation.</param>
    public static AlignedMatrix Find(SymmetricBand band, ReadOnlySpan<double> values, EigenSettings settings)
    {
        int n = band.Order, q = values.Length;
        AlignedMatrix result = new(n, q);
        if (q == 0)
            return result;
        using AlignedMatrix vectors = new(q, n); // one a row
        double[] shifts = values.ToArray();
        double norm = Math.Max(band.LargestRowSum(), double.Epsilon);
        for (int s = 0; s < q; s++)
            new RandomStream(1, "inverse-iteration", (ulong)s).FillNormal(new Span<double>(vectors.Row(s), n));
        bool[] wanted = [.. shifts.Select(_ => true)];
        using WorkerTeam team = new(settings.Threads);
        for (int round = 0; round < MostRounds && wanted.Contains(true); round++)
        {
            Iterate(band, norm, shifts, wanted, vectors, team, settings.Cancellation);
            team.Run(() => wanted = Orthonormalise(vectors));
        }

        team.Run(() => RayleighRitz(band, vectors, result));
        return result;
    }

    private static void Iterate(
        SymmetricBand band,
        double norm,
        double[] shifts,
        bool[] wanted,
        AlignedMatrix vectors,
        WorkerTeam team,
        CancellationToken cancellation) =>
        team.Run(
            shifts.Length,
            () => new BandLu(band, norm),
            (s, factors) =>
            {
                if (!wanted[s])
                    return;
                factors.Factor(shifts[s]);
                for (int i = 0; i < 2; i++)
                {
                    Normalise(vectors.Row(s), band.Order);
                    factors.Solve(vectors.Row(s));
                }

                Normalise(vectors.Row(s), band.Order);
            },
            cancellation);

    /// <summary>QR of the vectors; tells which kept too little of themselves.</summary>
    private static bool[] Orthonormalise(AlignedMatrix vectors)
    {
        int n = (int)vectors.Columns, q = (int)vectors.Rows;
        using AlignedMatrix small = new(1, q + Lapack.QrWorkspace(q));
        double* tau = small.Pointer;
        Lapack.Qr(n, q, vectors.Pointer, n, tau, tau + q);
        bool[] lost = [.. Enumerable.Range(0, q).Select(s => Math.Abs(vectors[s, s]) < LeastKept)];
        Lapack.FormQ(n, q, vectors.Pointer, n, tau, tau + q);
        return lost;
    }

    /// <summary>Eigenvectors of the matrix that B is on the span, the largest value first.</summary>
    private static void RayleighRitz(SymmetricBand band, AlignedMatrix vectors, AlignedMatrix result)
    {
        int n = band.Order, q = (int)vectors.Rows;
        using AlignedMatrix products = new(q, n), projected = new(q, q), turned = new(q, q);
        for (int s = 0; s < q; s++)
            band.Multiply(vectors.Row(s), products.Row(s));
        Blas.MultiplyTransposed(q, q, n, 1, vectors.Pointer, n, products.Pointer, n, 0, projected.Pointer, q);
        double[] ascending = new double[q];
        fixed (double* values = ascending)
            Lapack.Eigen(q, projected.Pointer, q, values, vectors: true);
        // Row s of the projected matrix is now the vector of its s-th smallest value.
        for (int s = 0; s < q; s++)
            new Span<double>(projected.Row(q - 1 - s), q).CopyTo(new Span<double>(turned.Row(s), q));
        Blas.TransposedMultiplyTransposed(n, q, q, 1, vectors.Pointer, n, turned.Pointer, q, 0, result.Pointer, q);
    }

    private static void Normalise(double* x, int n)
    {
        double largest = 0, sum = 0;
        for (int i = 0; i < n; i++)
            largest = Math.Max(largest, Math.Abs(x[i]));
        for (int i = 0; i < n; i++)
        {
            x[i] /= largest;
            sum += x[i] * x[i];
        }

        double factor = 1 / Math.Sqrt(sum);
        for (int i = 0; i < n; i++)
            x[i] *= factor;
    }
}
