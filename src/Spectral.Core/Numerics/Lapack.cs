namespace Spectral.Core.Numerics;

/// <summary>
/// The LAPACK that libtorch carries, called on memory of the caller's; matrices are column-major, as LAPACK has them.
/// Each call allocates its workspace itself. Calls compute on the calling thread alone after
/// <see cref="Blas.UseThreads"/>(1).
/// </summary>
internal static unsafe class Lapack
{
    private static readonly delegate* unmanaged<int*, int*, double*, int*, double*, double*, int*, int*, void> Dgeqrf =
        (delegate* unmanaged<int*, int*, double*, int*, double*, double*, int*, int*, void>)Blas.Find("dgeqrf_");

    private static readonly delegate* unmanaged<
        int*, int*, int*, double*, int*, double*, double*, int*, int*, void> Dorgqr =
        (delegate* unmanaged<int*, int*, int*, double*, int*, double*, double*, int*, int*, void>)Blas.Find("dorgqr_");

    private static readonly delegate* unmanaged<
        byte*, byte*, int*, double*, int*, double*, double*, int*, int*, int*, int*, void> Dsyevd =
        (delegate* unmanaged<
            byte*, byte*, int*, double*, int*, double*, double*, int*, int*, int*, int*, void>)
        Blas.Find("dsyevd_");

    private static readonly delegate* unmanaged<
        byte*, int*, int*, double*, int*, double*, double*, int*, double*, int*, double*, int*, int*, int*, void>
        Dgesdd =
        (delegate* unmanaged<
            byte*, int*, int*, double*, int*, double*, double*, int*, double*, int*, double*, int*, int*, int*, void>)
        Blas.Find("dgesdd_");

    /// <summary>The largest order whose SVD's workspace, 4n^2 + 7n elements, is counted in 32 bits.</summary>
    public const int LargestSvdOrder = 23_000;

    /// <summary>
    /// The longest workspace, in elements, that the QR of a matrix with this many columns is given here.
    /// </summary>
    public static int QrWorkspace(int columns) => Math.Max(64 * columns, 1);

    /// <summary>
    /// QR: R on and above the diagonal, Householder vectors below it, min(m, n) factors in <paramref name="tau"/>.
    /// </summary>
    /// <param name="m">Rows.</param>
    /// <param name="n">Columns.</param>
    /// <param name="a">The matrix, column-major.</param>
    /// <param name="lda">At least m.</param>
    /// <param name="tau">min(m, n) elements.</param>
    /// <param name="workspace"><see cref="QrWorkspace"/> elements.</param>
    public static void Qr(int m, int n, double* a, int lda, double* tau, double* workspace)
    {
        int length = QrWorkspace(n), result;
        Dgeqrf(&m, &n, a, &lda, tau, workspace, &length, &result);
        ThrowUnlessZero(result, "dgeqrf");
    }

    /// <summary>
    /// The first n columns of the Q that <see cref="Qr"/> left as Householder vectors, in their place.
    /// </summary>
    public static void FormQ(int m, int n, double* a, int lda, double* tau, double* workspace)
    {
        int length = QrWorkspace(n), result;
        Dorgqr(&m, &n, &n, a, &lda, tau, workspace, &length, &result);
        ThrowUnlessZero(result, "dorgqr");
    }

    /// <summary>
    /// Eigenvalues, ascending, of a symmetric matrix and, where asked for, its eigenvectors as columns in its place.
    /// </summary>
    /// <param name="n">The order, at most <see cref="SpectrumMethod.LargestOrder"/> with vectors.</param>
    /// <param name="a">The matrix; its upper triangle in column-major order, the lower one in row-major order, is
    /// read.</param>
    /// <param name="lda">At least n.</param>
    /// <param name="values">n elements.</param>
    /// <param name="vectors">Whether vectors are wanted; the matrix is destroyed either way.</param>
    public static void Eigen(int n, double* a, int lda, double* values, bool vectors)
    {
        byte job = vectors ? (byte)'V' : (byte)'N', triangle = (byte)'U';
        double length;
        int whole, query = -1, result;
        Dsyevd(&job, &triangle, &n, a, &lda, values, &length, &query, &whole, &query, &result);
        ThrowUnlessZero(result, "dsyevd");
        int reals = checked((int)length);
        using AlignedMatrix workspace = new(1, reals);
        int[] indices = new int[whole];
        fixed (int* iwork = indices)
            Dsyevd(&job, &triangle, &n, a, &lda, values, workspace.Pointer, &reals, iwork, &whole, &result);
        ThrowUnlessZero(result, "dsyevd");
    }

    /// <summary>
    /// Singular values, descending, of a square matrix and its right singular vectors. Workspace 6 n^2 elements.
    /// </summary>
    /// <param name="n">The order, at most <see cref="LargestSvdOrder"/>.</param>
    /// <param name="a">The matrix, column-major without gaps; destroyed.</param>
    /// <param name="values">n elements.</param>
    /// <param name="right">n x n elements: v_s as row s, column-major.</param>
    public static void Svd(int n, double* a, double* values, double* right)
    {
        byte job = (byte)'S';
        double length;
        int query = -1, result;
        int[] indices = new int[8L * n];
        using AlignedMatrix left = new(n, n);
        fixed (int* iwork = indices)
        {
            Dgesdd(&job, &n, &n, a, &n, values, left.Pointer, &n, right, &n, &length, &query, iwork, &result);
            ThrowUnlessZero(result, "dgesdd");
            int reals = checked((int)length);
            using AlignedMatrix workspace = new(1, reals);
            Dgesdd(&job, &n, &n, a, &n, values, left.Pointer, &n, right, &n, workspace.Pointer, &reals, iwork, &result);
            ThrowUnlessZero(result, "dgesdd");
        }
    }

    private static void ThrowUnlessZero(int result, string routine)
    {
        if (result != 0)
            throw new ArithmeticException($"LAPACK's {routine} ended with {result}");
    }
}
