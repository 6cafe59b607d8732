using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>Differentiates the network at checkpoints on splits and expresses labels and residuals in the spectra.</summary>
/// <param name="plan">The plan.</param>
/// <param name="layout">The network.</param>
/// <param name="progress">Told of every spectrum.</param>
/// <param name="cancellation">Asks to stop.</param>
internal sealed class SpectrumStage(
    RunPlan plan, NetworkLayout layout, IProgress<RunEvent> progress, CancellationToken cancellation)
{
    /// <summary>The views of all checkpoints that training reached, on all splits that the plan names.</summary>
    /// <param name="training">What training left.</param>
    /// <param name="splits">The splits in binary64.</param>
    /// <param name="write">Keeps one spectrum's arrays.</param>
    /// <exception cref="OperationCanceledException">The caller asked to stop.</exception>
    public ImmutableArray<SpectralView> ComputeAll(
        TrainingOutcome training, ImmutableArray<SplitTensors> splits, Action<SpectrumArtifacts> write)
    {
        ImmutableArray<ReachedCheckpoint> reached =
            [.. plan.Jacobian.At.Select(at => training.Reached.GetValueOrDefault(at.Name)).OfType<ReachedCheckpoint>()];
        int total = reached.Length * plan.Jacobian.Splits.Length;
        ImmutableArray<SpectralView>.Builder done = ImmutableArray.CreateBuilder<SpectralView>(total);
        foreach (ReachedCheckpoint checkpoint in reached)
        {
            foreach (SplitTensors split in splits.Where(split => plan.Jacobian.Splits.Contains(split.Name)))
            {
                cancellation.ThrowIfCancellationRequested();
                SpectrumArtifacts artifacts = Compute(checkpoint, training.InitialWeights, split);
                write(artifacts);
                done.Add(artifacts.View);
                progress.Report(new SpectrumFinished(done.Count, total, $"{checkpoint.Name}, {split.Name}"));
                Warn(artifacts.View);
            }
        }

        return done.ToImmutable();
    }

    /// <summary>The view that analyses measure, and the arrays that the bundle keeps.</summary>
    /// <param name="checkpoint">The checkpoint as training reached it.</param>
    /// <param name="initialWeights">The weights before training, for r_0.</param>
    /// <param name="whole">The split in binary64, of which the plan may take the first examples only.</param>
    public SpectrumArtifacts Compute(
        ReachedCheckpoint checkpoint, ImmutableArray<Tensor> initialWeights, SplitTensors whole)
    {
        using IDisposable scope = NewDisposeScope();
        SplitTensors split = whole.First(plan.JacobianExamples(whole.Name));
        Tensor initialOutputs =
            Evaluation.Outputs(layout, CheckpointJacobian.InBinary64(initialWeights), split); // [n, K]
        (Tensor outputs, Tensor jacobian) =
            CheckpointJacobian.Form(plan, layout, checkpoint.Weights, split.Inputs); // [n, K], [nK, p]
        using IDisposable graphless = no_grad();
        Loss loss = plan.Training.Loss;
        Tensor vectors = LabelVectors.Columns(split, loss.Predictions(outputs), loss.Predictions(initialOutputs)); // [nK, 10]
        (SingularSpectrum spectrum, ImmutableArray<ProjectedVector> projected, Tensor left) =
            DirectSpectrum.Decompose(jacobian, vectors);

        CutoffOutcome cutoff = plan.Cutoff.Resolve(spectrum);
        SpectralView view = new(
            checkpoint.Name,
            checkpoint.Epoch,
            split.Name,
            split.Count,
            (int)split.Clean.Values.shape[1],
            spectrum,
            cutoff,
            Targets(projected, LabelVectors.ClassConstantShares(split)),
            [.. checkpoint.Rows.Where(row => row.Split == split.Name)]);
        int rank = cutoff.Split?.Rank ?? 0;
        return new SpectrumArtifacts(
            view,
            outputs.cpu().contiguous().data<double>().ToArray(),
            projected,
            // An empty tensor has no memory to read.
            rank == 0 ? [] : left.narrow(1, 0, rank).contiguous().cpu().data<double>().ToArray());
    }

    private void Warn(SpectralView view)
    {
        string place = $"{view.Checkpoint}, {view.Split}";
        if (view.Cutoff.Refusal is { } refusal)
        {
            progress.Report(new RunWarning($"{place}: no split into information and nuisance space: {refusal}"));
        }
        else if (view.Cutoff.Split is { CutsCluster: true } split)
        {
            progress.Report(new RunWarning(
                $"{place}: the cutoff after rank {split.Rank} cuts a cluster of equal singular values; the spaces are not unique"));
        }
    }

    private static ImmutableArray<TargetView> Targets(
        ImmutableArray<ProjectedVector> projected, ImmutableArray<double> classConstantShares)
    {
        return
        [
            .. LabelVectors.LabelTargets.Select((target, index) => new TargetView(
                target, Of("label." + target)!, classConstantShares[index], Of("residual." + target), Of("initial_residual." + target))),
        ];

        ProjectedVector? Of(string column)
        {
            int index = LabelVectors.Names.IndexOf(column);
            return index < 0 ? null : projected[index];
        }
    }
}

/// <summary>What one spectrum leaves: the view for analyses, and arrays for the bundle.</summary>
/// <param name="View">What analyses measure.</param>
/// <param name="Outputs">f_t [n, K] in binary64.</param>
/// <param name="Projections">The vectors of <see cref="LabelVectors.Names"/>.</param>
/// <param name="LeftVectors">u_1..u_r as columns, [nK, r], row-major; empty where the cutoff was refused.</param>
internal sealed record SpectrumArtifacts(
    SpectralView View, double[] Outputs, ImmutableArray<ProjectedVector> Projections, double[] LeftVectors);
