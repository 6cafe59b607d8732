using System.Collections.Immutable;
using Spectral.Core.Analyses;
using Spectral.Core.Formats;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>Runs a plan: data, noise, network, training, spectra, analyses, each writing what it made.</summary>
/// <param name="device">Where tensors live.</param>
/// <param name="folders">Where data sets are kept.</param>
/// <param name="progress">Told of everything that happens, on the calling thread.</param>
/// <param name="store">Finished stages of earlier runs, and where this one keeps its own; null for nothing of both.</param>
/// <param name="anchor">
/// The payload of a bundle of the same plan, from whose own results every stage starts; null for a run of its own.
/// </param>
public sealed class ExperimentRunner(
    ComputeDevice device,
    DataFolders folders,
    IProgress<RunEvent> progress,
    StageStore? store = null,
    ArtifactFolder? anchor = null)
{
    /// <summary>
    /// Runs an experiment and writes its plan, results, checkpoints and dataset facts into a payload.
    /// </summary>
    /// <returns>What was found, and when each stage ran.</returns>
    /// <exception cref="OperationCanceledException">The caller asked to stop.</exception>
    /// <exception cref="IOException">A file could not be read or written.</exception>
    /// <exception cref="InvalidDataException">
    /// A data file is not what it should be, or a Jacobian is not finite.
    /// </exception>
    /// <exception cref="FormatException">A file of the anchor is not what it should be.</exception>
    /// <exception cref="UnavailableException">Training or a spectrum needs more memory than the machine has.</exception>
    public RunOutcome Run(Experiment experiment, ArtifactFolder payload, CancellationToken cancellation)
    {
        RunPlan plan = experiment.Plan;
        NativeRuntime.UseThreads(plan.Threads);
        using IDisposable scope = NewDisposeScope();
        if (device != ComputeDevice.Cpu)
        {
            DeviceFlags.MakeStrict();
            DeviceFlags.Open(device);
        }

        Device torchDevice = device.ToTorch();
        ResultWriter writer = new(payload);
        KeptStages kept = new(store, experiment, progress);
        StageClock clock = new(kept, progress, cancellation);
        NetworkLayout layout = NetworkLayout.Of(plan);
        long parameters = layout.ColumnCount(plan);
        StartWeights start = new(experiment, layout, payload, torchDevice);
        SpectrumStage spectra = new(plan, layout, device, new KeptSpectra(kept, plan, layout), progress, cancellation);
        AnchoredStages anchored = new(anchor, plan, layout, progress);
        new MemoryNeed(plan, layout, device).Check();

        ImmutableArray<LabelledSplit> splits = anchored.Data(clock.Time(Stages.Data, () =>
        {
            writer.WritePlan(plan, Catalog.Components);
            writer.WriteExpectations(experiment.Expectations);
            writer.WriteTolerances(experiment.Tolerances);
            foreach (string digest in InputFiles.Of(plan))
                payload.Write(InputFiles.PathOf(digest), InputFiles.Read(experiment, digest));
            (DatasetArrays arrays, ImmutableArray<LabelledSplit> labelled) = DataStage.Load(
                plan, folders with { Files = experiment.Inputs });
            writer.WriteDataset(plan, arrays, labelled, parameters);
            return labelled;
        }));

        ScalarType precision = plan.Training.Precision == Precision.Float32 ? ScalarType.Float32 : ScalarType.Float64;
        TrainingOutcome own = clock.Time(Stages.Training, () =>
        {
            TrainingFiles files = new(layout, precision, torchDevice);
            TrainingOutcome outcome = new KeptTraining(kept, plan, files).Find(
                [.. splits.Select(split => split.Name)],
                saves => plan.Weights.IsEmpty
                    ? Train(start.Initial(precision), OnDevice(precision), saves)
                    : new GivenCheckpoints(plan, layout, progress)
                        .Evaluate(digest => start.Given(digest, precision), OnDevice(precision), cancellation));
            writer.WriteTraining(outcome, splits, plan.Dataset.ClassNames.Length);
            foreach (ReachedCheckpoint reached in outcome.Reached.Values)
                writer.WriteCheckpoint(reached.Name, layout, reached.Weights);
            return outcome;
        });
        TrainingOutcome training = anchored.Training(own, () => OnDevice(precision), torchDevice);

        ImmutableArray<SpectralView> computed = clock.Time(
            Stages.Spectrum, () => spectra.ComputeAll(training, OnDevice(ScalarType.Float64), writer.WriteSpectrum));
        ImmutableArray<SpectralView> views = anchored.Spectra(computed);

        AnalysisResult found = clock.Time(Stages.Analyses, () =>
        {
            AnalysisResult all = new KeptAnalyses(kept, plan).Find(() => Analyse(training, views));
            writer.WriteMeasurements(all.Measurements);
            foreach (AnalysisTable table in all.Tables)
                writer.WriteTable(table);
            return all;
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
                found.Measurements,
                training.DivergedAt)
            {
                Expectations = experiment.Expectations,
            },
            clock.Timings);

        TrainingOutcome Train(
            ImmutableArray<Tensor> weights, ImmutableArray<SplitTensors> tensors, TrainingSaves? saves)
        {
            double limit = StoppingTime.Of(plan, weights, spectra, () => OnDevice(ScalarType.Float64)[0], progress);
            return new Trainer(plan, layout, weights, tensors, limit, saves, progress).Train(cancellation);
        }

        AnalysisResult Analyse(TrainingOutcome trained, ImmutableArray<SpectralView> seen)
        {
            using RunJacobians jacobians = new(plan, layout, trained, OnDevice(ScalarType.Float64), cancellation);
            RunView run = new(
                plan,
                parameters,
                [.. splits.Select(split => trained.View(split, plan.JacobianExamples(split.Name)))],
                seen,
                trained.Rows,
                jacobians);
            ImmutableArray<AnalysisResult> results = [.. plan.Analyses.Select(analysis => analysis.Analyse(run))];
            SpareMemory.Release();
            return new AnalysisResult(
                [
                    .. TrainingFacts.Measure(trained),
                    .. seen.SelectMany(view => SpectrumFacts.Measure(view)),
                    .. results.SelectMany(result => result.Measurements),
                ],
                [.. results.SelectMany(result => result.Tables)]);
        }

        ImmutableArray<SplitTensors> OnDevice(ScalarType type) =>
            [.. splits.Select(split => SplitTensors.Of(split, plan.Dataset.InputShape, type, torchDevice))];
    }
}
