namespace Spectral.Core.Numerics;

/// <summary>
/// What one worker needs while it computes canonical blocks: numbered pieces of memory that grow to what was asked for,
/// and the matrix products, by libtorch's BLAS or in managed code.
/// </summary>
/// <param name="useBlas">Whether products go to <see cref="Blas"/>.</param>
internal sealed unsafe class BlockScratch(bool useBlas) : IDisposable
{
    private readonly List<AlignedMemory> _pieces = [];

    /// <summary>At least so many numbers, left as they were or undefined after growth.</summary>
    /// <param name="piece">0, 1, ...: what the numbers are for.</param>
    /// <param name="count">How many.</param>
    public double* Take(int piece, long count)
    {
        while (_pieces.Count <= piece)
            _pieces.Add(new AlignedMemory(0));
        if (_pieces[piece].Count < count)
        {
            _pieces[piece].Dispose();
            _pieces[piece] = new AlignedMemory(count);
        }

        return _pieces[piece].Pointer;
    }

    /// <summary>C = A B^T + beta C, row-major: A [m, k], B [n, k], C [m, n].</summary>
    public void MultiplyTransposed(
        int m, int n, int k, double* a, long lda, double* b, long ldb, double beta, double* c, long ldc)
    {
        if (useBlas)
            Blas.MultiplyTransposed(m, n, k, 1, a, checked((int)lda), b, checked((int)ldb), beta, c, checked((int)ldc));
        else
            ManagedProduct.MultiplyTransposed(m, n, k, a, lda, b, ldb, beta, c, ldc);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (AlignedMemory piece in _pieces)
            piece.Dispose();
    }
}
