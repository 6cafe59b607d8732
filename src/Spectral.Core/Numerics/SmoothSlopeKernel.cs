namespace Spectral.Core.Numerics;

/// <summary>
/// The slope kernel of an activation with a smooth phi', by Mehler's formula: E phi'(a z) phi'(b z') = sum_k c_k(a)
/// c_k(b) correlation^k with the Hermite coefficients c_k(a) = E phi'(a z) h_k(z), z ~ N(0, 1), from Gauss-Hermite
/// quadrature.
/// </summary>
/// <param name="slope">phi', bounded.</param>
/// <remarks>
/// <para>The number of nodes m is doubled, from 64 on, until m / 2 coefficients of the longest example agree with those
/// of 2m nodes and hold all of E phi'^2, to rounding, or m is 256. What is left of both is the stated error: by
/// Cauchy's inequality the series beyond m / 2 is at most the energy beyond, and coefficients that are off by d move
/// the sum by at most 2 ||c|| ||d||. The longest example is the worst: its singularities lie nearest to the real
/// line.</para>
/// <para>Cost: 2m evaluations of phi' and 2 m^2 flops an example, m flops a pair.</para>
/// <para>Source: Daniely, Frostig and Singer, arXiv:1602.05897, section 8 (dual activations).</para>
/// </remarks>
public sealed class SmoothSlopeKernel(Func<double, double> slope) : SlopeKernel
{
    private const int SmallestOrder = 64;

    /// <inheritdoc/>
    public override PreparedSlopeKernel For(IReadOnlyList<double> norms)
    {
        double longest = norms.Max();
        int order = SmallestOrder / 2;
        GaussHermite fine = new(SmallestOrder);
        double error, scale;
        do
        {
            GaussHermite coarse = fine;
            order *= 2;
            fine = new GaussHermite(2 * order);
            Expansion few = Expand(coarse, longest, order / 2), many = Expand(fine, longest, order / 2);
            double apart = Math.Sqrt(
                few.Coefficients.Zip(many.Coefficients, (one, other) => (one - other) * (one - other)).Sum());
            scale = many.Energy;
            error = many.Beyond + (2 * Math.Sqrt(scale) * apart);
        }
        while (error > 64 * UnitRoundoff.Float64 * scale && 2 * order < GaussHermite.LargestOrder);

        return new Prepared([.. norms.Select(norm => Expand(fine, norm, order / 2))], error);
    }

    private Expansion Expand(GaussHermite rule, double norm, int count)
    {
        double[] values = new double[rule.Order];
        double energy = 0;
        for (int node = 0; node < values.Length; node++)
        {
            values[node] = slope(norm * rule.Nodes[node]);
            energy += rule.Weight(node) * values[node] * values[node];
        }

        return new Expansion(rule.Coefficients(values, count), energy);
    }

    /// <summary>An example's coefficients, and E phi'(a z)^2, which its pair with itself has.</summary>
    private sealed record Expansion(double[] Coefficients, double Energy)
    {
        /// <summary>The energy in higher coefficients.</summary>
        public double Beyond => Math.Max(0, Energy - Coefficients.Sum(c => c * c));
    }

    private sealed class Prepared(Expansion[] examples, double error) : PreparedSlopeKernel
    {
        public override double Error => error;

        public override double Value(int i, int j, double correlation)
        {
            if (i == j)
                return examples[i].Energy;
            double[] one = examples[i].Coefficients, other = examples[j].Coefficients;
            double sum = 0;
            for (int k = one.Length - 1; k >= 0; k--)
                sum = (sum * correlation) + (one[k] * other[k]);
            return sum;
        }
    }
}
