using System.Collections.Immutable;
using Spectral.Core.Analyses;
using Spectral.Core.Cutoffs;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Initializations;
using Spectral.Core.Networks;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Tests.Execution;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

/// <summary>
/// A run with every analysis over time, and its export with Jacobians: the arrays for second computations.
/// </summary>
internal sealed class TimeRun : IDisposable
{
    private readonly AnalysedRun _run;

    /// <summary>Runs a plan and exports it.</summary>
    public TimeRun(RunPlan plan) => (Plan, _run) = (plan, new AnalysedRun(plan));

    /// <summary>
    /// Batches of 8 with momentum, in binary64; checkpoints at an epoch, inside an epoch, and at both ends.
    /// </summary>
    public static RunPlan Batches { get; } = SmallRun.Plan with
    {
        Training = SmallRun.Plan.Training with { Precision = Precision.Float64, RecordOutputsEvery = 1 },
        Jacobian = SmallRun.Plan.Jacobian with
        {
            At =
            [
                new Checkpoint("initial", 0), new Checkpoint("step-5", null, 5), new Checkpoint("3", 3),
                new Checkpoint("final", 5),
            ],
        },
        Analyses =
        [
            new ResidualEnergy("3"), new DirectionDecay("initial", 4), new Linearized(), new KernelDistance("initial"),
            new SubspaceOverlap("final"), new WeightDistance(), new SpectralEarlyStopping(1),
        ],
    };

    /// <summary>A linear network, whose Jacobian never changes; each singular value stands three times.</summary>
    public static RunPlan Linear { get; } = Batches with
    {
        Network = new Linear(true, new PyTorchUniform()),
        Cutoff = new RankCutoff(6),
        Training = Batches.Training with { Optimizer = new StochasticGradientDescent(0.02, 0.5) },
    };

    /// <summary>The plan.</summary>
    public RunPlan Plan { get; }

    /// <summary>What was measured.</summary>
    public ImmutableArray<Measurement> Measurements => _run.Measurements;

    /// <summary>An exported matrix as rows.</summary>
    public double[][] Matrix(string path) => _run.Matrix(path);

    /// <summary>An exported array, flat.</summary>
    public double[] Flat(string path) => [.. Matrix(path).SelectMany(row => row)];

    /// <summary>Recorded outputs, one row [nK] for each recorded epoch.</summary>
    public double[][] Recorded(string split) => _run.Recorded(split);

    /// <summary>A table that an analysis left.</summary>
    public CsvTable Table(string name) => _run.Table(name);

    /// <summary>All parameters of a checkpoint, one behind the other.</summary>
    public double[] Parameters(string checkpoint) =>
    [
        .. NetworkLayout.Of(Plan).Parameters.SelectMany(parameter => Flat($"{checkpoint}/weights/{parameter.Name}.npy")),
    ];

    /// <summary>f - y at a checkpoint, [nK].</summary>
    public double[] Residual(string checkpoint, string split) =>
        [.. Flat($"{checkpoint}/{split}/outputs.npy").Zip(Flat($"{split}/targets.npy"), (f, y) => f - y)];

    /// <summary>The one measurement of a name.</summary>
    public Measurement Row(string analysis, string quantity, string checkpoint, string split) => Assert.Single(
        Measurements,
        row => (row.Analysis, row.Quantity, row.SpectrumAt, row.Split) == (analysis, quantity, checkpoint, split));

    /// <inheritdoc/>
    public void Dispose() => _run.Dispose();
}

/// <summary>The run of <see cref="TimeRun.Batches"/> for all tests of a class.</summary>
public sealed class BatchesRun : IDisposable
{
    /// <summary>The run.</summary>
    internal TimeRun Run { get; } = new(TimeRun.Batches);

    /// <inheritdoc/>
    public void Dispose() => Run.Dispose();
}
