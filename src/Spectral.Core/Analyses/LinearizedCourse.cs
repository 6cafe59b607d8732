using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>Network and linear model after a recorded epoch, on the training split; all over ||r_0||.</summary>
/// <param name="Epoch">Finished epochs.</param>
/// <param name="Total">||r_t||^2 of the network, from the record.</param>
/// <param name="LinearTotal">||r_t||^2 of the linear model.</param>
/// <param name="Gap">||r_t - linear r_t||.</param>
/// <param name="Error">What bounds the gap's error.</param>
internal sealed record LinearizedRecord(long Epoch, double Total, double LinearTotal, double Gap, double Error);

/// <summary>The linear model at a checkpoint.</summary>
/// <param name="Coefficients">c with theta - theta_0 = J^T c, [nK].</param>
/// <param name="Residual">f - y, [nK].</param>
/// <param name="Steps">Finished steps.</param>
internal sealed record LinearizedState(double[] Coefficients, double[] Residual, long Steps);

/// <summary>The linear model's training, step by step as the network's.</summary>
/// <param name="InitialNorm">||r_0|| on the training split.</param>
/// <param name="Records">One for each recorded epoch.</param>
/// <param name="Checkpoints">The linear model at each checkpoint that was reached.</param>
internal sealed record LinearizedCourse(
    double InitialNorm,
    ImmutableArray<LinearizedRecord> Records,
    ImmutableDictionary<string, LinearizedState> Checkpoints)
{
    /// <summary>Trains the linear model.</summary>
    /// <param name="run">The run.</param>
    /// <param name="kernel">K = J J^T of the initial weights on the training split.</param>
    public static LinearizedCourse Of(RunView run, GramMatrix kernel)
    {
        SplitView train = run.Split("train");
        StochasticGradientDescent rule = TrainingSteps.Rule(run.Plan);
        double[] start = InitialResidual(run, "train");
        double norm = EuclideanNorm.Of(start), relative = RecordedOutputsError.Relative(run, train);
        KernelDescent descent = new(kernel, start, rule.Momentum, rule.Nesterov);
        ImmutableArray<LinearizedRecord>.Builder records = ImmutableArray.CreateBuilder<LinearizedRecord>();
        Dictionary<string, LinearizedState> kept = [];
        records.Add(Compare(0));
        Keep(at => at.Step is null, epoch: 0, steps: 0);
        int[] order = [];
        foreach (TrainingStep step in TrainingSteps.Of(run))
        {
            run.Jacobians.Cancellation.ThrowIfCancellationRequested();
            order = step.First == 0 ? TrainingSteps.Order(run.Plan, step.Epoch) : order;
            descent.Step(order.AsSpan(step.First, step.Size), train.Classes, step.Unit, step.Rate);
            Keep(at => at.Step == step.Number, epoch: null, step.Number);
            if (!step.EndsEpoch)
                continue;
            Keep(at => at.Step is null, step.Epoch, step.Number);
            if (train.Epochs.IndexOf(step.Epoch) is >= 0 and var record)
                records.Add(Compare(record));
        }

        return new LinearizedCourse(norm, records.ToImmutable(), kept.ToImmutableDictionary());

        LinearizedRecord Compare(int record)
        {
            double[] network = run.RecordedResidual(train, record, "given");
            double error = (RecordedOutputsError.OfRecord(train, record, relative) / norm)
                + (network.Length * UnitRoundoff.Float64);
            return new LinearizedRecord(
                train.Epochs[record],
                EuclideanNorm.Squared(network) / (norm * norm),
                EuclideanNorm.Squared(descent.Residual) / (norm * norm),
                EuclideanNorm.Between(network, descent.Residual) / norm,
                error);
        }

        void Keep(Func<Checkpoint, bool> isHere, int? epoch, long steps)
        {
            foreach (SpectralView view in run.Spectra)
            {
                if ((epoch is null || view.Epoch == epoch)
                    && run.Plan.Jacobian.At.Any(at => at.Name == view.Checkpoint && isHere(at)))
                {
                    kept[view.Checkpoint] =
                        new LinearizedState(descent.Coefficients.ToArray(), descent.Residual.ToArray(), steps);
                }
            }
        }
    }

    /// <summary>
    /// r_0 = f_0 - y of a split's given labels, [nK]: in binary64 where the initial weights are a checkpoint, else from
    /// the
    /// record.
    /// </summary>
    public static double[] InitialResidual(RunView run, string split)
    {
        SplitView labels = run.Split(split);
        string? name = ReferenceCheckpoint.NameIn(run.Plan, JacobianAccess.Initial);
        return name is not null && run.Spectrum(name, split) is { Outputs.IsEmpty: false } view
            ? Residual(labels, view.Outputs.Span)
            : run.RecordedResidual(labels, 0, "given");
    }

    /// <summary>f - y of a split's given labels, [nK].</summary>
    public static double[] Residual(SplitView labels, ReadOnlySpan<double> outputs)
    {
        double[] residual = outputs.ToArray();
        for (int i = 0; i < residual.Length; i++)
            residual[i] -= labels.Given[i];
        return residual;
    }
}
