namespace Spectral.Core.Numerics;

/// <summary>
/// The Gauss-Hermite rule of m nodes for expectations over z ~ N(0, 1), with the orthonormal Hermite polynomials h_0 =
/// 1, h_1 = z, sqrt(k + 1) h_{k+1} = z h_k - sqrt(k) h_{k-1} at its nodes.
/// </summary>
/// <remarks>
/// Nodes are the eigenvalues of the recurrence's matrix (Golub and Welsch 1969). Weights are Christoffel's, 1 / sum_k
/// h_k^2, from Hermite functions h_k exp(-z^2 / 4), which neither overflow nor lose the outer weights: those are as
/// small as exp(-2 m). Cost 30 m^2 + 6 m^2.
/// </remarks>
public sealed class GaussHermite
{
    /// <summary>The most nodes: beyond, exp(-z^2 / 4) at the outer ones underflows.</summary>
    public const int LargestOrder = 512;

    private readonly double[] _nodes;
    private readonly double[][] _polynomials;

    /// <summary>Makes the rule.</summary>
    /// <param name="order">m, in [1, 512].</param>
    public GaussHermite(int order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, LargestOrder);
        double[] beside = [.. Enumerable.Range(1, order - 1).Select(k => Math.Sqrt(k))];
        _nodes = [.. GaussQuadrature.Of(new double[order], beside, isExact: true).Nodes];
        _polynomials = [.. _nodes.Select(node => Column(node, order))];
    }

    /// <summary>m.</summary>
    public int Order => _nodes.Length;

    /// <summary>The nodes [m], ascending.</summary>
    public ReadOnlySpan<double> Nodes => _nodes;

    /// <summary>The weight of a node, positive; all of them sum to 1.</summary>
    public double Weight(int node) => _polynomials[node][0] * _polynomials[node][0];

    /// <summary>E f(z), exact for polynomials of degree up to 2m - 1.</summary>
    public double Mean(Func<double, double> f) =>
        Enumerable.Range(0, Order).Sum(node => Weight(node) * f(_nodes[node]));

    /// <summary>
    /// c_k = E f(z) h_k(z) for k below <paramref name="count"/>, f's coefficients in the Hermite polynomials. The sum
    /// of their squares is E f^2 less what higher ones hold (Parseval).
    /// </summary>
    /// <param name="values">f at the nodes, [m].</param>
    /// <param name="count">How many, 1 to m.</param>
    public double[] Coefficients(ReadOnlySpan<double> values, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, Order, nameof(values));
        double[] coefficients = new double[count];
        for (int node = 0; node < Order; node++)
        {
            double[] column = _polynomials[node];
            double weighted = column[0] * values[node];
            for (int k = 0; k < count; k++)
                coefficients[k] += weighted * column[k];
        }

        return coefficients;
    }

    /// <summary>sqrt(w) h_k at a node for k below m: a unit vector, and one of an orthonormal basis.</summary>
    private static double[] Column(double node, int order)
    {
        double[] column = new double[order];
        double before = 0, squares = 0;
        column[0] = Math.Exp(-0.25 * node * node);
        for (int k = 0; k < order; k++)
        {
            squares += column[k] * column[k];
            if (k + 1 < order)
                column[k + 1] = ((node * column[k]) - (Math.Sqrt(k) * before)) / Math.Sqrt(k + 1);
            before = column[k];
        }

        double norm = Math.Sqrt(squares);
        for (int k = 0; k < order; k++)
            column[k] /= norm;
        return column;
    }
}
