using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Spectral.Core.Numerics;

/// <summary>
/// The BLAS and LAPACK that libtorch carries, called on memory of the caller's: no tensor is made, nothing is copied,
/// and the calling thread computes alone, so that the bits of a call depend on its shape and its operands only. Where
/// libtorch shows no such functions (another system's build), <see cref="IsAvailable"/> is false.
/// </summary>
/// <remarks>MKL's bits depend on the shape of a call and on the number of threads: callers fix both.</remarks>
public static unsafe class Blas
{
    private static readonly Lazy<nint> Library = new(FindLibrary);

    private static readonly delegate* unmanaged<
        byte*, byte*, int*, int*, int*, double*, double*, int*, double*, int*, double*, double*, int*, void> Dgemm =
        (delegate* unmanaged<
            byte*, byte*, int*, int*, int*, double*, double*, int*, double*, int*, double*, double*, int*, void>)
        Find("dgemm_");

    private static readonly delegate* unmanaged<int, int> SetThreadsLocal =
        (delegate* unmanaged<int, int>)Find("MKL_Set_Num_Threads_Local");

    /// <summary>Whether libtorch is loaded and shows the functions that this class needs.</summary>
    public static bool IsAvailable => Dgemm is not null && SetThreadsLocal is not null;

    /// <summary>Makes every later call on the calling thread use this many threads; 0 ends that.</summary>
    /// <returns>The number before, 0 for none.</returns>
    public static int UseThreads(int threads) => SetThreadsLocal(threads);

    /// <summary>
    /// The address of an exported function of libtorch's BLAS or LAPACK, such as <c>dgeqrf_</c>; 0 where there is none.
    /// </summary>
    public static nint Find(string name) =>
        Library.Value != 0 && NativeLibrary.TryGetExport(Library.Value, name, out nint address) ? address : 0;

    /// <summary>
    /// C = alpha A op B + beta C for row-major matrices: A [m, k], B [n, k] taken transposed, C [m, n].
    /// </summary>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Rows of B, columns of C.</param>
    /// <param name="k">Columns of A and B.</param>
    /// <param name="alpha">Factor of the product.</param>
    /// <param name="a">A, row stride <paramref name="lda"/>.</param>
    /// <param name="lda">At least k.</param>
    /// <param name="b">B, row stride <paramref name="ldb"/>.</param>
    /// <param name="ldb">At least k.</param>
    /// <param name="beta">Factor of what C held; 0 overwrites it, whatever it is.</param>
    /// <param name="c">C, row stride <paramref name="ldc"/>.</param>
    /// <param name="ldc">At least n.</param>
    public static void MultiplyTransposed(
        int m, int n, int k, double alpha, double* a, int lda, double* b, int ldb, double beta, double* c, int ldc) =>
        Gemm((byte)'T', (byte)'N', n, m, k, alpha, b, ldb, a, lda, beta, c, ldc);

    /// <summary>C = alpha A B + beta C for row-major matrices: A [m, k], B [k, n], C [m, n].</summary>
    public static void Multiply(
        int m, int n, int k, double alpha, double* a, int lda, double* b, int ldb, double beta, double* c, int ldc) =>
        Gemm((byte)'N', (byte)'N', n, m, k, alpha, b, ldb, a, lda, beta, c, ldc);

    /// <summary>C = alpha A^T B + beta C for row-major matrices: A [k, m], B [k, n], C [m, n].</summary>
    public static void TransposedMultiply(
        int m, int n, int k, double alpha, double* a, int lda, double* b, int ldb, double beta, double* c, int ldc) =>
        Gemm((byte)'N', (byte)'T', n, m, k, alpha, b, ldb, a, lda, beta, c, ldc);

    /// <summary>C = alpha A^T B^T + beta C for row-major matrices: A [k, m], B [n, k], C [m, n].</summary>
    public static void TransposedMultiplyTransposed(
        int m, int n, int k, double alpha, double* a, int lda, double* b, int ldb, double beta, double* c, int ldc) =>
        Gemm((byte)'T', (byte)'T', n, m, k, alpha, b, ldb, a, lda, beta, c, ldc);

    /// <summary>BLAS's own dgemm, column-major, exactly as it is specified.</summary>
    private static void Gemm(
        byte transposeA, byte transposeB, int m, int n, int k, double alpha, double* a, int lda, double* b, int ldb,
        double beta, double* c, int ldc) =>
        Dgemm(&transposeA, &transposeB, &m, &n, &k, &alpha, a, &lda, b, &ldb, &beta, c, &ldc);

    /// <summary>The libtorch that this process has loaded, whatever brought it here; 0 before that.</summary>
    private static nint FindLibrary()
    {
        using Process self = Process.GetCurrentProcess();
        foreach (ProcessModule module in self.Modules)
        {
            string name = module.FileName is { } path ? Path.GetFileName(path) : "";
            if (name.Contains("torch_cpu", StringComparison.Ordinal)
                && NativeLibrary.TryLoad(module.FileName!, out nint handle))
            {
                return handle;
            }
        }

        return 0;
    }
}
