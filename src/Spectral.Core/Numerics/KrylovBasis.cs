using Spectral.Core.Randomness;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// An orthonormal basis V of a block Krylov space with the projection H = V A V^T and the next block X, so that
/// A V^T = V^T H + X^T B with B known by its norm on every Ritz vector. Vectors are rows.
/// </summary>
internal sealed class KrylovBasis : IDisposable
{
    private readonly SymmetricOperator _matrix;
    private readonly KrylovSettings _settings;
    private readonly WorkerTeam _team;
    private readonly KrylovVectors _vectors;
    private readonly RandomStream _stream;
    private double[] _projection = [];
    private double[] _coupling = [];
    private int _coupled;

    /// <summary>Starts with a random block X and an empty basis.</summary>
    public KrylovBasis(SymmetricOperator matrix, KrylovSettings settings, WorkerTeam team)
    {
        (_matrix, _settings, _team) = (matrix, settings, team);
        _vectors = matrix.Vectors(settings, team);
        _stream = new RandomStream(settings.Seed, "krylov/start");
        Width = settings.BlockSize;
        _vectors.FillRandom(_stream, 0, Width);
        _vectors.Factor(0, Width);
    }

    /// <summary>m, the number of basis vectors.</summary>
    public int Count { get; private set; }

    /// <summary>The number of vectors in the next block; 0 once the basis spans everything.</summary>
    public int Width { get; private set; }

    /// <summary>The eigenvalues of H, descending: theta.</summary>
    public double[] RitzValues { get; private set; } = [];

    /// <summary>The eigenvectors of H as columns, [m, m] row-major, in the order of the values.</summary>
    public double[] RitzCoordinates { get; private set; } = [];

    /// <summary>tr H, the part of tr A that the basis has.</summary>
    public double ProjectedTrace => RitzValues.Sum();

    /// <summary>The size of rounding in a product with A: a few u ||A|| sqrt(longest side).</summary>
    public double Rounding => RitzValues.Length == 0
        ? 0
        : 4 * UnitRoundoff.Float64 * Math.Sqrt(_matrix.LongestSide) * Math.Max(0, RitzValues[0]);

    /// <summary>Applies A to the next block; the images stay where <see cref="Absorb"/> finds them.</summary>
    public void Apply(IProgress<double> progress, CancellationToken cancellation) =>
        _vectors.Apply(Count, Width, progress, cancellation);

    /// <summary>Takes the block into the basis, its image into H, and makes the next block of what is new in the
    /// image.</summary>
    public void Absorb()
    {
        int order = _matrix.Order, width = Width, before = Count, count = before + width;
        double[] inside = _vectors.Against(count, width, passes: 2);
        Extend(inside, before, count);
        Diagonalize(count);

        int next = Math.Min(_settings.BlockSize, order - count);
        double[] r = _vectors.Factor(count, width), rotation = [], coordinates = [];
        int rank = 0;
        _team.Run(() => (rotation, coordinates, rank) = Reveal(r, width, Math.Min(next, width)));
        _vectors.Rotate(count, width, rotation, rank);
        _vectors.FillRandom(_stream, count + rank, next - rank);
        // What QR has left lies within rounding of the complement, and random vectors lie mostly in a large one.
        int passes = count + next > order / 2 ? 2 : 1;
        double[] again = next == 0
            ? []
            : _vectors.Against(count, next, passes);
        if (next > 0)
            r = _vectors.Factor(count, next);

        // Z = Q (S W^T) = V (C S W^T) + X (R S W^T): the first part belongs to H, the second is the coupling.
        double[] late = Product(again, count, next, coordinates, rank, width);
        _coupling = Product(r, next, next, coordinates, rank, width); // [next, width]
        _coupled = width;
        Add(late, before, count);
        Diagonalize(count);
        (Count, Width) = (count, next);
    }

    /// <summary>||A x - theta x|| for unit coordinates w of x, the column of a matrix [m, columns].</summary>
    public double Residual(double[] coordinates, int columns, int column)
    {
        double sum = 0;
        for (int row = 0; row < Width; row++)
        {
            double entry = 0;
            for (int j = 0; j < _coupled; j++)
                entry += _coupling[(row * _coupled) + j] * coordinates[((Count - _coupled + j) * columns) + column];
            sum += entry * entry;
        }

        return Math.Sqrt(sum);
    }

    /// <summary>
    /// Where the next block has no room, replaces the basis by its leading Ritz vectors, at least the wanted ones, with
    /// room for a block and half of what lies between.
    /// </summary>
    /// <remarks>Source: thick restart, Wu and Simon, SIAM J. Matrix Anal. Appl. 22 (2000), for blocks.</remarks>
    public void MakeRoom()
    {
        int room = _settings.MaximumBasis;
        if (Count + Width <= room || Width == 0)
            return;
        int kept = Math.Min(Count, room - Math.Max(Width, (room - _settings.Count) / 2));
        double[] leading = Leading(RitzCoordinates, Count, kept);
        _vectors.Rotate(0, Count, leading, kept);
        _vectors.RotateLeft(Count, leading, kept);
        _vectors.Move(Count, kept, Width);
        _projection = new double[kept * kept];
        for (int i = 0; i < kept; i++)
            _projection[(i * kept) + i] = RitzValues[i];
        Count = kept;
    }

    /// <summary>Vectors of the basis' space, [count, d] row-major, for coordinates [m, count].</summary>
    public double[] Combine(double[] coordinates, int count) => _vectors.Combine(Count, coordinates, count);

    /// <summary>The SVD of the left images J v of the basis: values, coordinates [m, r], left vectors [r, nK].</summary>
    public (double[] Sigma, double[] Coordinates, double[] Left) DecomposeLeft() => _vectors.DecomposeLeft(Count);

    /// <inheritdoc/>
    public void Dispose() => _vectors.Dispose();

    /// <summary>The first columns of a row-major square matrix.</summary>
    public static double[] Leading(double[] matrix, int size, int count)
    {
        double[] leading = new double[size * count];
        for (int row = 0; row < size; row++)
            Array.Copy(matrix, row * size, leading, row * count, count);
        return leading;
    }

    /// <summary>H grows by the rows and columns of the new block; rounding's asymmetry is averaged away.</summary>
    private void Extend(double[] inside, int before, int count)
    {
        double[] grown = new double[count * count];
        for (int row = 0; row < before; row++)
            Array.Copy(_projection, row * before, grown, row * count, before);
        _projection = grown;
        Add(inside, before, count);
    }

    private void Add(double[] part, int before, int count)
    {
        int width = count - before;
        if (part.Length == 0)
            return;
        for (int column = before; column < count; column++)
        {
            for (int row = 0; row < count; row++)
            {
                double mine = part[(row * width) + column - before];
                double mirrored = row < before ? mine : part[(column * width) + row - before];
                _projection[(row * count) + column] += (mine + mirrored) / 2;
                if (row < before)
                    _projection[(column * count) + row] += mine;
            }
        }
    }

    private void Diagonalize(int count) => (RitzValues, RitzCoordinates) = _vectors.Eigen(_projection, count);

    /// <summary>R = U S W^T with only what is above rounding: U's columns and S W^T, so that Z = (Q U)(S
    /// W^T).</summary>
    private (double[] Rotation, double[] Coordinates, int Rank) Reveal(double[] r, int width, int most)
    {
        using IDisposable scope = NewDisposeScope();
        (Tensor u, Tensor s, Tensor vh) = linalg.svd(tensor(r, [width, width]).clone());
        double[] sizes = s.data<double>().ToArray();
        int rank = Math.Min(most, sizes.Count(size => size > Rounding));
        if (rank == 0)
            return ([], [], 0);
        Tensor rotation = u.narrow(1, 0, rank), rows = s.narrow(0, 0, rank).unsqueeze(1) * vh.narrow(0, 0, rank);
        return (rotation.contiguous().data<double>().ToArray(), rows.contiguous().data<double>().ToArray(), rank);
    }

    /// <summary>A [rows, stride] times B [inner, columns], of A the first <paramref name="inner"/> columns.</summary>
    private static double[] Product(double[] a, int rows, int stride, double[] b, int inner, int columns)
    {
        double[] result = new double[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int l = 0; l < inner; l++)
            {
                double factor = a[(i * stride) + l];
                for (int j = 0; j < columns; j++)
                    result[(i * columns) + j] += factor * b[(l * columns) + j];
            }
        }

        return result;
    }
}
