using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>Neighbouring output channels of each group of a convolution.</summary>
/// <param name="First">The first, counted within its group.</param>
/// <param name="Count">How many.</param>
internal sealed unsafe record ConvPanel(int First, int Count)
{
    /// <summary>
    /// The channels' columns, [nK, groups Count F] and then [nK, groups Count] for a bias. Cost: 2 nK S F operations a
    /// channel; with BLAS every product is written where it stands in its row.
    /// </summary>
    public Tensor Columns(ConvFactorBlock block)
    {
        using IDisposable scope = NewDisposeScope();
        bool inPlace = Blas.IsAvailable
            && block.Cotangents.dtype == ScalarType.Float64
            && block.Cotangents.device_type == TorchSharp.DeviceType.CPU;
        return (inPlace ? InPlace(block) : ByTensors(block)).MoveToOuterDisposeScope();
    }

    private Tensor ByTensors(ConvFactorBlock block)
    {
        Tensor weight = block.WeightColumns(block.Windows(), First, Count); // [nK, groups Count F]
        if (!block.Bias)
            return weight;
        Tensor bias = block.SummedCotangents() // [nK, C]
            .view(weight.shape[0], block.Window.Groups, -1)
            .narrow(2, First, Count)
            .reshape(weight.shape[0], -1);
        return cat([weight, bias], dim: 1);
    }

    private Tensor InPlace(ConvFactorBlock block)
    {
        int groups = block.Window.Groups, channels = (int)block.Channels, outputs = (int)block.Outputs;
        int fan = (int)block.Fan, places = (int)block.Places;
        int weights = groups * Count * fan, columns = weights + (block.Bias ? groups * Count : 0);
        Tensor unfolded = block.Windows().transpose(2, 3).contiguous(); // [n, groups, F, S]
        Tensor cotangents = block.Cotangents.contiguous();
        Tensor rows = empty(block.Examples * outputs, columns, dtype: ScalarType.Float64);
        double* windows = TensorMemory.Pointer(unfolded), g = TensorMemory.Pointer(cotangents);
        double* row = TensorMemory.Pointer(rows);
        for (long r = 0; r < block.Examples * outputs; r++, row += columns, g += (long)channels * places)
        {
            double* own = windows + (r / outputs * groups * fan * places);
            for (int group = 0; group < groups; group++)
            {
                double* moved = g + (((long)group * (channels / groups)) + First) * places;
                Blas.MultiplyTransposed(
                    Count, fan, places, 1, moved, places, own + ((long)group * fan * places), places,
                    0, row + ((long)group * Count * fan), fan);
                for (int channel = 0; block.Bias && channel < Count; channel++)
                {
                    row[weights + (group * Count) + channel] =
                        Convolution.Sum(moved + ((long)channel * places), places);
                }
            }
        }

        return rows;
    }
}
