using Spectral.Core.Numerics;
using Spectral.Core.Randomness;
using static TorchSharp.torch;

namespace Spectral.Kernels;

/// <summary>Standard normal numbers, the same in every run.</summary>
internal static unsafe class Normals
{
    /// <summary>A matrix.</summary>
    public static AlignedMatrix Matrix(long rows, long columns)
    {
        AlignedMatrix matrix = AlignedMatrix.Unset(rows, columns);
        new RandomStream(1, "kernels").FillNormal(new Span<double>(matrix.Pointer, checked((int)(rows * columns))));
        return matrix;
    }

    /// <summary>A tensor of a shape, binary64, on the CPU.</summary>
    public static Tensor Of(params long[] shape)
    {
        using AlignedMatrix numbers = Matrix(1, shape.Aggregate(1L, (product, extent) => product * extent));
        return tensor(numbers.ToArray(), dtype: ScalarType.Float64).reshape(shape).DetachFromDisposeScope();
    }

    /// <summary>A symmetric matrix.</summary>
    public static AlignedMatrix Symmetric(int order)
    {
        AlignedMatrix matrix = Matrix(order, order);
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < i; j++)
                matrix[j, i] = matrix[i, j];
        }

        return matrix;
    }

    /// <summary>Copies a matrix onto another one of its size.</summary>
    public static void Copy(AlignedMatrix from, AlignedMatrix to)
    {
        long bytes = from.Rows * from.Columns * sizeof(double);
        Buffer.MemoryCopy(from.Pointer, to.Pointer, bytes, bytes);
    }
}
