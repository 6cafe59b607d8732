using Spectral.Core.Numerics;
using Xunit;

namespace Spectral.Core.Tests.Numerics;

/// <summary>The difference of two matrices by rows.</summary>
public sealed unsafe class RowDifferenceTests
{
    [Fact]
    public void Every_chunk_holds_the_differences_whatever_the_stride()
    {
        MatrixTiles one = new([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5, 2, 2), other = new([0, 1, 1, 1, 2, 2, 3, 3, 4, 4], 5, 2, 2);
        RowDifference difference = new(one, other);
        double[] rows = new double[3 * 2];
        foreach ((int chunk, double[] expected) in new (int, double[])[] { (0, [1, 1, 0, 2, 3, 0]), (2, [5, 6, 0, 0, 0, 0]) })
        {
            Array.Clear(rows);
            fixed (double* target = rows)
                difference.Form(chunk, target, 3);
            Assert.Equal(expected, rows);
        }

        Assert.Equal((5, 2, 2), (difference.Rows, difference.Columns, difference.ChunkRows));
    }

    [Fact]
    public void Matrices_of_other_shapes_or_chunks_have_no_difference()
    {
        MatrixTiles one = new([1, 2, 3, 4], 2, 2, 1);
        Assert.Throws<ArgumentException>(() => new RowDifference(one, new MatrixTiles([1, 2], 1, 2, 1)));
        Assert.Throws<ArgumentException>(() => new RowDifference(one, new MatrixTiles([1, 2, 3, 4], 2, 2, 2)));
    }
}
