using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// The residual along a group of directions after an epoch. Energies are over ||r_0||^2 of the whole run.
/// </summary>
/// <param name="Epoch">Finished epochs.</param>
/// <param name="Time">Theory time since the start of training.</param>
/// <param name="Group">The directions.</param>
/// <param name="Measured">sum &lt;u_s, r_t&gt;^2; 0 where the record's rounding alone could have made it.</param>
/// <param name="Error">What bounds its error.</param>
/// <param name="Predicted">The linear model's, from what was measured at the first of the epochs.</param>
/// <param name="Dynamics">
/// <c>descent</c> where the steps are those of the run, <c>flow</c> for exp(-2 lambda time).
/// </param>
internal sealed record DirectionPoint(
    int Epoch, double Time, DirectionGroup Group, double Measured, double Error, double Predicted, string Dynamics)
{
    /// <summary>
    /// Measured over predicted; NaN where the measured energy is not known, infinity where nothing was to be left.
    /// </summary>
    public double Ratio => Measured > Error ? Measured / Predicted : double.NaN;
}

/// <summary>Measured and predicted energies along directions, by recorded epoch.</summary>
internal static class DirectionCurves
{
    /// <summary>All points, group by group, from the checkpoint's epoch on.</summary>
    /// <param name="run">A run that <see cref="LinearDynamics"/> applies to.</param>
    /// <param name="view">The training split's spectrum at the checkpoint.</param>
    /// <param name="groups">Groups among its left vectors.</param>
    public static IEnumerable<DirectionPoint> Of(RunView run, SpectralView view, ImmutableArray<DirectionGroup> groups)
    {
        SplitView train = run.Split("train");
        // A step inside an epoch bears the number of finished epochs: the next record is the first one after it.
        bool isInside = run.Plan.Jacobian.At.Any(at => at.Name == view.Checkpoint && at.Step is not null);
        int start = 0;
        while (start < train.Epochs.Length && train.Epochs[start] < view.Epoch + (isInside ? 1 : 0))
            start++;
        if (groups.IsEmpty || start == train.Epochs.Length)
            return [];
        (double Energy, double Error)[][] measured = [.. Measured(run, view, train, groups, start)];
        Prediction prediction = new(run, train, groups, start);
        return groups.SelectMany((group, g) => measured.Select((energies, i) => new DirectionPoint(
            (int)train.Epochs[start + i],
            prediction.Times[start + i],
            group,
            energies[g].Energy,
            energies[g].Error,
            measured[0][g].Energy * prediction.Shares[start + i][g],
            prediction.Dynamics)));
    }

    private static IEnumerable<(double Energy, double Error)[]> Measured(
        RunView run, SpectralView view, SplitView train, ImmutableArray<DirectionGroup> groups, int start)
    {
        int rows = train.JacobianExamples * train.Classes;
        OrthonormalColumns space = new OrthonormalColumns(view.LeftVectors, view.LeftVectors.Length / rows, rows)
            .Leading(groups[^1].Last);
        double relative = RecordedOutputsError.Relative(run, train);
        double whole = EuclideanNorm.Squared(run.RecordedResidual(train, 0, "given")), initial = Math.Sqrt(whole);
        for (int record = start; record < train.Epochs.Length; record++)
        {
            run.Jacobians.Cancellation.ThrowIfCancellationRequested();
            double[] residual = run.RecordedResidual(train, record, "given");
            double total = EuclideanNorm.Squared(residual) / whole;
            double shift = RecordedOutputsError.OfRecord(train, record, relative) / initial;
            double[] inside = space.Coordinates(residual);
            yield return
            [
                .. groups.Select(group =>
                {
                    double energy = EuclideanNorm.Squared(inside.AsSpan(group.First - 1, group.Count)) / whole;
                    double error = (2 * Math.Sqrt(energy) * shift) + (shift * shift)
                        + (total * (group.AngleBound + (rows * UnitRoundoff.Float64)));
                    return (energy > shift * shift ? energy : 0, error);
                }),
            ];
        }
    }

    /// <summary>The linear model's energies as shares of those at the start.</summary>
    private sealed class Prediction
    {
        public Prediction(RunView run, SplitView train, ImmutableArray<DirectionGroup> groups, int start)
        {
            StochasticGradientDescent rule = TrainingSteps.Rule(run.Plan);
            // What momentum has gathered before a later start is not known to the prediction.
            bool isExact = run.Plan.Training.BatchSize == train.Examples && (rule.Momentum == 0 || start == 0);
            Dynamics = isExact ? "descent" : "flow";
            Times = new double[train.Epochs.Length];
            Shares = new double[train.Epochs.Length][];
            DirectionDescent[] directions =
                [.. groups.Select(group => new DirectionDescent(group.Eigenvalue, rule.Momentum, rule.Nesterov))];
            double began = 0;
            if (start == 0)
                Shares[0] = [.. groups.Select(_ => 1.0)];
            foreach (TrainingStep step in TrainingSteps.Of(run))
            {
                if (step.Epoch > train.Epochs[start])
                {
                    foreach (DirectionDescent direction in directions)
                        direction.Step(step.Unit, step.Rate);
                }

                int record = step.EndsEpoch ? train.Epochs.IndexOf(step.Epoch) : -1;
                if (record < 0)
                    continue;
                Times[record] = step.Time;
                began = record == start ? step.Time : began;
                Shares[record] = isExact
                    ? [.. directions.Select(direction => direction.Coordinate * direction.Coordinate)]
                    : [.. groups.Select(group => Math.Exp(-2 * group.Eigenvalue * (step.Time - began)))];
            }
        }

        /// <summary>Theory time after each record.</summary>
        public double[] Times { get; }

        /// <summary>By record and group.</summary>
        public double[][] Shares { get; }

        public string Dynamics { get; }
    }
}
