using Spectral.Core.Randomness;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>Krylov vectors in this process' memory, one behind the other; the number of threads changes no bit.</summary>
internal sealed unsafe class HostKrylovVectors : KrylovVectors
{
    private readonly SymmetricOperator _matrix;
    private readonly WorkerTeam _team;
    private readonly AlignedMatrix _vectors;
    private readonly AlignedMatrix _left;

    /// <summary>Takes memory for all vectors.</summary>
    public HostKrylovVectors(SymmetricOperator matrix, KrylovSettings settings, WorkerTeam team)
    {
        (_matrix, _team) = (matrix, team);
        _vectors = AlignedMatrix.Unset(settings.MaximumBasis + settings.BlockSize, matrix.Order);
        _left = AlignedMatrix.Unset(settings.MaximumBasis, matrix.LeftRows);
    }

    /// <inheritdoc/>
    public override void FillRandom(RandomStream stream, int first, int count)
    {
        for (int row = first; row < first + count; row++)
            stream.FillNormal(new Span<double>(_vectors.Row(row), _matrix.Order));
    }

    /// <inheritdoc/>
    public override void Apply(int first, int count, IProgress<double> progress, CancellationToken cancellation) =>
        _matrix.Apply(
            _vectors.Row(first), count, _vectors.Row(first + count), _left.Row(first), _team, progress, cancellation);

    /// <inheritdoc/>
    public override double[] Factor(int first, int count)
    {
        double[] r = [];
        _team.Run(() => r = HouseholderQr.Factor(_vectors.Row(first), count, _matrix.Order));
        return r;
    }

    /// <inheritdoc/>
    public override double[] Against(int basis, int count, int passes) => Orthogonalization.Against(
        _vectors.Pointer, basis, _vectors.Row(basis), count, _matrix.Order, _team, passes);

    /// <inheritdoc/>
    public override void Rotate(int first, int count, double[] coefficients, int made) =>
        Rotate(_vectors, first, count, coefficients, made);

    /// <inheritdoc/>
    public override void RotateLeft(int count, double[] coefficients, int made)
    {
        if (_left.Columns > 0)
            Rotate(_left, 0, count, coefficients, made);
    }

    /// <inheritdoc/>
    public override void Move(int from, int to, int count)
    {
        long bytes = sizeof(double) * (long)count * _matrix.Order;
        Buffer.MemoryCopy(_vectors.Row(from), _vectors.Row(to), bytes, bytes);
    }

    /// <inheritdoc/>
    public override double[] Combine(int basis, double[] coefficients, int made)
    {
        using AlignedMatrix result = AlignedMatrix.Unset(made, _matrix.Order);
        Orthogonalization.Combine(_vectors.Pointer, basis, coefficients, made, _matrix.Order, result.Pointer, _team);
        return result.ToArray(0, made);
    }

    /// <inheritdoc/>
    public override (double[] Values, double[] Vectors) Eigen(double[] matrix, int size)
    {
        double[] values = [], vectors = [];
        _team.Run(() =>
        {
            using IDisposable scope = NewDisposeScope();
            (Tensor ascending, Tensor columns) = linalg.eigh(tensor(matrix, [size, size]).clone());
            values = ascending.flip(0).contiguous().data<double>().ToArray();
            vectors = columns.flip(1).contiguous().data<double>().ToArray();
        });
        return (values, vectors);
    }

    /// <inheritdoc/>
    public override (double[] Sigma, double[] Right, double[] Left) DecomposeLeft(int count)
    {
        double[] sigma = [], right = [], left = [];
        _team.Run(() =>
        {
            using IDisposable scope = NewDisposeScope();
            Tensor images = tensor(_left.ToArray(0, count), [count, _matrix.LeftRows]).t().contiguous().clone(); // [nK, m]
            (Tensor u, Tensor s, Tensor vh) = linalg.svd(images, fullMatrices: false);
            sigma = s.data<double>().ToArray();
            right = vh.t().contiguous().data<double>().ToArray(); // [m, min(nK, m)]
            left = u.t().contiguous().data<double>().ToArray(); // [min(nK, m), nK]
        });
        return (sigma, right, left);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _vectors.Dispose();
        _left.Dispose();
    }

    private void Rotate(AlignedMatrix matrix, int first, int count, double[] coefficients, int made)
    {
        const int Block = 2048;
        int length = (int)matrix.Columns;
        if (made == 0)
            return;
        using AlignedMatrix aligned = AlignedMatrix.Of(coefficients, count, made);
        double* c = aligned.Pointer;
        _team.RunBlocks(length, Block, (from, size) =>
        {
            long bytes = sizeof(double) * (long)size;
            using AlignedMatrix copy = AlignedMatrix.Unset(count, size);
            for (int row = 0; row < count; row++)
                Buffer.MemoryCopy(matrix.Row(first + row) + from, copy.Row(row), bytes, bytes);
            Blas.TransposedMultiply(
                made, size, count, 1, c, made, copy.Pointer, size, 0, matrix.Row(first) + from, length);
        });
    }
}
