using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// A dense layer, or a window with one place: G's part is the inputs' products, and 1 for the bias, times the cotangents'
/// products, entry by entry.
/// </summary>
/// <param name="layer">The layer's place in the source.</param>
/// <param name="shape">The layer's block for one example.</param>
/// <param name="fan">F.</param>
/// <param name="channels">C.</param>
/// <param name="bias">Whether the layer has a bias.</param>
internal sealed class DeviceHadamardTerm(int layer, AffineFactorBlock shape, long fan, long channels, bool bias)
    : DeviceTerm(layer)
{
    private readonly long _outputs = shape.Outputs;
    private Tensor? _inputs, _cotangents;

    /// <inheritdoc/>
    public override string Method => "hadamard";

    /// <inheritdoc/>
    public override double PairFlops => (2.0 * channels) + (2.0 * fan / _outputs / _outputs) + 1;

    /// <inheritdoc/>
    public override long KeptNumbers => fan + (_outputs * channels);

    /// <inheritdoc/>
    public override void Keep(FactorBlock block, long first, long examples)
    {
        AffineFactorBlock affine = (AffineFactorBlock)block;
        using IDisposable scope = NewDisposeScope();
        Tensor inputs = affine is ConvFactorBlock conv
            ? conv.Windows().reshape(conv.Examples, fan)
            : affine.Input.reshape(affine.Examples, fan); // [count, F]
        Tensor cotangents = affine.Cotangents.reshape(affine.Examples, _outputs, channels); // [count, K, C]
        _inputs ??= Reserve(inputs, examples);
        _cotangents ??= Reserve(cotangents, examples);
        _inputs.narrow(0, first, affine.Examples).copy_(inputs);
        _cotangents.narrow(0, first, affine.Examples).copy_(cotangents);
    }

    /// <inheritdoc/>
    public override void Add(Tensor sum, long first, long count, long end)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor products = Rows(first, count).mm(Rows(0, end).t()); // [count K, end K]
        Tensor inputs = _inputs!.narrow(0, first, count).mm(_inputs.narrow(0, 0, end).t()); // [count, end]
        if (bias)
        {
            using TorchSharp.Scalar one = 1.0;
            inputs.PlusInPlace(one);
        }

        products.view(count, _outputs, end, _outputs).mul_(inputs.view(count, 1, end, 1));
        Accumulate(sum, products);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _inputs?.Dispose();
        _cotangents?.Dispose();
        (_inputs, _cotangents) = (null, null);
    }

    private Tensor Rows(long first, long count) =>
        _cotangents!.narrow(0, first, count).view(count * _outputs, channels); // [count K, C]
}
