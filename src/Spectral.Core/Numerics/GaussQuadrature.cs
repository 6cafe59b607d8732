using System.Collections.Immutable;

namespace Spectral.Core.Numerics;

/// <summary>
/// The Gauss quadrature that a Lanczos run gives: nodes are the eigenvalues of its symmetric tridiagonal matrix,
/// weights
/// the squares of the first components of the unit eigenvectors. It stands for the measure with mass &lt;u_s, v&gt;^2
/// / ||v||^2 at
/// each eigenvalue theta_s of A, v the start vector.
/// </summary>
/// <param name="Nodes">Ascending.</param>
/// <param name="Weights">Positive, with sum 1.</param>
/// <param name="IsExact">Whether the Krylov space of v was used up, so that nodes and weights are the measure
/// itself.</param>
/// <remarks>Source: Golub and Welsch 1969; Golub and Meurant, Matrices, Moments and Quadrature, chapter 6.</remarks>
public sealed record GaussQuadrature(ImmutableArray<double> Nodes, ImmutableArray<double> Weights, bool IsExact)
{
    /// <summary>The most that the last element of a Radau rule may exceed the largest node: beyond, its rounding
    /// counts.</summary>
    private const double MostExtended = 100;

    private ImmutableArray<double> Diagonal { get; init; } = [];

    private ImmutableArray<double> Beside { get; init; } = [];

    /// <summary>The element that the run would have put beside its last one; 0 where there is none.</summary>
    internal double Following { get; init; }

    /// <summary>
    /// The Gauss-Radau rule of the same run with one more node, at a given place: exact for one degree less than the
    /// Gauss rule of that many nodes, which is what the bounds of a measure's mass need.
    /// </summary>
    /// <returns>The rule; null where the run is used up or the place is so near a node that rounding would move
    /// it.</returns>
    /// <remarks>Source: Golub, SIAM Review 15 (1973), modified matrix eigenvalue problems.</remarks>
    public GaussQuadrature? WithNode(double place)
    {
        if (IsExact || Following == 0)
            return null;
        // The last component of (T - place)^-1 e_m is one over the last pivot of the elimination.
        double pivot = Diagonal[0] - place;
        for (int i = 1; i < Diagonal.Length; i++)
            pivot = Diagonal[i] - place - (Beside[i - 1] * Beside[i - 1] / pivot);
        double last = place + (Following * Following / pivot);
        return Math.Abs(last) <= MostExtended * Nodes[^1]
            ? Of([.. Diagonal, last], [.. Beside, Following], isExact: false)
            : null; // NaN too
    }

    /// <summary>The quadrature of a symmetric tridiagonal matrix [m, m] by implicit QL. Cost: about 30 m^2
    /// flops.</summary>
    /// <param name="diagonal">The diagonal, [m], 1 or more.</param>
    /// <param name="beside">The elements beside it, [m - 1].</param>
    /// <param name="isExact">Whether the Krylov space was used up.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or an entry is not finite.</exception>
    public static GaussQuadrature Of(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> beside, bool isExact)
    {
        int m = diagonal.Length;
        if (m == 0 || beside.Length != m - 1)
        {
            throw new ArgumentException(
                "a tridiagonal matrix has one element less beside its diagonal", nameof(beside));
        }

        double[] d = diagonal.ToArray(), e = [.. beside, 0], first = new double[m];
        first[0] = 1;
        if (!d.Concat(e).All(double.IsFinite))
            throw new ArgumentException("a Lanczos run left NaN or infinite entries", nameof(diagonal));
        for (int l = 0; l < m; l++)
            Deflate(d, e, first, l);
        Array.Sort(d, first);
        return new GaussQuadrature([.. d], [.. first.Select(component => component * component)], isExact)
        {
            Diagonal = [.. diagonal],
            Beside = [.. beside],
        };
    }

    /// <summary>The mass of the nodes at or above a threshold.</summary>
    public double MassFrom(double threshold)
    {
        double sum = 0;
        for (int i = Nodes.Length - 1; i >= 0 && Nodes[i] >= threshold; i--)
            sum += Weights[i];
        return sum;
    }

    /// <summary>QL steps with implicit Wilkinson shifts until element l is an eigenvalue; rotations act on one row
    /// only.</summary>
    private static void Deflate(double[] d, double[] e, double[] first, int l)
    {
        while (true)
        {
            int end = l;
            while (end < d.Length - 1
                && Math.Abs(e[end]) > UnitRoundoff.Float64 * (Math.Abs(d[end]) + Math.Abs(d[end + 1])))
            {
                end++;
            }

            if (end == l)
                return;
            double half = (d[l + 1] - d[l]) / (2 * e[l]), root = double.Hypot(half, 1);
            double g = d[end] - d[l] + (e[l] / (half + (half >= 0 ? root : -root)));
            double sine = 1, cosine = 1, shifted = 0;
            int i = end - 1;
            for (; i >= l; i--)
            {
                double f = sine * e[i], b = cosine * e[i];
                root = double.Hypot(f, g);
                e[i + 1] = root;
                if (root == 0)
                {
                    d[i + 1] -= shifted;
                    e[end] = 0;
                    break;
                }

                (sine, cosine) = (f / root, g / root);
                g = d[i + 1] - shifted;
                root = ((d[i] - g) * sine) + (2 * cosine * b);
                shifted = sine * root;
                d[i + 1] = g + shifted;
                g = (cosine * root) - b;
                (first[i + 1], first[i]) =
                    ((sine * first[i]) + (cosine * first[i + 1]), (cosine * first[i]) - (sine * first[i + 1]));
            }

            if (i >= l)
                continue;
            d[l] -= shifted;
            e[l] = g;
            e[end] = 0;
        }
    }
}
