using System.Collections.Immutable;
using Spectral.Core.Analyses;
using Spectral.Core.Cutoffs;
using Spectral.Core.Datasets;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Losses;
using Spectral.Core.Networks;
using Spectral.Core.Noises;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Schedules;
using Spectral.Core.Stopping;

namespace Spectral.Core.Tests.Execution;

/// <summary>A plan that runs in a blink, and runs of its variants.</summary>
internal static class SmallRun
{
    /// <summary>Three digits, 24 training and 12 test examples, a third of the labels wrong, 6 hidden units.</summary>
    public static RunPlan Plan { get; } = new(
        new Seeds(1, ImmutableSortedDictionary<string, long>.Empty),
        new Digits([3, 5, 8], 24, 12, 0),
        new UniformNoise(1 / 3.0),
        new MultilayerPerceptron([6], new Tanh(), new PyTorchUniform()),
        ParameterSelection.All,
        new TrainingPlan(
            new SquaredError("batch_mean"),
            new StochasticGradientDescent(0.1, 0.9),
            8,
            5,
            Precision.Float32,
            2,
            new Constant(),
            [],
            null,
            new NoStopping()),
        new JacobianPlan(
            [new Checkpoint("initial", 0), new Checkpoint("final", 5)],
            ["train", "test"],
            ParameterSelection.All,
            Precision.Float64,
            "direct"),
        new RankCutoff(4),
        [new ClassificationError(), new LabelAlignment(), new ResidualEnergy()],
        1);

    /// <summary>Runs a plan into a payload; inputs are given by digest and path.</summary>
    public static RunOutcome Into(
        ArtifactFolder payload, RunPlan plan, IProgress<RunEvent>? progress = null, params (string, string)[] inputs) =>
        Into(
            payload,
            new Experiment("small", "", plan)
            {
                Inputs = inputs.ToImmutableSortedDictionary(pair => pair.Item1, pair => pair.Item2),
            },
            progress ?? new Unheard());

    /// <summary>Runs a plan of which something is expected.</summary>
    public static RunOutcome Into(ArtifactFolder payload, RunPlan plan, ImmutableArray<Expectation> expected) =>
        Into(payload, new Experiment("small", "", plan) { Expectations = expected }, new Unheard());

    /// <summary>Runs a plan whose author says how far apart a rerun may be.</summary>
    public static RunOutcome Into(ArtifactFolder payload, RunPlan plan, Tolerances tolerances) =>
        Into(payload, new Experiment("small", "", plan) { Tolerances = tolerances }, new Unheard());

    /// <summary>Runs a plan with a cache.</summary>
    public static RunOutcome Into(
        ArtifactFolder payload,
        RunPlan plan,
        StageStore store,
        IProgress<RunEvent> progress,
        CancellationToken cancellation = default) =>
        new ExperimentRunner(ComputeDevice.Cpu, DataFolders.None, progress, store)
            .Run(new Experiment("small", "", plan), payload, cancellation);

    private static RunOutcome Into(ArtifactFolder payload, Experiment experiment, IProgress<RunEvent> progress) =>
        new ExperimentRunner(ComputeDevice.Cpu, DataFolders.None, progress)
            .Run(experiment, payload, CancellationToken.None);

    private sealed class Unheard : IProgress<RunEvent>
    {
        public void Report(RunEvent value)
        {
        }
    }
}
