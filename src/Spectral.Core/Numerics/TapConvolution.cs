using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Spectral.Core.Numerics;

/// <summary>
/// A convolution of stride 1 as shifted products on a padded image, without unfolded windows: four output channels
/// times four vectors of eight neighbouring pixels are summed in registers over all channels and taps. At 16 channels a
/// matrix product over unfolded windows spends as long in making the windows as in multiplying.
/// </summary>
/// <remarks>Sums run over channels, then taps, in order: the bits do not depend on how the work is cut.</remarks>
internal sealed unsafe class TapConvolution : IDisposable
{
    private const int Lanes = 8, Vectors = 4, Channels = 4;

    private readonly ConvShape _shape;
    private readonly int _paddedWidth, _paddedArea, _outWidth, _places;
    private readonly AlignedMatrix _padded;
    private readonly AlignedMatrix _weights;
    private readonly int[] _taps;
    private readonly int[] _rows;
    private readonly int[] _columns;

    /// <summary>Packs the weights of a convolution.</summary>
    /// <param name="shape">The sizes, such as this class <see cref="Takes"/>.</param>
    /// <param name="weight">The weight of (output, input, tap), tap = row * kernelSize + column.</param>
    public TapConvolution(ConvShape shape, Func<int, int, int, double> weight)
    {
        _shape = shape;
        int size = shape.Window.KernelSize, dilation = shape.Window.Dilation, padding = shape.Window.Padding;
        int inputs = shape.Channels, outputs = shape.Outputs, taps = shape.Taps;
        _paddedWidth = shape.Width + (2 * padding);
        _paddedArea = (shape.Height + (2 * padding)) * _paddedWidth;
        // A vector at the end of the last row reads up to seven elements beyond it, which no result keeps.
        _padded = AlignedMatrix.Unset(1, ((long)inputs * _paddedArea) + Lanes);
        _padded.Clear();
        _taps = [.. Enumerable.Range(0, taps).Select(tap =>
            (tap / size * dilation * _paddedWidth) + (tap % size * dilation))];
        (_outWidth, _places) = (shape.OutWidth, shape.Places);
        (_rows, _columns) = Places(shape.OutHeight, shape.OutWidth);
        int blocks = (outputs + Channels - 1) / Channels;
        _weights = AlignedMatrix.Unset(blocks, (long)inputs * taps * Channels);
        for (int block = 0; block < blocks; block++)
        {
            double* packed = _weights.Row(block);
            for (int input = 0; input < inputs; input++)
            {
                for (int tap = 0; tap < taps; tap++)
                {
                    for (int c = 0; c < Channels; c++)
                        *packed++ = (block * Channels) + c < outputs ? weight((block * Channels) + c, input, tap) : 0;
                }
            }
        }
    }

    /// <summary>Whether a convolution is of the kind that this class computes: stride 1, all channels in one
    /// group.</summary>
    public static bool Takes(ConvShape shape) => shape.Window is { Stride: 1, Groups: 1 };

    /// <summary>Convolves images [count, inputs, height, width] to [count, outputs, outHeight, outWidth].</summary>
    public void Apply(double* images, int count, double* output)
    {
        for (int image = 0; image < count; image++)
            Apply(images + ((long)image * _shape.InputElements), output + ((long)image * _shape.OutputElements));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _padded.Dispose();
        _weights.Dispose();
    }

    private void Apply(double* image, double* output)
    {
        int height = _shape.Height, width = _shape.Width, padding = _shape.Window.Padding;
        for (int row = 0; row < _shape.Channels * height; row++)
        {
            int channel = row / height, y = row % height;
            double* target = _padded.Pointer + ((long)channel * _paddedArea) + ((y + padding) * _paddedWidth) + padding;
            new ReadOnlySpan<double>(image + ((long)row * width), width).CopyTo(new Span<double>(target, width));
        }

        for (int group = 0; group < _rows.Length; group += Vectors)
        {
            for (int block = 0; block < _weights.Rows; block++)
                Tile(group, block, output);
        }
    }

    /// <summary>The rows and first columns of all vectors of pixels, filled up to whole groups by the last
    /// one.</summary>
    private static (int[] Rows, int[] Columns) Places(int height, int width)
    {
        List<int> rows = [], columns = [];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x += Lanes)
            {
                rows.Add(y);
                columns.Add(x);
            }
        }

        while (rows.Count % Vectors != 0)
        {
            rows.Add(rows[^1]);
            columns.Add(columns[^1]);
        }

        return ([.. rows], [.. columns]);
    }

    /// <summary>Four channels of four vectors.</summary>
    private void Tile(int group, int block, double* output)
    {
        double* sums = stackalloc double[Channels * Vectors * Lanes];
        fixed (int* offsets = _taps)
        {
            Accumulate(
                Source(group), Source(group + 1), Source(group + 2), Source(group + 3), _weights.Row(block), offsets,
                _taps.Length, _shape.Channels, _paddedArea, sums);
        }

        for (int c = 0; c < Channels && (block * Channels) + c < _shape.Outputs; c++)
        {
            double* image = output + ((long)((block * Channels) + c) * _places);
            for (int vector = group; vector < group + Vectors; vector++, sums += Lanes)
            {
                double* target = image + (_rows[vector] * _outWidth) + _columns[vector];
                int left = _outWidth - _columns[vector];
                if (left >= Lanes)
                {
                    Vector512.Load(sums).Store(target);
                    continue;
                }

                for (int lane = 0; lane < left; lane++)
                    target[lane] = sums[lane];
            }
        }
    }

    /// <summary>
    /// The sums of a tile over all channels and taps. It calls nothing, for a call would make the compiler keep all
    /// sixteen sums on the stack, and is compiled at its best at once, for a pass is over before tiering would notice.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Accumulate(
        double* s0,
        double* s1,
        double* s2,
        double* s3,
        double* w,
        int* offsets,
        int taps,
        int inputs,
        int area,
        double* sums)
    {
        Vector512<double> a00 = default, a01 = default, a02 = default, a03 = default;
        Vector512<double> a10 = default, a11 = default, a12 = default, a13 = default;
        Vector512<double> a20 = default, a21 = default, a22 = default, a23 = default;
        Vector512<double> a30 = default, a31 = default, a32 = default, a33 = default;
        for (int input = 0; input < inputs; input++)
        {
            for (int tap = 0; tap < taps; tap++, w += Channels)
            {
                int o = offsets[tap];
                Vector512<double> v0 = Vector512.Load(s0 + o), v1 = Vector512.Load(s1 + o);
                Vector512<double> v2 = Vector512.Load(s2 + o), v3 = Vector512.Load(s3 + o);
                Vector512<double> f = Vector512.Create(w[0]);
                a00 = Vector512.FusedMultiplyAdd(f, v0, a00);
                a01 = Vector512.FusedMultiplyAdd(f, v1, a01);
                a02 = Vector512.FusedMultiplyAdd(f, v2, a02);
                a03 = Vector512.FusedMultiplyAdd(f, v3, a03);
                f = Vector512.Create(w[1]);
                a10 = Vector512.FusedMultiplyAdd(f, v0, a10);
                a11 = Vector512.FusedMultiplyAdd(f, v1, a11);
                a12 = Vector512.FusedMultiplyAdd(f, v2, a12);
                a13 = Vector512.FusedMultiplyAdd(f, v3, a13);
                f = Vector512.Create(w[2]);
                a20 = Vector512.FusedMultiplyAdd(f, v0, a20);
                a21 = Vector512.FusedMultiplyAdd(f, v1, a21);
                a22 = Vector512.FusedMultiplyAdd(f, v2, a22);
                a23 = Vector512.FusedMultiplyAdd(f, v3, a23);
                f = Vector512.Create(w[3]);
                a30 = Vector512.FusedMultiplyAdd(f, v0, a30);
                a31 = Vector512.FusedMultiplyAdd(f, v1, a31);
                a32 = Vector512.FusedMultiplyAdd(f, v2, a32);
                a33 = Vector512.FusedMultiplyAdd(f, v3, a33);
            }

            s0 += area;
            s1 += area;
            s2 += area;
            s3 += area;
        }

        a00.Store(sums);
        a01.Store(sums + 8);
        a02.Store(sums + 16);
        a03.Store(sums + 24);
        a10.Store(sums + 32);
        a11.Store(sums + 40);
        a12.Store(sums + 48);
        a13.Store(sums + 56);
        a20.Store(sums + 64);
        a21.Store(sums + 72);
        a22.Store(sums + 80);
        a23.Store(sums + 88);
        a30.Store(sums + 96);
        a31.Store(sums + 104);
        a32.Store(sums + 112);
        a33.Store(sums + 120);
    }

    private double* Source(int vector) => _padded.Pointer + (_rows[vector] * _paddedWidth) + _columns[vector];
}
