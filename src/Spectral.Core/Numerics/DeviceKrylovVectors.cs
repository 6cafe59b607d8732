using Spectral.Core.Randomness;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// Krylov vectors on the device of an operator, computed with by libtorch's operations: nothing of their length crosses to
/// the CPU but the first random block, and the left vectors at the end.
/// </summary>
internal sealed class DeviceKrylovVectors : KrylovVectors
{
    private readonly DeviceRowOperator _matrix;
    private readonly Tensor _vectors; // [most, d]
    private readonly Tensor _left; // [most, nK]

    /// <summary>Takes memory for all vectors.</summary>
    public DeviceKrylovVectors(DeviceRowOperator matrix, KrylovSettings settings)
    {
        _matrix = matrix;
        _vectors = Memory(settings.MaximumBasis + settings.BlockSize, matrix.Order);
        _left = Memory(settings.MaximumBasis, matrix.LeftRows);

        Tensor Memory(int count, int length) =>
            empty([count, length], ScalarType.Float64, matrix.Device).DetachFromDisposeScope();
    }

    /// <summary>Bytes of all vectors and of one block's images.</summary>
    public static double Bytes(KrylovSettings settings, double order, double leftRows)
    {
        double block = Math.Min(settings.BlockSize, order), basis = Math.Min(settings.MaximumBasis, order);
        return sizeof(double) * (((basis + (2 * block)) * order) + (basis * leftRows));
    }

    /// <inheritdoc/>
    public override void FillRandom(RandomStream stream, int first, int count)
    {
        using IDisposable scope = Work();
        double[] drawn = new double[_matrix.Order];
        for (int row = first; row < first + count; row++)
        {
            stream.FillNormal(drawn);
            _vectors[row].copy_(tensor(drawn, ScalarType.Float64));
        }
    }

    /// <inheritdoc/>
    public override void Apply(int first, int count, IProgress<double> progress, CancellationToken cancellation)
    {
        using IDisposable scope = Work();
        _matrix.Apply(
            Rows(first, count), Rows(first + count, count), _left.narrow(0, first, count), progress, cancellation);
    }

    /// <inheritdoc/>
    public override double[] Factor(int first, int count)
    {
        using IDisposable scope = Work();
        Tensor rows = Rows(first, count);
        (Tensor q, Tensor r) = linalg.qr(rows.t()); // [d, count], [count, count]
        rows.copy_(q.t());
        return Here(r);
    }

    /// <inheritdoc/>
    public override double[] Against(int basis, int count, int passes)
    {
        if (basis == 0)
            return [];
        using IDisposable scope = Work();
        Tensor vectors = Rows(0, basis), block = Rows(basis, count);
        Tensor sum = zeros([basis, count], ScalarType.Float64, _matrix.Device);
        for (int pass = 0; pass < passes; pass++)
        {
            Tensor part = vectors.mm(block.t()); // [basis, count]
            block.addmm_(part.t(), vectors, 1, -1);
            sum.PlusInPlace(part);
        }

        return Here(sum);
    }

    /// <inheritdoc/>
    public override void Rotate(int first, int count, double[] coefficients, int made) =>
        Rotate(_vectors, first, count, coefficients, made);

    /// <inheritdoc/>
    public override void RotateLeft(int count, double[] coefficients, int made) =>
        Rotate(_left, 0, count, coefficients, made);

    /// <inheritdoc/>
    public override void Move(int from, int to, int count)
    {
        using IDisposable scope = Work();
        Rows(to, count).copy_(Rows(from, count).clone());
    }

    /// <inheritdoc/>
    /// <remarks>Never asked for: an operator on a device has left images.</remarks>
    public override double[] Combine(int basis, double[] coefficients, int made) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override (double[] Values, double[] Vectors) Eigen(double[] matrix, int size)
    {
        using IDisposable scope = Work();
        (Tensor ascending, Tensor columns) = linalg.eigh(There(matrix, size, size));
        return (Here(ascending.flip(0)), Here(columns.flip(1)));
    }

    /// <inheritdoc/>
    /// <remarks>By a QR of the images on the device, and the SVD of its small triangle on the CPU.</remarks>
    public override (double[] Sigma, double[] Right, double[] Left) DecomposeLeft(int count)
    {
        using IDisposable scope = Work();
        (Tensor q, Tensor r) = linalg.qr(_left.narrow(0, 0, count).t()); // [nK, min], [min, m]
        (Tensor u, Tensor sigma, Tensor right) = linalg.svd(r.cpu(), fullMatrices: false); // [min, min], [min], [min, m]
        Tensor left = q.mm(u.to(_matrix.Device)).t(); // [min, nK]
        return (Here(sigma), Here(right.t()), Here(left));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _vectors.Dispose();
        _left.Dispose();
    }

    private void Rotate(Tensor matrix, int first, int count, double[] coefficients, int made)
    {
        if (made == 0)
            return;
        using IDisposable scope = Work();
        Tensor combined = There(coefficients, count, made).t().mm(matrix.narrow(0, first, count)); // [made, length]
        matrix.narrow(0, first, made).copy_(combined);
    }

    private Tensor Rows(int first, int count) => _vectors.narrow(0, first, count);

    private Tensor There(double[] values, int rows, int columns) =>
        tensor(values, [rows, columns], ScalarType.Float64).to(_matrix.Device);

    private static double[] Here(Tensor tensor) => tensor.contiguous().cpu().data<double>().ToArray();

    private static IDisposable Work() => new Scope();

    /// <summary>Tensors end with it, and none of them has a graph.</summary>
    private sealed class Scope : IDisposable
    {
        private readonly IDisposable _graphless = no_grad();
        private readonly IDisposable _tensors = NewDisposeScope();

        public void Dispose()
        {
            _tensors.Dispose();
            _graphless.Dispose();
        }
    }
}
