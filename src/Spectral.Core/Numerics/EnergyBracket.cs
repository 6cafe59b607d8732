using System.Collections.Immutable;

namespace Spectral.Core.Numerics;

/// <summary>
/// Rigorous bounds of ||P_{sigma >= alpha} v||^2, the energy of a vector v of R^{nK} in the information space of a
/// cutoff alpha, from a Lanczos run on G = J J^T started at v: no Gram matrix, no eigenvectors.
/// </summary>
/// <param name="Alpha">The cutoff in units of J's singular values.</param>
/// <param name="Lower">A lower bound of the energy, 0 or more.</param>
/// <param name="Upper">An upper bound of it, at most ||v||^2.</param>
/// <remarks>
/// Source: the Chebyshev-Markov-Stieltjes inequalities (Szego, Orthogonal Polynomials, 3.41): the mass of a measure
/// beyond a node of a Gauss or Gauss-Radau rule lies between the sums of the weights beyond it without and with its
/// own.
/// </remarks>
public sealed record EnergyBracket(double Alpha, double Lower, double Upper)
{
    /// <summary>
    /// Half the width of the ring around alpha^2, over the largest node, in which a node may stand on either side: a
    /// cut
    /// exactly at an eigenvalue is decided by rounding otherwise.
    /// </summary>
    private const double Ring = 1e-12;

    /// <summary>Bounds for several cutoffs from one run. Cost: <paramref name="steps"/> products with G.</summary>
    /// <param name="gram">G, of order nK.</param>
    /// <param name="vector">v [nK]; a zero vector has no energy anywhere.</param>
    /// <param name="alphas">The cutoffs.</param>
    /// <param name="steps">m; more steps never make the exact bounds wider, and end once v's Krylov space is used
    /// up.</param>
    /// <param name="team">The threads; their number changes no bit.</param>
    /// <param name="progress">Told of the finished part.</param>
    /// <param name="cancellation">Looked at between tasks.</param>
    /// <returns>One outcome a cutoff; a cutoff below the trust floor sigma_1 sqrt(2 u max(nK, p)) is refused.</returns>
    /// <exception cref="ArgumentException">v does not have nK elements or is not finite.</exception>
    public static ImmutableArray<BracketOutcome> Of(
        SymmetricOperator gram,
        ReadOnlySpan<double> vector,
        ImmutableArray<double> alphas,
        int steps,
        WorkerTeam team,
        IProgress<double> progress,
        CancellationToken cancellation) =>
        OfEach(gram, [vector.ToArray()], alphas, steps, team, progress, cancellation)[0];

    /// <summary>
    /// The same for several vectors side by side: each has its own Krylov space, and a product with G serves all.
    /// </summary>
    /// <param name="gram">G, of order nK.</param>
    /// <param name="vectors">The vectors, each of nK elements.</param>
    /// <param name="alphas">The cutoffs, the same for all of them.</param>
    /// <param name="steps">m.</param>
    /// <param name="team">The threads; their number changes no bit.</param>
    /// <param name="progress">Told of the finished part.</param>
    /// <param name="cancellation">Looked at between tasks.</param>
    /// <returns>For each vector one outcome a cutoff; sigma_1 of the trust floor is the largest that any vector
    /// found.</returns>
    /// <exception cref="ArgumentException">A vector does not have nK elements or is not finite.</exception>
    public static unsafe ImmutableArray<ImmutableArray<BracketOutcome>> OfEach(
        SymmetricOperator gram,
        ImmutableArray<double[]> vectors,
        ImmutableArray<double> alphas,
        int steps,
        WorkerTeam team,
        IProgress<double> progress,
        CancellationToken cancellation)
    {
        if (vectors.FirstOrDefault(vector => vector.Length != gram.Order) is { } wrong)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"a vector has {gram.Order} elements, got {wrong.Length}"),
                nameof(vectors));
        }

        double[] energies = [.. vectors.Select(vector => vector.Sum(entry => entry * entry))];
        int[] some = [.. Enumerable.Range(0, vectors.Length).Where(index => energies[index] != 0)];
        ImmutableArray<GaussQuadrature> quadratures = [];
        if (some.Length > 0)
        {
            using AlignedMatrix starts = AlignedMatrix.Unset(some.Length, gram.Order);
            for (int row = 0; row < some.Length; row++)
                vectors[some[row]].CopyTo(new Span<double>(starts.Row(row), gram.Order));
            quadratures = Lanczos.Run(gram, starts.Pointer, some.Length, steps, team, progress, cancellation);
        }

        double largest = quadratures.Select(quadrature => quadrature.Nodes[^1]).Append(0).Max();
        double floor = Math.Sqrt(2 * UnitRoundoff.Float64 * gram.LongestSide * largest);
        return [.. vectors.Select((_, index) => energies[index] == 0
            ? [.. alphas.Select(alpha => BracketOutcome.Of(new EnergyBracket(alpha, 0, 0)))]
            : Outcomes(quadratures[Array.IndexOf(some, index)], energies[index]))];

        ImmutableArray<BracketOutcome> Outcomes(GaussQuadrature quadrature, double energy) =>
            [.. alphas.Select(alpha => alpha > floor
                ? BracketOutcome.Of(Of(quadrature, energy, alpha))
                : BracketOutcome.Refused(FormattableString.Invariant(
                    $"a cutoff of {alpha:G4} does not lie above the trust floor {floor:G4} of J J^T")))];
    }

    /// <summary>The bounds of one cutoff from a quadrature of v, ||v||^2 = <paramref name="energy"/>.</summary>
    internal static EnergyBracket Of(GaussQuadrature quadrature, double energy, double alpha)
    {
        double theta = alpha * alpha, ring = Ring * quadrature.Nodes[^1];
        double above = quadrature.MassFrom(theta + ring), from = quadrature.MassFrom(theta - ring);
        if (!quadrature.IsExact)
        {
            // The first node beyond the cut may stand for mass before it, the last one before it for mass beyond.
            int beyond = quadrature.Nodes.Count(node => node >= theta + ring);
            int notBefore = quadrature.Nodes.Count(node => node >= theta - ring);
            if (beyond > 0)
                above -= quadrature.Weights[^beyond];
            if (notBefore < quadrature.Nodes.Length)
                from += quadrature.Weights[^(notBefore + 1)];
            // A node at the cut itself is the only one in doubt, and its weight vanishes where the cut is in a gap.
            if (quadrature.WithNode(theta + ring) is { } after)
                above = Math.Max(above, after.MassFrom(theta + (1.5 * ring)));
            if (quadrature.WithNode(theta - ring) is { } before)
                from = Math.Min(from, before.MassFrom(theta - (1.5 * ring)));
        }

        // Sums of weights carry the rounding of a small eigenproblem; where both meet within it, they may change
        // places.
        double rounding = 128 * UnitRoundoff.Float64 * quadrature.Nodes.Length;
        double lower = Math.Clamp(above - rounding, 0, 1), upper = Math.Clamp(from + rounding, 0, 1);
        return new EnergyBracket(alpha, energy * Math.Min(lower, upper), energy * Math.Max(lower, upper));
    }
}

/// <summary>A bracket, or the reason why there is none.</summary>
/// <param name="Bracket">The bracket, or null.</param>
/// <param name="Refusal">The reason as one sentence, or null.</param>
public sealed record BracketOutcome(EnergyBracket? Bracket, string? Refusal)
{
    /// <summary>There is one.</summary>
    public static BracketOutcome Of(EnergyBracket bracket) => new(bracket, null);

    /// <summary>There is none.</summary>
    public static BracketOutcome Refused(string reason) => new(null, reason);
}
