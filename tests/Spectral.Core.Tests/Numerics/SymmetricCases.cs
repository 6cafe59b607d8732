using Spectral.Core.Numerics;
using Spectral.Core.Randomness;

namespace Spectral.Core.Tests.Numerics;

/// <summary>Symmetric matrices for everything that an eigenvalue is held against.</summary>
internal static class SymmetricCases
{
    /// <summary>Name and matrix, row by row.</summary>
    public static IReadOnlyDictionary<string, Func<double[,]>> All { get; } = new Dictionary<string, Func<double[,]>>
    {
        ["N = 1"] = () => new[,] { { -3.5 } },
        ["N = 2"] = () => new[,] { { 2.0, 1 }, { 1, -1 } },
        ["N = 3"] = () => new[,] { { 2.0, -1, 0 }, { -1, 2, -1 }, { 0, -1, 2 } },
        ["zero"] = () => new double[40, 40],
        ["identity"] = () => Diagonal(37, i => 1),
        ["diagonal, unordered"] = () => Diagonal(50, i => (i * 7 % 50) - 20),
        ["tridiagonal of ones and twos"] = () => Toeplitz(90, 2, 1),
        ["all ones"] = () => Filled(75, (_, _) => 1),
        ["Hilbert"] = () => Filled(45, (i, j) => 1.0 / (i + j + 1)),
        ["one below the width"] = () => Indefinite(31),
        ["the width"] = () => Indefinite(32),
        ["one above the width"] = () => Indefinite(33),
        ["two above the width"] = () => Indefinite(34),
        ["three widths and a bit"] = () => Indefinite(101),
        ["more than a block of rows"] = () => Indefinite(290),
        ["clusters of three"] = () => WithSpectrum(96, i => 1.0 / (1 + (i / 3))),
        ["near clusters of four"] = () => WithSpectrum(88, i => (1.0 / (1 + (i / 4))) + (1e-13 * (i % 4))),
        ["rank nine"] = () => WithSpectrum(70, i => i < 9 ? 9 - i : 0),
        ["graded from 1 to 1e-16"] = () => WithSpectrum(120, i => Math.Pow(10, -16.0 * i / 119)),
        ["graded rows, small first"] = () => Graded(80, i => Math.Pow(10, -8 + (8.0 * i / 79))),
        ["graded rows, large first"] = () => Graded(80, i => Math.Pow(10, -8.0 * i / 79)),
        ["two values far apart"] = () => WithSpectrum(100, i => i < 50 ? 1 : 1e-12),
        ["huge"] = () => Scaled(Indefinite(40), 1e200),
        ["tiny"] = () => Scaled(Indefinite(40), 1e-200),
    };

    /// <summary>
    /// The elements below the diagonal and on it in native memory; above it stands what must not be read.
    /// </summary>
    public static AlignedMatrix Lower(double[,] matrix, int extra = 0)
    {
        int n = matrix.GetLength(0);
        AlignedMatrix lower = new(n, n + extra);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n + extra; j++)
                lower[i, j] = j <= i ? matrix[i, j] : double.NaN;
        }

        return lower;
    }

    /// <summary>||A||_F.</summary>
    public static double Norm(double[,] matrix)
    {
        double largest = matrix.Cast<double>().Max(Math.Abs);
        return largest == 0 ? 0 : largest * Math.Sqrt(matrix.Cast<double>().Sum(x => x / largest * (x / largest)));
    }

    /// <summary>Q diag(values) Q^T with Q a product of reflections.</summary>
    public static double[,] WithSpectrum(int n, Func<int, double> values, string name = "spectrum")
    {
        double[,] a = Diagonal(n, values);
        RandomStream stream = new(8, "tests/" + name);
        for (int h = 0; h < 6; h++)
        {
            double[] v = new double[n];
            stream.FillNormal(v);
            double square = v.Sum(x => x * x);
            double[] av = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => a[i, j] * v[j]))];
            double vav = v.Zip(av, (x, y) => x * y).Sum();
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j <= i; j++)
                    a[i, j] += (4 * vav / square / square * v[i] * v[j]) - (2 / square * ((v[i] * av[j]) + (av[i] * v[j])));
                for (int j = 0; j < i; j++)
                    a[j, i] = a[i, j];
            }
        }

        return a;
    }

    private static double[,] Indefinite(int n)
    {
        double[,] a = new double[n, n];
        RandomStream stream = new((ulong)n, "tests/symmetric");
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
                a[i, j] = a[j, i] = stream.NextNormal();
        }

        return a;
    }

    private static double[,] Graded(int n, Func<int, double> scale)
    {
        double[,] a = WithSpectrum(n, i => 1 + (i % 5));
        return Filled(n, (i, j) => a[i, j] * scale(i) * scale(j));
    }

    private static double[,] Scaled(double[,] a, double factor) => Filled(a.GetLength(0), (i, j) => a[i, j] * factor);

    private static double[,] Diagonal(int n, Func<int, double> value) => Filled(n, (i, j) => i == j ? value(i) : 0);

    private static double[,] Toeplitz(int n, double diagonal, double beside) =>
        Filled(n, (i, j) => i == j ? diagonal : Math.Abs(i - j) == 1 ? beside : 0);

    private static double[,] Filled(int n, Func<int, int, double> element)
    {
        double[,] a = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                a[i, j] = element(i, j);
        }

        return a;
    }
}
