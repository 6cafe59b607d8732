using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>A layer's explicit columns, written straight into rows of a Jacobian that lie in memory.</summary>
internal static unsafe class FactorRows
{
    /// <summary>Writes all columns of a block: row (i, c) at rows + (i K + c) stride.</summary>
    /// <param name="block">The block, binary64 on the CPU, K cotangents for each of n examples.</param>
    /// <param name="rows">The first row at the block's first column.</param>
    /// <param name="stride">Elements from a row to the next.</param>
    public static void Write(FactorBlock block, double* rows, long stride)
    {
        using IDisposable scope = NewDisposeScope();
        if (block is ConvFactorBlock conv)
        {
            WriteConvolution(conv, rows, stride);
            return;
        }

        Copy(block.Explicit(), 0, block.Columns, rows, stride);
    }

    /// <summary>Writes some neighbouring columns of a block; the rest is formed and thrown away.</summary>
    public static void Write(FactorBlock block, ColumnRange range, double* rows, long stride)
    {
        using IDisposable scope = NewDisposeScope();
        Copy(block.Explicit(), range.First, range.Count, rows, stride);
    }

    private static void WriteConvolution(ConvFactorBlock conv, double* rows, long stride)
    {
        Tensor images = conv.Input.contiguous(), cotangents = conv.Cotangents.contiguous();
        ConvShape shape = new(
            (int)images.shape[1], (int)images.shape[2], (int)images.shape[3], (int)cotangents.shape[2], conv.Window);
        Convolution.WeightRows(
            TensorMemory.Pointer(images), TensorMemory.Pointer(cotangents), (int)images.shape[0],
            (int)cotangents.shape[1], shape, conv.Bias, rows, stride);
    }

    private static void Copy(Tensor columns, long first, long count, double* rows, long stride)
    {
        Tensor matrix = columns.contiguous(); // [nK, columns of the layer]
        double* source = TensorMemory.Pointer(matrix) + first;
        long bytes = count * sizeof(double);
        for (long row = 0; row < matrix.shape[0]; row++)
            Buffer.MemoryCopy(source + (row * matrix.shape[1]), rows + (row * stride), bytes, bytes);
    }
}
