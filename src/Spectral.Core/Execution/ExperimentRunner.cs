using System.Collections.Immutable;
using Spectral.Core.Analyses;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>Runs a plan: data, noise, network, training, spectra, analyses, each writing what it made.</summary>
/// <param name="device">Where tensors live.</param>
/// <param name="folders">Where data sets are kept.</param>
/// <param name="progress">Told of everything that happens, on the calling thread.</param>
public sealed class ExperimentRunner(ComputeDevice device, DataFolders folders, IProgress<RunEvent> progress)
{
    /// <summary>Runs an experiment and writes its plan, results, checkpoints and dataset facts into a payload.</summary>
    /// <returns>What was found, and when each stage ran.</returns>
    /// <exception cref="OperationCanceledException">The caller asked to stop.</exception>
    /// <exception cref="IOException">A file could not be read or written.</exception>
    /// <exception cref="InvalidDataException">A data file is not what it should be.</exception>
    public RunOutcome Run(Experiment experiment, ArtifactFolder payload, CancellationToken cancellation)
    {
        RunPlan plan = experiment.Plan;
        NativeRuntime.UseThreads(plan.Threads);
        using IDisposable scope = NewDisposeScope();
        Device torchDevice = device.ToTorch();
        ResultWriter writer = new(payload);
        StageClock clock = new(progress, cancellation);
        Shape input = plan.Dataset.InputShape;
        int classes = plan.Dataset.ClassNames.Length;
        NetworkLayout layout = NetworkLayout.Of(plan);
        long parameters = layout.ColumnCount(plan);

        ImmutableArray<LabelledSplit> splits = clock.Time(Stages.Data, () =>
        {
            writer.WritePlan(plan, Catalog.Components);
            foreach (string digest in InputFiles.Of(plan))
                payload.Write(InputFiles.PathOf(digest), InputFiles.Read(experiment, digest));
            DatasetArrays arrays = plan.Dataset.Load(folders, plan.Seeds.Of("data"));
            TargetArrays given = plan.Noise.Corrupt(arrays.Train.Targets, plan.Seeds.Of("noise"));
            ImmutableArray<LabelledSplit> labelled =
            [
                new("train", arrays.Train, given),
                .. arrays.Validation.Count > 0
                    ? [new LabelledSplit("validation", arrays.Validation, arrays.Validation.Targets)]
                    : ImmutableArray<LabelledSplit>.Empty,
                new("test", arrays.Test, arrays.Test.Targets),
            ];
            writer.WriteDataset(plan, arrays, labelled, parameters);
            return labelled;
        });

        TrainingOutcome training = clock.Time(Stages.Training, () =>
        {
            ScalarType type = plan.Training.Precision == Precision.Float32 ? ScalarType.Float32 : ScalarType.Float64;
            ImmutableArray<SplitTensors> tensors = OnDevice(type);
            TrainingOutcome outcome = plan.Weights.IsEmpty
                ? Train(Start(type), tensors)
                : new GivenCheckpoints(plan, layout, progress)
                    .Evaluate(digest => Given(digest, type), tensors, cancellation);
            writer.WriteTraining(outcome, splits, classes);
            foreach (ReachedCheckpoint reached in outcome.Reached.Values)
                writer.WriteCheckpoint(reached.Name, layout, reached.Weights);
            return outcome;
        });

        ImmutableArray<SpectralView> views = clock.Time(Stages.Spectrum, () => Spectra(OnDevice(ScalarType.Float64)));

        ImmutableArray<Measurement> measurements = clock.Time(Stages.Analyses, () =>
        {
            ImmutableArray<Measurement> rows =
            [
                .. TrainingFacts.Measure(training),
                .. views.SelectMany(view => (IEnumerable<Measurement>)
                    [.. SpectrumFacts.Measure(view), .. plan.Analyses.SelectMany(analysis => analysis.Measure(view))]),
            ];
            writer.WriteMeasurements(rows);
            return rows;
        });

        return new RunOutcome(
            new RunResult(
                experiment.Name,
                experiment.Description,
                plan,
                PlanJson.Hash(plan, Catalog.Components),
                parameters,
                training.Rows,
                [.. views.Select(view => new SpectrumResult(view.Checkpoint, view.Epoch, view.Split, view.Spectrum))],
                measurements,
                training.DivergedAt),
            clock.Timings);

        TrainingOutcome Train(ImmutableArray<Tensor> weights, ImmutableArray<SplitTensors> tensors) =>
            new Trainer(plan, layout, weights, tensors, TimeLimit(weights), progress).Train(cancellation);

        ImmutableArray<Tensor> Start(ScalarType type) => plan.InitialWeights is { } digest
            ? Given(digest, type)
            : InitialWeights.Draw(layout, plan.Seeds.Of("init"), type, torchDevice);

        ImmutableArray<Tensor> Given(string digest, ScalarType type)
        {
            byte[] file = payload.Read(InputFiles.PathOf(digest));
            ImmutableArray<string> faults = WeightsFile.Faults(file, layout);
            return faults.IsEmpty
                ? CheckpointFile.Parse(file, layout, type, torchDevice)
                : throw new InvalidDataException(
                    $"{experiment.Inputs[digest]}: not this network's weights: {faults[0]}");
        }

        // The paper's T = Gamma / (eta alpha^2) needs alpha on J(W_0) before training begins.
        double TimeLimit(ImmutableArray<Tensor> weights)
        {
            if (!plan.Training.Stop.NeedsInitialSpectrum)
                return double.PositiveInfinity;
            using IDisposable stage = NewDisposeScope();
            ReachedCheckpoint initial = new("initial", 0, [], weights);
            SpectralView view = SpectrumStage.Compute(plan, layout, initial, weights, OnDevice(ScalarType.Float64)[0]).View;
            if (view.Cutoff.Split is { } split)
                return plan.Training.Stop.TimeLimit(split.Alpha);
            progress.Report(new RunWarning($"training has no stopping time, for the initial cutoff is refused: {view.Cutoff.Refusal}"));
            return double.PositiveInfinity;
        }

        ImmutableArray<SplitTensors> OnDevice(ScalarType type) =>
            [.. splits.Select(split => SplitTensors.Of(split, input, type, torchDevice))];

        ImmutableArray<SpectralView> Spectra(ImmutableArray<SplitTensors> tensors)
        {
            ImmutableArray<ReachedCheckpoint> reached =
                [.. plan.Jacobian.At.Select(at => training.Reached.GetValueOrDefault(at.Name)).OfType<ReachedCheckpoint>()];
            int total = reached.Length * plan.Jacobian.Splits.Length;
            ImmutableArray<SpectralView>.Builder done = ImmutableArray.CreateBuilder<SpectralView>(total);
            foreach (ReachedCheckpoint checkpoint in reached)
            {
                foreach (SplitTensors split in tensors.Where(split => plan.Jacobian.Splits.Contains(split.Name)))
                {
                    cancellation.ThrowIfCancellationRequested();
                    SpectrumArtifacts artifacts =
                        SpectrumStage.Compute(plan, layout, checkpoint, training.InitialWeights, split);
                    writer.WriteSpectrum(artifacts);
                    done.Add(artifacts.View);
                    progress.Report(new SpectrumFinished(done.Count, total, $"{checkpoint.Name}, {split.Name}"));
                    Warn(artifacts.View);
                }
            }

            return done.ToImmutable();
        }
    }

    private void Warn(SpectralView view)
    {
        string place = $"{view.Checkpoint}, {view.Split}";
        if (view.Cutoff.Refusal is { } refusal)
            progress.Report(new RunWarning($"{place}: no split into information and nuisance space: {refusal}"));
        else if (view.Cutoff.Split is { CutsCluster: true } split)
            progress.Report(new RunWarning($"{place}: the cutoff after rank {split.Rank} cuts a cluster of equal singular values; the spaces are not unique"));
    }
}
