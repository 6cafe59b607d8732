using Spectral.Core.Numerics;
using Xunit;

namespace Spectral.Core.Tests.Numerics;

/// <summary>A symmetric matrix by panels of its lower triangle.</summary>
public sealed unsafe class LowerTriangleTests
{
    public static TheoryData<int> Orders => [1, 2, 7, 8, 511, 512, 513, 1000, 1024, 1025, 1543];

    /// <summary>Every element has a place of its own: what is written at all of them is read back.</summary>
    [Theory]
    [MemberData(nameof(Orders))]
    public void Elements_do_not_overlap(int order)
    {
        using LowerTriangle matrix = new(order);
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column <= row; column++)
                matrix.Row(row)[column] = ((double)row * order) + column;
        }

        for (int row = 0; row < order; row++)
        {
            ReadOnlySpan<double> elements = matrix.Elements(row);
            Assert.Equal(row + 1, elements.Length);
            for (int column = 0; column <= row; column++)
            {
                Assert.Equal(((double)row * order) + column, elements[column]);
                Assert.Equal(matrix[row, column], matrix[column, row]);
            }
        }
    }

    /// <summary>A panel's square on the diagonal is room to work in, and rows are whole cache lines apart.</summary>
    [Theory]
    [MemberData(nameof(Orders))]
    public void A_panel_reaches_to_the_end_of_its_square(int order)
    {
        using LowerTriangle matrix = new(order);
        for (int row = 0; row < order; row++)
        {
            int end = Math.Min(order, ((row / 512) + 1) * 512);
            Assert.True(matrix.Stride(row) >= end);
            Assert.Equal(0, (long)matrix.Row(row) % 64);
            if (row + 1 < order)
                Assert.True(matrix.Row(row + 1) - matrix.Row(row) >= end);
        }
    }

    /// <summary>What is promised of the memory: half a square and about 264 numbers a row.</summary>
    [Fact]
    public void The_memory_is_about_half_of_the_square()
    {
        foreach (long order in (long[])[1, 511, 512, 513, 10_000, 10_240, 100_000])
        {
            double numbers = LowerTriangle.Numbers(order);
            Assert.InRange(numbers, order * (order + 1.0) / 2, (order * (double)order / 2) + (272.0 * order) + 8);
        }
    }

    [Fact]
    public void A_matrix_of_the_caller_s_is_used_in_its_place()
    {
        const int order = 700, stride = 703;
        using AlignedMatrix square = new(order, stride);
        square[699, 3] = 5;
        square[3, 699] = 7;
        using LowerTriangle matrix = LowerTriangle.Of(square.Pointer, order, stride);
        Assert.Equal(5, matrix[3, 699]);
        Assert.Equal(stride, matrix.Stride(0));
        Assert.Equal((nint)square.Row(600), (nint)matrix.Row(600));
    }

    [Fact]
    public void What_is_not_there_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LowerTriangle(0));
        Assert.Throws<ArgumentNullException>(() => LowerTriangle.Of(null, 3, 3));
        LowerTriangle matrix = new(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[3, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[0, -1]);
        matrix.Dispose();
        Assert.Throws<ObjectDisposedException>(() => matrix[0, 0]);
    }
}
