namespace Spectral.Core.Tests.Numerics;

/// <summary>
/// The SVD of a small matrix by one-sided Jacobi rotations of its rows (Hestenes 1958) in about 106 bits: the computed
/// values are right to the last digit of binary64, however small.
/// </summary>
internal static class DoubleDoubleOracle
{
    /// <summary>Singular values, descending, and left vectors as columns.</summary>
    /// <param name="matrix">[N, p], N at most p.</param>
    public static (double[] Values, double[,] Left) Svd(double[,] matrix)
    {
        int n = matrix.GetLength(0), p = matrix.GetLength(1);
        DoubleDouble[][] rows = Filled(n, p, (i, j) => matrix[i, j]), left = Filled(n, n, (i, j) => i == j ? 1 : 0);
        bool turned = true;
        for (int sweep = 0; turned && sweep < 30; sweep++)
        {
            turned = false;
            for (int i = 0; i < n; i++)
            {
                for (int j = i + 1; j < n; j++)
                    turned |= Orthogonalise(rows, left, i, j);
            }
        }

        DoubleDouble[] norms = [.. rows.Select(row => DoubleDouble.Sqrt(Dot(row, row)))];
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => norms[i].High)];
        double[,] vectors = new double[n, n];
        for (int s = 0; s < n; s++)
        {
            for (int i = 0; i < n; i++)
                vectors[i, s] = (double)left[order[s]][i];
        }

        return ([.. order.Select(i => (double)norms[i])], vectors);
    }

    private static DoubleDouble[][] Filled(int rows, int columns, Func<int, int, DoubleDouble> element) =>
        [.. Enumerable.Range(0, rows).Select(i => Enumerable.Range(0, columns).Select(j => element(i, j)).ToArray())];

    private static bool Orthogonalise(DoubleDouble[][] rows, DoubleDouble[][] left, int i, int j)
    {
        DoubleDouble a = Dot(rows[i], rows[i]), b = Dot(rows[j], rows[j]), c = Dot(rows[i], rows[j]);
        if (Math.Abs(c.High) <= 1e-26 * Math.Sqrt(a.High) * Math.Sqrt(b.High))
            return false;
        DoubleDouble theta = (b - a) / (2 * c);
        DoubleDouble root = DoubleDouble.Sqrt((theta * theta) + 1);
        DoubleDouble t = theta.High >= 0 ? 1 / (theta + root) : 1 / (theta - root);
        DoubleDouble cosine = 1 / DoubleDouble.Sqrt((t * t) + 1), sine = t * cosine;
        Turn(rows[i], rows[j], cosine, sine);
        Turn(left[i], left[j], cosine, sine);
        return true;
    }

    private static void Turn(DoubleDouble[] x, DoubleDouble[] y, DoubleDouble cosine, DoubleDouble sine)
    {
        for (int k = 0; k < x.Length; k++)
            (x[k], y[k]) = ((cosine * x[k]) - (sine * y[k]), (sine * x[k]) + (cosine * y[k]));
    }

    private static DoubleDouble Dot(DoubleDouble[] x, DoubleDouble[] y)
    {
        DoubleDouble sum = 0;
        for (int k = 0; k < x.Length; k++)
            sum += x[k] * y[k];
        return sum;
    }
}
