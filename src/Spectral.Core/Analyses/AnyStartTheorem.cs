using System.Collections.Immutable;
using Spectral.Core.Cutoffs;
using Spectral.Core.Numerics;

namespace Spectral.Core.Analyses;

/// <summary>
/// Theorem 3.3 of arXiv:1906.05392v2 (6.19 to 6.21 in full): gradient descent from any W_0, with J = J(W_0) and the initial
/// residual r_0.
/// </summary>
internal static class AnyStartTheorem
{
    private const string Number = "3.3";

    /// <summary>The account of a run.</summary>
    public static TheoremAccount Of(ShallowCase run)
    {
        TheoremFacts facts = run.Facts;
        (double gamma, double abar, double zeta, double delta) = facts.Settings;
        double n = facts.Examples, k = run.Network.Hidden, nu = run.Network.Nu, bound = run.Network.Bound;
        double alpha = run.Network.Nu * bound * abar * Math.Pow(n, 0.25) * Math.Sqrt(facts.InputNorm);
        if (new AbsoluteCutoff(alpha).Resolve(facts.Initial.Spectrum).Split is not { } split)
            return TheoremAccount.Silent(Number, "its cutoff alpha lies where the initial spectrum was not computed or is not resolved");
        EarlyStopping stopping = EarlyStopping.Of(facts.Initial.Spectrum, split, facts.InitialResidual, gamma);
        double size = stopping.Norm / Math.Sqrt(n); // C_r
        double width = 25600 * Math.Pow(size * gamma * gamma / (Math.Pow(abar, 4) * nu * bound * zeta), 2);
        double time = gamma / (alpha * alpha);
        TheoremMoment moment = facts.Nearest(time);
        string cut = split.CutsCluster ? "cluster_cut" : "ok";
        ImmutableArray<TheoremLine> lines =
        [
            facts.GradientDescent,
            TheoremLine.AtMost("zeta", zeta, 0.5, "1/2"),
            TheoremLine.AtMost("cutoff", alpha, facts.Initial.Spectrum.Largest, "alpha is no larger than sigma_1 of J(W_0)"),
            TheoremLine.AtLeast("width", k, width, "25600 C_r^2 Gamma^4 / (abar^8 nu^2 B^2 zeta^2)"),
            facts.Step(run.Network.LargestStep, "1 / (nu B ||X||)^2"),
            TheoremFacts.TimeOf(moment, time, "eta T = Gamma / alpha^2"),
            TheoremLine.Number("cutoff", Enclosure.Exact(alpha), "alpha = nu B abar n^(1/4) sqrt ||X||, in units of sigma of J(W_0)"),
            TheoremLine.Number("residual_size", Enclosure.Exact(size), "C_r = ||r_0|| / sqrt n") with { Target = "given" },
            TheoremLine.Number("k_required", Enclosure.Exact(width), "the width that is asked for"),
            TheoremLine.Number("k_ratio", Enclosure.Exact(width / k), "the width that is asked for over k"),
            TheoremLine.Term("bias", 2 / Math.Sqrt(n) * stopping.Nuisance, "2 ||P_N r_0|| / sqrt n") with { Status = cut },
            TheoremLine.Term(
                "variance",
                12 * nu * bound / Math.Sqrt(n) * stopping.DistanceBound,
                "12 nu B / sqrt n (||J_I^+ r_0|| + Gamma/alpha ||P_N r_0||)") with { Status = cut },
            TheoremLine.Term("precision", Enclosure.Exact(2 * size * zeta), "2 C_r zeta"),
            TheoremLine.Term(
                "concentration", Enclosure.Exact(5 * Math.Sqrt(Math.Log(2 / delta) / n)), "5 sqrt(log(2/delta) / n)"),
            TheoremLine.Term("early_stopping", Enclosure.Exact(2 * size * Math.Exp(-gamma)), "2 C_r exp(-Gamma)"),
        ];
        double beta = run.Network.JacobianNorm;
        return new TheoremAccount(
            Number,
            facts.Initial.Checkpoint,
            split,
            [
                .. lines,
                TheoremAccount.Sum(lines, 1, "of the error rate, with probability 1 - delta"),
                TheoremLine.Number(
                    "variance_by_distance",
                    12 * nu * bound / Math.Sqrt(n) * stopping.Distance,
                    "12 nu B / sqrt n D of theorem 6.21, in the place of the variance") with
                {
                    Target = "given",
                    Status = double.IsNaN(stopping.Distance.Value) ? "partial_spectrum" : cut,
                },
                .. TheoremErrors.At(facts.Run, moment),
                TheoremLine.Conclusion(
                    "residual",
                    facts.Residual(moment),
                    stopping.Nuisance + (Math.Exp(-gamma) * stopping.Information) + Enclosure.Exact(zeta * stopping.Norm),
                    moment.Epoch,
                    moment.IsReached,
                    "||f - y|| at T, lemma 6.19"),
                .. run.Distances(
                    time,
                    2 * stopping.Distance,
                    2 * beta * gamma * stopping.Norm / (Math.Sqrt(k) * alpha * alpha),
                    "lemma 6.19"),
            ]);
    }
}
