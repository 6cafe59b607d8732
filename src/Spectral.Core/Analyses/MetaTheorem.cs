using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// The meta theorem 5.3 of arXiv:1906.05392v2: gradient descent on 1/2 ||f - y||^2 of any model stays near that of its
/// linearisation while the Jacobian changes little. The reference Jacobian is J(theta_0) itself (eps_0 = 0), the cutoff
/// the plan's own, and the tolerance min(1, zeta beta / alpha), so that the precision of the residual is zeta or better.
/// </summary>
internal static class MetaTheorem
{
    private const string Number = "5.3";

    /// <summary>The account of a run.</summary>
    /// <param name="facts">The run.</param>
    /// <param name="shallow">The constants of the paper's network, where it is one.</param>
    public static TheoremAccount Of(TheoremFacts facts, ShallowNetwork? shallow)
    {
        if (facts.Initial.Cutoff.Split is not { } split)
            return TheoremAccount.Silent(Number, $"there is no cutoff: {facts.Initial.Cutoff.Refusal}");
        if (!(split.Alpha > 0))
            return TheoremAccount.Silent(Number, "the cutoff is 0");
        double gamma = facts.Settings.Gamma, zeta = facts.Settings.Zeta, alpha = split.Alpha;
        EarlyStopping stopping = EarlyStopping.Of(facts.Initial.Spectrum, split, facts.InitialResidual, gamma);
        double beta = shallow?.JacobianNorm
            ?? facts.Run.Spectra.Where(view => view.Split == "train").Max(view => view.Spectrum.Largest);
        double tolerance = Math.Min(1, zeta * beta / alpha), norm = stopping.Norm;
        Enclosure radius = 2 * (stopping.DistanceBound + Enclosure.Exact(tolerance * gamma / alpha * norm));
        double time = gamma / (alpha * alpha);
        TheoremMoment moment = facts.Nearest(time);
        double allowed = tolerance * alpha * alpha * alpha / (5 * gamma * beta * beta);
        ImmutableArray<TheoremLine> changes = [.. Changes(facts)];
        // Twice the change at a checkpoint inside the ball is a lower bound of eps.
        double seen = Enumerable.Range(0, changes.Length / 2)
            .Where(i => changes[(2 * i) + 1].Here.Value <= radius.Value)
            .Select(i => 2 * changes[2 * i].Here.Lower)
            .Append(0)
            .Max();
        double? proved = shallow is null ? null : 2 * shallow.JacobianLipschitz * radius.Value;
        string cut = split.CutsCluster ? "cluster_cut" : "ok";
        ImmutableArray<TheoremLine> lines =
        [
            facts.GradientDescent,
            TheoremLine.AtMost(
                "reference", 0, Math.Min(tolerance * alpha, Math.Sqrt(tolerance * Math.Pow(alpha, 3) / (gamma * beta))) / 5,
                "eps_0, which is 0 for J = J(theta_0)"),
            new TheoremLine(
                "hypothesis", "jacobian_norm", Enclosure.Exact(Largest(facts)), "<=", beta, shallow is null ? "unknown" : "yes",
                shallow is null
                    ? "||J(theta)|| for all theta: beta is the largest seen, and nothing bounds it elsewhere"
                    : "||J(W)|| for all W, beta = nu B ||X|| by lemma 6.10"),
            new TheoremLine(
                "hypothesis", "jacobian_change", Enclosure.Exact(proved ?? seen), "<=", allowed,
                proved <= allowed ? "yes" : seen > allowed ? "no" : "unknown",
                proved is null
                    ? "eps of delta alpha^3 / (5 Gamma beta^2); seen is twice the largest ||J - J_0|| at a checkpoint inside R"
                    : "eps of delta alpha^3 / (5 Gamma beta^2); 2 nu B ||X|| R / sqrt k by lemma 6.10"),
            facts.Step(1 / (beta * beta), "1 / beta^2"),
            TheoremFacts.TimeOf(moment, time, "eta T = Gamma / alpha^2"),
            TheoremLine.Number("beta", Enclosure.Exact(beta), "beta of ||J(theta)||"),
            TheoremLine.Number("tolerance", Enclosure.Exact(tolerance), "the theorem's delta: min(1, zeta beta / alpha)"),
            TheoremLine.Number("radius", radius, "R = 2 (||J_I^+ r_0|| + Gamma/alpha ||P_N r_0|| + delta Gamma/alpha ||r_0||)") with { Status = cut },
            .. shallow is null || proved is not { } eps
                ? ImmutableArray<TheoremLine>.Empty
                : [
                    TheoremLine.Number(
                        "k_required",
                        Enclosure.Exact(shallow.Hidden * Math.Pow(eps / allowed, 2)),
                        "the width at which eps of lemma 6.10 would do, all else equal"),
                    TheoremLine.Number("k_ratio", Enclosure.Exact(Math.Pow(eps / allowed, 2)), "the same over k"),
                ],
            TheoremLine.Term("information", Math.Exp(-gamma) / norm * stopping.Information, "exp(-Gamma) ||P_I r_0|| / ||r_0||") with { Status = cut },
            TheoremLine.Term("nuisance", 1 / norm * stopping.Nuisance, "||P_N r_0|| / ||r_0||") with { Status = cut },
            TheoremLine.Term("precision", Enclosure.Exact(tolerance * alpha / beta), "delta alpha / beta"),
        ];
        SpectralView at = facts.Checkpoint(time);
        return new TheoremAccount(
            Number,
            facts.Initial.Checkpoint,
            split,
            [
                .. lines,
                TheoremAccount.Sum(lines, 1, "of ||r_T|| / ||r_0||"),
                .. changes,
                TheoremLine.Conclusion(
                    "residual",
                    1 / norm * facts.Residual(moment),
                    lines.Where(line => line.Part == "term").Aggregate(Enclosure.Exact(0), (sum, line) => sum + line.Here),
                    moment.Epoch,
                    moment.IsReached,
                    "||r_T|| / ||r_0||"),
                TheoremLine.Conclusion(
                    "distance", Enclosure.Exact(TheoremFacts.Norm(facts.Moved(at.Checkpoint))), 0.5 * radius, at.Epoch, isDue: true,
                    "||theta_t - theta_0|| is at most R/2"),
            ]);
    }

    private static double Largest(TheoremFacts facts) =>
        facts.Run.Spectra.Where(view => view.Split == "train").Max(view => view.Spectrum.Largest);

    /// <summary>||J_t - J_0|| and ||theta_t - theta_0|| for every checkpoint after the start, two lines each.</summary>
    private static IEnumerable<TheoremLine> Changes(TheoremFacts facts)
    {
        Plans.JacobianAccess jacobians = facts.Run.Jacobians;
        JacobianOperator start = new(jacobians.Source(facts.Initial.Checkpoint, "train"), jacobians.Threads);
        foreach (SpectralView view in facts.Run.Spectra.Where(view => view.Split == "train" && view != facts.Initial))
        {
            JacobianOperator now = new(jacobians.Source(view.Checkpoint, "train"), jacobians.Threads);
            Enclosure change = new JacobianDifference(now, start)
                .Norm(facts.Run.Plan.Seeds.Of("init"), jacobians.Threads, jacobians.Cancellation);
            yield return Measured("jacobian_change", change, "||J_t - J_0||");
            yield return Measured("parameter_distance", Enclosure.Exact(TheoremFacts.Norm(facts.Moved(view.Checkpoint))), "||theta_t - theta_0||");

            TheoremLine Measured(string name, Enclosure value, string note) =>
                new("measured", name, value, "", double.NaN, "", $"{note} at {view.Checkpoint}") { Epoch = view.Epoch };
        }
    }
}
