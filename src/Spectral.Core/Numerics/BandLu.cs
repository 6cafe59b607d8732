using System.Runtime.Intrinsics;

namespace Spectral.Core.Numerics;

/// <summary>
/// LU with row exchanges of a shifted symmetric band matrix B - mu I, for inverse iteration: 4 w^2 N flops, memory
/// 24 N w bytes. A pivot that vanishes is put at u ||B||, which is within the rounding of B itself.
/// </summary>
internal sealed unsafe class BandLu : IDisposable
{
    private const int Lanes = 8;

    private readonly SymmetricBand _band;
    private readonly int _n;
    private readonly int _width;
    private readonly int _length; // elements of a row from its pivot on, in whole vectors
    private readonly double _smallest;
    private readonly AlignedMatrix _upper;
    private readonly AlignedMatrix _multipliers;
    private readonly AlignedMatrix _window;
    private readonly int[] _exchanged;

    /// <summary>Allocates for a band of norm <paramref name="norm"/>; nothing is factored yet.</summary>
    public BandLu(SymmetricBand band, double norm)
    {
        (_band, _n, _width) = (band, band.Order, band.Width);
        _length = (2 * _width) + Lanes;
        _smallest = Math.Max(UnitRoundoff.Float64 * norm, 1e-300);
        _upper = new AlignedMatrix(_n, _length);
        _multipliers = new AlignedMatrix(_n, _width);
        // Rows k .. k + w with their columns from k on; stores run one element ahead of loads.
        _window = new AlignedMatrix(_width + 1L, _length + Lanes);
        _exchanged = new int[_n];
    }

    /// <summary>Factors B - mu I.</summary>
    public void Factor(double mu)
    {
        double** rows = stackalloc double*[_width + 1];
        for (int r = 0; r <= _width; r++)
        {
            rows[r] = _window.Row(r);
            LoadRow(r, 0, mu, rows[r]);
        }

        for (int k = 0; k < _n; k++)
        {
            int pivot = 0;
            for (int r = 1; r <= _width; r++)
            {
                if (Math.Abs(rows[r][0]) > Math.Abs(rows[pivot][0]))
                    pivot = r;
            }

            _exchanged[k] = pivot;
            double* top = rows[pivot];
            rows[pivot] = rows[0];
            if (Math.Abs(top[0]) < _smallest)
                top[0] = Math.CopySign(_smallest, top[0]);
            new Span<double>(top, _length).CopyTo(new Span<double>(_upper.Row(k), _length));
            double* multipliers = _multipliers.Row(k);
            for (int r = 1; r <= _width; r++)
            {
                double factor = rows[r][0] / top[0];
                multipliers[r - 1] = factor;
                Eliminate(rows[r], top, factor);
                rows[r - 1] = rows[r];
            }

            rows[_width] = top;
            LoadRow(k + 1 + _width, k + 1, mu, top);
        }
    }

    /// <summary>x := (B - mu I)^-1 x.</summary>
    public void Solve(double* x)
    {
        for (int k = 0; k < _n; k++)
        {
            int other = k + _exchanged[k];
            (x[k], x[other]) = (x[other], x[k]);
            double* multipliers = _multipliers.Row(k);
            double value = x[k];
            for (int r = 1; r <= Math.Min(_width, _n - 1 - k); r++)
                x[k + r] -= multipliers[r - 1] * value;
        }

        for (int k = _n - 1; k >= 0; k--)
        {
            double* row = _upper.Row(k);
            double sum = x[k];
            for (int j = 1; j <= Math.Min(2 * _width, _n - 1 - k); j++)
                sum -= row[j] * x[k + j];
            x[k] = sum / row[0];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _upper.Dispose();
        _multipliers.Dispose();
        _window.Dispose();
    }

    /// <summary>row := row - factor top, moved one column to the left.</summary>
    private void Eliminate(double* row, double* top, double factor)
    {
        Vector512<double> minus = Vector512.Create(-factor);
        for (int j = 1; j < _length; j += Lanes)
            Vector512.FusedMultiplyAdd(minus, Vector512.Load(top + j), Vector512.Load(row + j)).Store(row + j - 1);
    }

    /// <summary>Row i of B - mu I from a column on; zeros where the matrix has ended.</summary>
    private void LoadRow(int i, int firstColumn, double mu, double* to)
    {
        new Span<double>(to, _length + Lanes).Clear();
        if (i >= _n)
            return;
        for (int j = Math.Max(firstColumn, i - _width); j <= Math.Min(_n - 1, i + _width); j++)
            to[j - firstColumn] = j <= i ? _band.Column(j)[i - j] : _band.Column(i)[j - i];
        to[i - firstColumn] -= mu;
    }
}
