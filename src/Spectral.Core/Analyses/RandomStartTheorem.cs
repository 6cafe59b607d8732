using System.Collections.Immutable;
using Spectral.Core.Cutoffs;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;

namespace Spectral.Core.Analyses;

/// <summary>
/// Theorem 3.2 of arXiv:1906.05392v2 (6.22 and 6.23 in full): gradient descent from random W_0, with J = Sigma(X)^(1/2)
/// of the infinitely wide network and the given labels y in the place of the residual.
/// </summary>
internal static class RandomStartTheorem
{
    private const string Number = "3.2";

    /// <summary>The account of a run.</summary>
    public static TheoremAccount Of(ShallowCase run)
    {
        TheoremFacts facts = run.Facts;
        (double gamma, double abar, double zeta, double delta) = facts.Settings;
        double n = facts.Examples, k = run.Network.Hidden, classes = facts.Classes;
        double bound = run.Network.Bound, norm = facts.InputNorm, nu = run.Network.Nu, root = Math.Sqrt(n);
        double alpha = abar * Math.Pow(n, 0.25) * Math.Sqrt(classes * norm) * bound;
        if (WideNetworkKernel.Bytes(facts.Examples) > GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)
            return TheoremAccount.Silent(Number, "the kernel of so many examples does not fit in memory");
        if (Labels(run, alpha) is not var (labels, largest))
            return TheoremAccount.Silent(Number, "its cutoff alpha_0 lies below what the kernel's spectrum resolves");
        SpaceSplit split = labels.Split;
        double share = labels.Information.Value / labels.Norm; // c
        double width = 12e7 * Math.Pow(gamma, 4) * Math.Log(n) / Math.Pow(share * zeta * abar * abar, 4);
        double scale = zeta / (50 * bound * Math.Sqrt(Math.Log(2 * classes)));
        double time = gamma * classes / (nu * nu * alpha * alpha);
        TheoremMoment moment = facts.Nearest(time);
        ImmutableArray<TheoremLine> lines =
        [
            facts.GradientDescent,
            TheoremLine.Require("random_start", run.IsRandom, "W_0 drawn from N(0, 1)"),
            TheoremLine.Equal("nu", nu, scale, 1e-6, "zeta / (50 B sqrt(log 2K))"),
            TheoremLine.AtMost("zeta", zeta, Math.Min(0.5, share / 2), "c/2 with ||P_I y|| = c ||y||, and 1/2"),
            TheoremLine.AtMost("cutoff", alpha, largest, "alpha_0 is at most the largest value of Sigma(X)^(1/2)"),
            TheoremLine.AtLeast("width", k, width, "12e7 Gamma^4 log n / (c^4 zeta^4 abar^8)"),
            facts.Step(run.Network.LargestStep, "1 / (nu B ||X||)^2"),
            TheoremFacts.TimeOf(moment, time, "eta T = Gamma K / (nu alpha_0)^2"),
            TheoremLine.Number("input_norm", norm, "||X||"),
            TheoremLine.Number("slope_bound", bound, "B of |phi'|, |phi''|, |phi(0)|"),
            TheoremLine.Number("cutoff", alpha, "alpha_0 = abar n^(1/4) sqrt(K ||X||) B, of Sigma(X)^(1/2)"),
            TheoremLine.Number("information", 1 / labels.Norm * labels.Information, "c = ||P_I y|| / ||y||").In(split),
            TheoremLine.Number("k_required", width, "the width that is asked for"),
            TheoremLine.Number("k_ratio", width / k, "the width that is asked for over k"),
            TheoremLine.Term("bias", 2 / root * labels.Nuisance, "2 ||P_N y|| / sqrt n").In(split),
            TheoremLine.Term(
                "variance",
                12 * bound * Math.Sqrt(classes) / root * labels.DistanceBound,
                "12 B sqrt(K/n) (||J_I^+ y|| + Gamma/alpha_0 ||P_N y||)").In(split),
            TheoremLine.Term(
                "precision",
                12 * (1 + (gamma / (abar * Math.Pow(n * norm * norm, 0.25)))) * zeta,
                "12 (1 + Gamma / (abar (n ||X||^2)^(1/4))) zeta"),
            TheoremLine.Term("concentration", 5 * Math.Sqrt(Math.Log(2 / delta)) / root, "5 sqrt(log(2/delta) / n)"),
            TheoremLine.Term("early_stopping", 2 * Math.Exp(-gamma), "2 exp(-Gamma)"),
        ];
        return new TheoremAccount(
            Number,
            "",
            split with { Rank = split.Rank * facts.Classes, Alpha = run.Network.OfKernelScale(alpha) },
            [
                .. lines,
                TheoremAccount.Sum(lines, 1, "of the error rate, with probability 1 - (2K)^-100 - delta"),
                TheoremLine.Number(
                    "variance_by_distance",
                    12 * bound * Math.Sqrt(classes) / root * labels.Distance,
                    "12 B sqrt(K/n) D of theorem 6.23, in the place of the variance").In(split),
                .. TheoremErrors.At(facts.Run, moment),
                TheoremLine.Conclusion(
                    "residual",
                    facts.Residual(moment),
                    labels.Nuisance + (Math.Exp(-gamma) * labels.Information) + Enclosure.Exact(4 * zeta * root),
                    moment.Epoch,
                    moment.IsReached,
                    "||f - y|| at T, theorem 6.22"),
                .. run.Distances(
                    time,
                    2 * Math.Sqrt(classes) / (nu * alpha) * (labels.Value + Enclosure.Exact(gamma * zeta * root)),
                    Enclosure.Exact(4 * gamma * bound * classes * norm * Math.Sqrt(n / k) / (nu * alpha * alpha)),
                    "theorem 6.22"),
            ]);
    }

    /// <summary>y in Sigma(X)^(1/2), whose largest value comes along; null where alpha_0 is refused.</summary>
    private static (EarlyStopping Labels, double Largest)? Labels(ShallowCase run, double alpha)
    {
        JacobianAccess jacobians = run.Facts.Run.Jacobians;
        using WideNetworkKernel kernel = WideNetworkKernel.Of(
            run.Facts.Inputs, run.Facts.Examples, run.Activation.Slopes, jacobians.Cancellation);
        (SingularSpectrum spectrum, ProjectedVector labels) = kernel.Decompose(
            [.. run.Facts.Train.Given.Select(value => (double)value)],
            new EigenSettings(jacobians.Threads, Cancellation: jacobians.Cancellation));
        return new AbsoluteCutoff(alpha).Resolve(spectrum).Split is { } split
            ? (EarlyStopping.Of(spectrum, split, labels, run.Facts.Settings.Gamma), spectrum.Largest)
            : null;
    }
}
