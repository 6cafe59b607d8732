using System.Collections.Immutable;
using Spectral.Core.Cutoffs;
using Spectral.Core.Datasets;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Losses;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Stopping;
using Spectral.Core.Tests.Execution;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Training;

/// <summary>Where weights are kept, and where training ends.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Weights_after_a_step_are_those_of_the_epoch_that_ends_there_and_names_are_folders()
    {
        // 24 examples in batches of 8: three steps an epoch.
        (ArtifactFolder steps, RunResult result) = Run(SmallRun.Plan, At(new("step-6", null, Step: 6), new("step-7", null, Step: 7)));
        (ArtifactFolder epochs, _) = Run(SmallRun.Plan, At(new Checkpoint("2", 2), new Checkpoint("3", 3)));
        Assert.Equal(epochs.Read("checkpoints/2.safetensors"), steps.Read("checkpoints/step-6.safetensors"));
        Assert.NotEqual(epochs.Read("checkpoints/3.safetensors"), steps.Read("checkpoints/step-7.safetensors"));
        Assert.Equal([("step-6", 2), ("step-7", 2)], result.Spectra.Where(one => one.Split == "train").Select(one => (one.Checkpoint, one.Epoch)));
        Assert.True(steps.Contains("results/step-7/test/singular_values.npy"));
        Measurement error = Assert.Single(result.Measurements, row => row is
        {
            Analysis: "classification_error", Quantity: "error", SpectrumAt: "step-7", Split: "test", Target: "clean", Status: "ok",
        });
        Assert.InRange(error.Value, 0, 1);
    }

    [Theory]
    [InlineData("test")]
    [InlineData("validation")]
    public void The_best_epoch_is_the_first_with_the_lowest_error(string split)
    {
        RunPlan plan = SmallRun.Plan with
        {
            Dataset = new Digits([3, 5, 8], 24, 12, 12),
            Training = SmallRun.Plan.Training with { Epochs = 12 },
        };
        (ArtifactFolder payload, RunResult result) = Run(plan, At(new Checkpoint("best-" + split, null, BestOf: split)));
        TrainingRow[] rows = [.. result.Training.Where(row => row.Split == split)];
        Assert.Equal(13, rows.Length);
        TrainingRow best = rows.MinBy(row => row.Errors)!;
        Assert.InRange(best.Epoch, 1, 12);
        Assert.All(result.Spectra, one => Assert.Equal(best.Epoch, one.Epoch));
        (ArtifactFolder known, _) = Run(plan, At(new Checkpoint($"{best.Epoch}", best.Epoch)));
        Assert.Equal(known.Read($"checkpoints/{best.Epoch}.safetensors"), payload.Read($"checkpoints/best-{split}.safetensors"));
        RunResult read = ResultFiles.Read(payload, "small", "", Catalog.Components);
        Assert.All(read.Spectra, one => Assert.Equal(best.Epoch, one.Epoch));
    }

    [Fact]
    public void Training_stops_when_the_error_has_not_fallen_for_its_patience_and_final_is_that_epoch()
    {
        RunPlan plan = SmallRun.Plan with
        {
            Training = SmallRun.Plan.Training with { Epochs = 500, Stop = new BestTestStopping(4), RecordOutputsEvery = 1000 },
        };
        (ArtifactFolder payload, RunResult result) = Run(plan, At(new Checkpoint("initial", 0), new Checkpoint("final", 500)));
        TrainingRow[] rows = [.. result.Training.Where(row => row.Split == "test")];
        TrainingRow best = rows.MinBy(row => row.Errors)!;
        Assert.Equal(best.Epoch + 4, rows[^1].Epoch);
        Assert.Contains(result.Measurements, row => row is { Quantity: "stopped_at", Status: "ok" } && row.Value == rows[^1].Epoch);
        Assert.Contains(result.Measurements, row => row is { Quantity: "stopped_step" } && row.Value == 3 * rows[^1].Epoch);
        Assert.Equal(rows[^1].Epoch, result.Spectra[^1].Epoch);
        Assert.Equal([0, rows[^1].Epoch], NpyArray.Parse(payload.Read("results/outputs/epochs.npy")).ToLongs());
        Assert.Null(result.DivergedAt);
    }

    [Theory]
    [InlineData("sum", 0.002, 0.0, 24)]
    [InlineData("batch_mean", 0.05, 0.5, 24)]
    [InlineData("element_mean", 0.1, 0.0, 8)]
    public void Training_stops_at_the_papers_time(string reduction, double rate, double momentum, int batch)
    {
        RunPlan plan = SmallRun.Plan with
        {
            Cutoff = new RelativeCutoff(0.5),
            Training = SmallRun.Plan.Training with
            {
                Loss = new SquaredError(reduction),
                Optimizer = new StochasticGradientDescent(rate, momentum),
                BatchSize = batch,
                Epochs = 5000,
                RecordOutputsEvery = 5000,
                Stop = new SpectralStopping(1.5),
            },
        };
        (_, RunResult result) = Run(plan, At(new Checkpoint("initial", 0), new Checkpoint("final", 5000)));
        double alpha = result.Measurements.First(row =>
            row is { SpectrumAt: "initial", Split: "train", CutoffAlpha: not null }).CutoffAlpha!.Value;
        double unit = reduction switch { "sum" => batch / 24.0, "batch_mean" => 1 / 24.0, _ => 1 / 72.0 };
        double steps = Math.Ceiling(1.5 / (rate / (1 - momentum) * unit * alpha * alpha));
        Measurement stopped = Assert.Single(result.Measurements, row => row.Quantity == "stopped_step");
        Assert.InRange(steps, 1, 4999);
        Assert.Equal(steps, stopped.Value);
        Assert.Equal(Math.Ceiling(steps / (24 / batch)), stopped.Epoch);
    }

    [Fact]
    public void A_training_that_diverges_names_the_step_and_the_last_finite_numbers()
    {
        RunPlan plan = SmallRun.Plan with
        {
            Training = SmallRun.Plan.Training with { Optimizer = new StochasticGradientDescent(50, 0.9), Epochs = 200 },
        };
        (_, RunResult result) = Run(plan, At(new Checkpoint("initial", 0)));
        int epoch = result.DivergedAt!.Value;
        Assert.InRange(epoch, 2, 199);
        Assert.InRange(Fact("diverged_step").Value, (3 * (epoch - 1)) + 1, 3 * epoch);
        TrainingRow last = result.Training.Last(row => row is { Split: "train", Target: "given" });
        Assert.Equal(epoch - 1, last.Epoch);
        Assert.Equal((last.Loss, last.Epoch), (Fact("last_finite_loss").Value, Fact("last_finite_loss").Epoch));
        Assert.Equal(last.Error, Fact("last_finite_error").Value);

        Measurement Fact(string quantity) => Assert.Single(result.Measurements, row => row.Quantity == quantity);
    }

    [Fact]
    public void A_selection_that_trains_nothing_warns_and_leaves_the_weights_as_they_were()
    {
        RunPlan plan = SmallRun.Plan with
        {
            Trainable = new ParameterSelection(["nothing.*"]),
            Jacobian = SmallRun.Plan.Jacobian with { Parameters = new ParameterSelection(["*"]) },
        };
        Heard heard = new();
        ArtifactFolder payload = new(_folder.File("fixed"));
        SmallRun.Into(payload, plan, heard);
        Assert.Contains(heard.Events, one =>
            one is RunWarning { Message: var text } && text.Contains("training changes nothing", StringComparison.Ordinal));
        Assert.Equal(payload.Read("checkpoints/initial.safetensors"), payload.Read("checkpoints/final.safetensors"));
    }

    private (ArtifactFolder Payload, RunResult Result) Run(RunPlan plan, ImmutableArray<Checkpoint> at)
    {
        ArtifactFolder payload = new(_folder.File(Guid.NewGuid().ToString("N")));
        RunOutcome outcome = SmallRun.Into(payload, plan with { Jacobian = plan.Jacobian with { At = at } });
        return (payload, outcome.Result);
    }

    private static ImmutableArray<Checkpoint> At(params ReadOnlySpan<Checkpoint> checkpoints) => [.. checkpoints];

    private sealed class Heard : IProgress<RunEvent>
    {
        public List<RunEvent> Events { get; } = [];

        public void Report(RunEvent value) => Events.Add(value);
    }
}
