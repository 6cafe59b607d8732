using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// The meta theorem 5.3 of arXiv:1906.05392v2: gradient descent on 1/2 ||f - y||^2 of any model stays near that of its
/// linearisation while the Jacobian changes little. The reference Jacobian is J(theta_0) itself (eps_0 = 0), the cutoff
/// the plan's own, and the tolerance min(1, zeta beta / alpha), which gives the residual the precision zeta or a better
/// one.
/// </summary>
internal static class MetaTheorem
{
    private const string Number = "5.3";

    /// <summary>The account of a run.</summary>
    /// <param name="facts">The run.</param>
    /// <param name="shallow">The constants of the paper's network, where it is one.</param>
    public static TheoremAccount Of(TheoremFacts facts, ShallowNetwork? shallow)
    {
        if (facts.Initial.Cutoff.Split is not { Alpha: > 0 } split)
            return TheoremAccount.Silent(Number, facts.Initial.Cutoff.Refusal ?? "the cutoff is 0");
        double gamma = facts.Settings.Gamma, zeta = facts.Settings.Zeta, alpha = split.Alpha;
        EarlyStopping start = EarlyStopping.Of(facts.Initial.Spectrum, split, facts.InitialResidual, gamma);
        double norm = start.Norm, seenNorm = facts.TrainSpectra.Max(view => view.Spectrum.Largest);
        double beta = shallow?.JacobianNorm ?? seenNorm;
        double tolerance = Math.Min(1, zeta * beta / alpha);
        Enclosure radius = 2 * (start.DistanceBound + Enclosure.Exact(tolerance * gamma / alpha * norm));
        double time = gamma / (alpha * alpha), allowed = tolerance * Math.Pow(alpha, 3) / (5 * gamma * beta * beta);
        TheoremMoment moment = facts.Nearest(time);
        ImmutableArray<Change> changes = [.. Changes(facts)];
        ImmutableArray<TheoremLine> lines =
        [
            facts.GradientDescent,
            TheoremLine.AtMost(
                "reference",
                0,
                Math.Min(tolerance * alpha, Math.Sqrt(tolerance * Math.Pow(alpha, 3) / (gamma * beta))) / 5,
                "eps_0, which is 0 for J = J(theta_0)"),
            shallow is null
                ? TheoremLine.Unknown("jacobian_norm", seenNorm, beta, "beta is the largest ||J|| seen, not a bound")
                : TheoremLine.AtMost("jacobian_norm", seenNorm, beta, "||J(W)|| for all W, nu B ||X|| by lemma 6.10"),
            Smoothness(shallow, changes, radius.Value, allowed),
            facts.Step(1 / (beta * beta), "1 / beta^2"),
            TheoremFacts.TimeOf(moment, time, "eta T = Gamma / alpha^2"),
            TheoremLine.Number("beta", beta, "beta of ||J(theta)||"),
            TheoremLine.Number("tolerance", tolerance, "the theorem's delta: min(1, zeta beta / alpha)"),
            TheoremLine.Number(
                "radius",
                radius,
                "R = 2 (||J_I^+ r_0|| + Gamma/alpha ||P_N r_0|| + delta Gamma/alpha ||r_0||)").In(split),
            .. Width(shallow, radius.Value, allowed),
            TheoremLine.Term(
                "information",
                Math.Exp(-gamma) / norm * start.Information,
                "exp(-Gamma) ||P_I r_0|| / ||r_0||").In(split),
            TheoremLine.Term("nuisance", 1 / norm * start.Nuisance, "||P_N r_0|| / ||r_0||").In(split),
            TheoremLine.Term("precision", tolerance * alpha / beta, "delta alpha / beta"),
        ];
        TheoremLine bound = TheoremAccount.Sum(lines, 1, "of ||r_T|| / ||r_0||");
        SpectralView at = facts.Checkpoint(time);
        return new TheoremAccount(
            Number,
            facts.Initial.Checkpoint,
            split,
            [
                .. lines,
                bound,
                .. changes.SelectMany(change => change.Lines()),
                TheoremLine.Conclusion(
                    "residual",
                    1 / norm * facts.Residual(moment),
                    bound.Here,
                    moment.Epoch,
                    moment.IsReached,
                    "||r_T|| / ||r_0||"),
                TheoremLine.Conclusion(
                    "distance",
                    Enclosure.Exact(TheoremFacts.Norm(facts.Moved(at.Checkpoint))),
                    0.5 * radius,
                    at.Epoch,
                    isDue: true,
                    "||theta_t - theta_0|| is at most R/2"),
            ]);
    }

    /// <summary>
    /// Assumption 2, ||J(theta) - J(theta_0)|| at most eps/2 for all theta within R. Lemma 6.10 proves an eps for the
    /// paper's network; twice the change at a checkpoint within R is a lower bound of it for any.
    /// </summary>
    private static TheoremLine Smoothness(
        ShallowNetwork? shallow, ImmutableArray<Change> changes, double radius, double allowed)
    {
        double seen = changes.Where(change => change.Distance <= radius).Select(change => 2 * change.Jacobian.Lower)
            .Append(0).Max();
        const string name = "jacobian_change", formula = "eps of delta alpha^3 / (5 Gamma beta^2); ";
        double proved = 2 * (shallow?.JacobianLipschitz ?? double.PositiveInfinity) * radius;
        if (proved <= allowed)
            return TheoremLine.AtMost(name, proved, allowed, formula + "2 nu B ||X|| R / sqrt k, lemma 6.10");
        return seen > allowed
            ? TheoremLine.AtMost(name, seen, allowed, formula + "2 ||J_t - J_0|| at a checkpoint within R")
            : TheoremLine.Unknown(name, seen, allowed, formula + "2 ||J_t - J_0|| at checkpoints within R");
    }

    /// <summary>The width of the paper's network at which lemma 6.10 would prove assumption 2.</summary>
    private static IEnumerable<TheoremLine> Width(ShallowNetwork? shallow, double radius, double allowed)
    {
        if (shallow is null)
            yield break;
        double proved = 2 * shallow.JacobianLipschitz * radius, ratio = Math.Pow(proved / allowed, 2);
        yield return TheoremLine.Number("jacobian_change_bound", proved, "eps of lemma 6.10: 2 nu B ||X|| R / sqrt k");
        yield return TheoremLine.Number("k_required", shallow.Hidden * ratio, "the width at which that eps would do");
        yield return TheoremLine.Number("k_ratio", ratio, "the width at which that eps would do over k");
    }

    private static IEnumerable<Change> Changes(TheoremFacts facts)
    {
        JacobianAccess jacobians = facts.Run.Jacobians;
        using WorkerTeam team = new(jacobians.Threads);
        RowTiles start = jacobians.Rows(facts.Initial.Checkpoint, "train");
        foreach (SpectralView view in facts.TrainSpectra.Where(view => view != facts.Initial))
        {
            Enclosure change = RowNorms.Of(
                new RowDifference(jacobians.Rows(view.Checkpoint, "train"), start),
                facts.Initial.Spectrum.FrobeniusNorm,
                facts.Run.Plan.Seeds.Of("init"),
                team,
                jacobians.Cancellation).Spectral;
            yield return new Change(view, change, TheoremFacts.Norm(facts.Moved(view.Checkpoint)));
        }
    }

    /// <summary>How far a checkpoint is from the start.</summary>
    /// <param name="At">The checkpoint.</param>
    /// <param name="Jacobian">||J_t - J_0||.</param>
    /// <param name="Distance">||theta_t - theta_0||.</param>
    private sealed record Change(SpectralView At, Enclosure Jacobian, double Distance)
    {
        public IEnumerable<TheoremLine> Lines() =>
        [
            Line("jacobian_change", Jacobian, "||J_t - J_0||"),
            Line("parameter_distance", Enclosure.Exact(Distance), "||theta_t - theta_0||"),
        ];

        private TheoremLine Line(string name, Enclosure value, string note) =>
            new("measured", name, value, "", double.NaN, "", $"{note} at {At.Checkpoint}") { Epoch = At.Epoch };
    }
}
