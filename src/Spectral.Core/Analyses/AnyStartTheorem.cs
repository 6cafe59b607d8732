using System.Collections.Immutable;
using Spectral.Core.Cutoffs;
using Spectral.Core.Numerics;

namespace Spectral.Core.Analyses;

/// <summary>
/// Theorem 3.3 of arXiv:1906.05392v2 (6.19 to 6.21 in full): gradient descent from any W_0, with J = J(W_0) and the
/// initial residual r_0.
/// </summary>
internal static class AnyStartTheorem
{
    private const string Number = "3.3";

    /// <summary>The account of a run.</summary>
    public static TheoremAccount Of(ShallowCase run)
    {
        TheoremFacts facts = run.Facts;
        (double gamma, double abar, double zeta, double delta) = facts.Settings;
        SingularSpectrum spectrum = facts.Initial.Spectrum;
        double n = facts.Examples, k = run.Network.Hidden, root = Math.Sqrt(n);
        double scale = run.Network.Nu * run.Network.Bound;
        double alpha = scale * abar * Math.Pow(n, 0.25) * Math.Sqrt(facts.InputNorm);
        if (new AbsoluteCutoff(alpha).Resolve(spectrum).Split is not { } split)
            return TheoremAccount.Silent(Number, "its cutoff lies where the spectrum is not computed or not resolved");
        EarlyStopping start = EarlyStopping.Of(spectrum, split, facts.InitialResidual, gamma);
        double size = start.Norm / root; // C_r
        double width = 25600 * Math.Pow(size * gamma * gamma / (Math.Pow(abar, 4) * scale * zeta), 2);
        double time = gamma / (alpha * alpha);
        TheoremMoment moment = facts.Nearest(time);
        ImmutableArray<TheoremLine> lines =
        [
            facts.GradientDescent,
            TheoremLine.AtMost("zeta", zeta, 0.5, "1/2"),
            TheoremLine.AtMost("cutoff", alpha, spectrum.Largest, "alpha is at most sigma_1 of J(W_0)"),
            TheoremLine.AtLeast("width", k, width, "25600 C_r^2 Gamma^4 / (abar^8 nu^2 B^2 zeta^2)"),
            facts.Step(run.Network.LargestStep, "1 / (nu B ||X||)^2"),
            TheoremFacts.TimeOf(moment, time, "eta T = Gamma / alpha^2"),
            TheoremLine.Number("cutoff", alpha, "alpha = nu B abar n^(1/4) sqrt ||X||, of J(W_0)"),
            TheoremLine.Number("residual_size", size, "C_r = ||r_0|| / sqrt n") with { Target = "given" },
            TheoremLine.Number("k_required", width, "the width that is asked for"),
            TheoremLine.Number("k_ratio", width / k, "the width that is asked for over k"),
            TheoremLine.Term("bias", 2 / root * start.Nuisance, "2 ||P_N r_0|| / sqrt n").In(split),
            TheoremLine.Term(
                "variance",
                12 * scale / root * start.DistanceBound,
                "12 nu B / sqrt n (||J_I^+ r_0|| + Gamma/alpha ||P_N r_0||)").In(split),
            TheoremLine.Term("precision", 2 * size * zeta, "2 C_r zeta"),
            TheoremLine.Term("concentration", 5 * Math.Sqrt(Math.Log(2 / delta)) / root, "5 sqrt(log(2/delta) / n)"),
            TheoremLine.Term("early_stopping", 2 * size * Math.Exp(-gamma), "2 C_r exp(-Gamma)"),
        ];
        double longest = 2 * run.Network.JacobianNorm * gamma * start.Norm / (Math.Sqrt(k) * alpha * alpha);
        return new TheoremAccount(
            Number,
            facts.Initial.Checkpoint,
            split,
            [
                .. lines,
                TheoremAccount.Sum(lines, 1, "of the error rate, with probability 1 - delta"),
                TheoremLine.Number(
                    "variance_by_distance",
                    12 * scale / root * start.Distance,
                    "12 nu B / sqrt n D of theorem 6.21, in the place of the variance").In(split),
                .. TheoremErrors.At(facts.Run, moment),
                TheoremLine.Conclusion(
                    "residual",
                    facts.Residual(moment),
                    start.Nuisance + (Math.Exp(-gamma) * start.Information) + Enclosure.Exact(zeta * start.Norm),
                    moment.Epoch,
                    moment.IsReached,
                    "||f - y|| at T, lemma 6.19"),
                .. run.Distances(time, 2 * start.Distance, Enclosure.Exact(longest), "lemma 6.19"),
            ]);
    }
}
