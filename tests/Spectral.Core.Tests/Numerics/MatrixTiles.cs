using Spectral.Core.Numerics;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>Row tiles of a matrix that lies in memory.</summary>
internal sealed unsafe class MatrixTiles(double[] values, int rows, int columns, int chunkRows) : RowTiles
{
    public override int Rows => rows;

    public override int Columns => columns;

    public override int ChunkRows => chunkRows;

    public override double FormingFlops => 0;

    public override double FormingBytes => 0;

    public static MatrixTiles Of(Tensor matrix, int chunkRows) =>
        new(matrix.detach().contiguous().data<double>().ToArray(), (int)matrix.shape[0], (int)matrix.shape[1], chunkRows);

    public override void Form(int chunk, double* rowPointer, long stride)
    {
        for (int row = chunk * chunkRows; row < Math.Min(rows, (chunk + 1) * chunkRows); row++)
        {
            values.AsSpan(row * columns, columns)
                .CopyTo(new Span<double>(rowPointer + ((row - ((long)chunk * chunkRows)) * stride), columns));
        }
    }
}

/// <summary>Progress that nobody looks at.</summary>
internal sealed class Unwatched<T> : IProgress<T>
{
    public void Report(T value)
    {
    }
}
