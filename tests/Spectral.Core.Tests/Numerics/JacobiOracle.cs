namespace Spectral.Core.Tests.Numerics;

/// <summary>
/// Eigenvalues and eigenvectors by Jacobi's rotations, cyclically, element by element: slow and plainly right.
/// </summary>
internal static class JacobiOracle
{
    /// <summary>Values descending, and vectors as columns in the same order.</summary>
    public static (double[] Values, double[,] Vectors) Solve(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        double[,] a = (double[,])matrix.Clone(), v = new double[n, n];
        for (int i = 0; i < n; i++)
            v[i, i] = 1;
        for (int sweep = 0; sweep < 60 && Sweep(a, v, n) > 0; sweep++)
        {
        }

        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => a[i, i])];
        double[,] sorted = new double[n, n];
        for (int s = 0; s < n; s++)
        {
            for (int i = 0; i < n; i++)
                sorted[i, s] = v[i, order[s]];
        }

        return ([.. order.Select(i => a[i, i])], sorted);
    }

    /// <summary>The number of rotations that were not negligible.</summary>
    private static int Sweep(double[,] a, double[,] v, int n)
    {
        int rotations = 0;
        for (int p = 0; p < n; p++)
        {
            for (int q = p + 1; q < n; q++)
            {
                if (Math.Abs(a[p, q]) <= 1e-17 * Math.Sqrt(Math.Abs(a[p, p])) * Math.Sqrt(Math.Abs(a[q, q])) || a[p, q] == 0)
                    continue;
                if (Math.Abs(a[p, q]) < 1e-20 * (Math.Abs(a[0, 0]) + Math.Abs(a[p, p]) + Math.Abs(a[q, q])))
                    continue;
                rotations++;
                // Rutishauser's form: what changes is added, so that an element keeps its digits where little changes.
                double theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
                double t = double.IsInfinity(theta * theta)
                    ? 0.5 / theta
                    : Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
                double c = 1 / Math.Sqrt((t * t) + 1), s = t * c, tau = s / (1 + c);
                a[p, p] -= t * a[p, q];
                a[q, q] += t * a[p, q];
                for (int k = 0; k < n; k++)
                {
                    if (k != p && k != q)
                    {
                        (a[k, p], a[k, q]) = (a[k, p] - (s * (a[k, q] + (tau * a[k, p]))), a[k, q] + (s * (a[k, p] - (tau * a[k, q]))));
                        (a[p, k], a[q, k]) = (a[k, p], a[k, q]);
                    }

                    (v[k, p], v[k, q]) = (v[k, p] - (s * (v[k, q] + (tau * v[k, p]))), v[k, q] + (s * (v[k, p] - (tau * v[k, q]))));
                }

                a[p, q] = a[q, p] = 0;
            }
        }

        return rotations;
    }
}
