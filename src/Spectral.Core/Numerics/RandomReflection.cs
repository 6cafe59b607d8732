using Spectral.Core.Randomness;

namespace Spectral.Core.Numerics;

/// <summary>
/// A := H A H with H = I - 2 v v^T and v a random direction, before anything else. Gram matrices of repeated or centred
/// examples have many equal entries, whose rounding errors are equal too and add up: on constant matrices of order
/// 1,600 the eigenvalues of LAPACK were off by 512 u lambda_1 and those of the stages alone by 750, after this by 7.
/// Cost 6 N^2 flops.
/// </summary>
internal sealed unsafe class RandomReflection : IDisposable
{
    private readonly int _n;
    private readonly AlignedMatrix _left; // [v w]
    private readonly AlignedMatrix _right; // [w v]
    private readonly AlignedMatrix _v;
    private readonly AlignedMatrix _product;

    /// <summary>Draws v; always the same for an order.</summary>
    public RandomReflection(int order)
    {
        _n = order;
        (_left, _right) = (new AlignedMatrix(order, 2), new AlignedMatrix(order, 2));
        (_v, _product) = (new AlignedMatrix(order, 1), new AlignedMatrix(order, 1));
        Span<double> v = new(_v.Pointer, order);
        new RandomStream(1, "eigen/reflection").FillNormal(v);
        double sum = 0;
        foreach (double x in v)
            sum += x * x;
        double factor = 1 / Math.Sqrt(sum);
        foreach (ref double x in v)
            x *= factor;
    }

    /// <summary>Reflects A from both sides; every worker of the team calls this.</summary>
    public void Reflect(WorkerTeam team, int worker, SymmetricTiles tiles)
    {
        using AlignedMatrix part = new(SymmetricTiles.BlockRows, 1);
        for (int block = team.Take(); block < tiles.Blocks; block = team.Take())
        {
            tiles.Rows(block, 0, out int from, out int to);
            tiles.Multiply(from, to, 0, _v.Pointer, 1, 1, _product.Row(from), part.Pointer);
        }

        team.Meet();
        if (worker == 0)
            FormUpdate();
        team.Meet();
        for (int block = team.Take(); block < tiles.Blocks; block = team.Take())
        {
            tiles.Rows(block, 0, out int from, out int to);
            tiles.Subtract(from, to, 0, to, _left.Pointer, _right.Pointer, 2);
        }
    }

    /// <summary>C := H C for C [N, m] without gaps.</summary>
    public void Reflect(double* c, int columns)
    {
        if (columns == 0)
            return;
        using AlignedMatrix sums = new(1, columns);
        Blas.TransposedMultiply(1, columns, _n, 1, _v.Pointer, 1, c, columns, 0, sums.Pointer, columns);
        Blas.Multiply(_n, columns, 1, -2, _v.Pointer, 1, sums.Pointer, columns, 1, c, columns);
    }

    /// <summary>C := C H for C [m, N] without gaps.</summary>
    public void ReflectFromTheRight(double* c, int rows)
    {
        using AlignedMatrix sums = new(rows, 1);
        Blas.Multiply(rows, 1, _n, 1, c, _n, _v.Pointer, 1, 0, sums.Pointer, 1);
        Blas.Multiply(rows, _n, 1, -2, sums.Pointer, 1, _v.Pointer, _n, 1, c, _n);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (AlignedMatrix matrix in new[] { _left, _right, _v, _product })
            matrix.Dispose();
    }

    /// <summary>H A H = A - v w^T - w v^T with w = 2 A v - 2 &lt;v, A v&gt; v.</summary>
    private void FormUpdate()
    {
        double inner = 0;
        for (int i = 0; i < _n; i++)
            inner += _v[i, 0] * _product[i, 0];
        for (int i = 0; i < _n; i++)
        {
            _left[i, 0] = _right[i, 1] = _v[i, 0];
            _left[i, 1] = _right[i, 0] = 2 * (_product[i, 0] - (inner * _v[i, 0]));
        }
    }
}
