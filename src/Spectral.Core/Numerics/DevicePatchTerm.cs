using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// A convolution with few places: entry ((i, c), (j, d)) of G's part is the sum over the places s of i and t of j of the
/// windows' products a_is a_jt, and 1 for the bias, times the cotangents' products g_ics g_jdt. The columns are never formed.
/// </summary>
/// <param name="layer">The layer's place in the source.</param>
/// <param name="shape">The layer's block for one example; one group of channels.</param>
internal sealed class DevicePatchTerm(int layer, ConvFactorBlock shape) : DeviceTerm(layer)
{
    /// <summary>Numbers of an intermediate block of products: bounds the memory to 512 MiB in binary64.</summary>
    private const long ProductNumbers = 1L << 26;

    /// <summary>
    /// Operations that a device does in the time in which it moves the numbers of one pair of places: two writes and two
    /// reads at 20 operations a byte, as data-centre GPUs have it.
    /// </summary>
    private const double MovingFlops = 480;

    private readonly long _outputs = shape.Outputs, _channels = shape.Channels, _fan = shape.Fan, _places = shape.Places;
    private readonly bool _bias = shape.Bias;
    private Tensor? _windows, _cotangents;

    /// <inheritdoc/>
    public override string Method => "patch";

    /// <inheritdoc/>
    public override double PairFlops => Flops(shape);

    /// <inheritdoc/>
    public override long KeptNumbers => (_places * _fan) + (_outputs * _places * _channels);

    /// <summary>Operations for a pair of rows, with those that the memory's time is worth.</summary>
    public static double Flops(ConvFactorBlock shape)
    {
        double places = shape.Places, outputs = shape.Outputs;
        return places * places * ((2.0 * shape.Channels) + (2.0 * shape.Fan / outputs / outputs) + MovingFlops);
    }

    /// <inheritdoc/>
    public override void Keep(FactorBlock block, long first, long examples)
    {
        ConvFactorBlock conv = (ConvFactorBlock)block;
        using IDisposable scope = NewDisposeScope();
        Tensor windows = conv.Windows().reshape(conv.Examples, _places, _fan); // [count, S, F]
        Tensor cotangents = conv.Cotangents.reshape(conv.Examples, _outputs, _channels, _places)
            .transpose(2, 3).contiguous(); // [count, K, S, C]
        _windows ??= Reserve(windows, examples);
        _cotangents ??= Reserve(cotangents, examples);
        _windows.narrow(0, first, conv.Examples).copy_(windows);
        _cotangents.narrow(0, first, conv.Examples).copy_(cotangents);
    }

    /// <inheritdoc/>
    public override void Add(Tensor sum, long first, long count, long end)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor part = empty([count * _outputs, end * _outputs], ScalarType.Float64, sum.device);
        long pair = _outputs * _outputs * _places * _places;
        long rows = Math.Clamp((long)Math.Sqrt((double)ProductNumbers / pair), 1, count);
        long columns = Math.Clamp(ProductNumbers / pair / rows, 1, end);
        for (long row = 0; row < count; row += rows)
        {
            long height = Math.Min(rows, count - row);
            for (long column = 0; column < end; column += columns)
            {
                long width = Math.Min(columns, end - column);
                using IDisposable inner = NewDisposeScope();
                Tensor block = Block(first + row, height, column, width); // [height K, width K]
                part.narrow(0, row * _outputs, height * _outputs)
                    .narrow(1, column * _outputs, width * _outputs)
                    .copy_(block);
            }
        }

        sum.PlusInPlace(part);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _windows?.Dispose();
        _cotangents?.Dispose();
        (_windows, _cotangents) = (null, null);
    }

    private Tensor Block(long first, long count, long other, long width)
    {
        Tensor windows = Windows(first, count).mm(Windows(other, width).t()); // [count S, width S]
        if (_bias)
        {
            using TorchSharp.Scalar one = 1.0;
            windows.PlusInPlace(one);
        }

        Tensor products = Cotangents(first, count).mm(Cotangents(other, width).t()) // [count K S, width K S]
            .view(count, _outputs, _places, width, _outputs, _places);
        products.mul_(windows.view(count, 1, _places, width, 1, _places));
        return products.sum([2, 5]).view(count * _outputs, width * _outputs);
    }

    private Tensor Windows(long first, long count) =>
        _windows!.narrow(0, first, count).view(count * _places, _fan);

    private Tensor Cotangents(long first, long count) =>
        _cotangents!.narrow(0, first, count).view(count * _outputs * _places, _channels);
}
