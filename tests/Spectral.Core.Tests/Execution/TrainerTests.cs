using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Losses;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Tests.Formats;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Execution;

/// <summary>Training does what PyTorch's own optimiser would, and nothing that the plan does not say.</summary>
public sealed class TrainerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sum", 0.0, 0.002)]
    [InlineData("batch_mean", 0.9, 0.05)]
    [InlineData("element_mean", 0.5, 0.2)]
    public void Full_batch_training_equals_libtorchs_own_SGD(string reduction, double momentum, double rate)
    {
        RunPlan plan = Float64(SmallRun.Plan with
        {
            Training = SmallRun.Plan.Training with
            {
                Loss = new SquaredError(reduction),
                Optimizer = new StochasticGradientDescent(rate, momentum),
                BatchSize = 24,
                Epochs = 20,
            },
            Jacobian = SmallRun.Plan.Jacobian with { At = [new("initial", 0), new("final", 20)] },
        });
        ArtifactFolder payload = new(_folder.Path);
        SmallRun.Into(payload, plan);

        using IDisposable scope = NewDisposeScope();
        DatasetArrays arrays = plan.Dataset.Load(1);
        Tensor x = tensor(arrays.Train.Inputs.ToArray(), [24, 64]).to(ScalarType.Float64);
        Tensor y = eye(3, dtype: ScalarType.Float64).index_select(
            0, tensor(NpyArray.Parse(payload.Read("dataset/train/labels.npy")).ToLongs()));
        Parameter[] held = [.. Weights(payload, "initial").Select(weight => new Parameter(weight.clone()))];
        double unit = reduction switch { "sum" => 1, "batch_mean" => 24, _ => 72 };
        using optim.Optimizer sgd = optim.SGD(held, rate, momentum);
        for (int step = 0; step < 20; step++)
        {
            sgd.zero_grad();
            Tensor f = (x.mm(held[0].t()) + held[1]).tanh().mm(held[2].t()) + held[3];
            ((f - y).square().sum() / (2 * unit)).backward();
            sgd.step();
        }

        Tensor[] final = Weights(payload, "final");
        for (int i = 0; i < final.Length; i++)
        {
            double distance = (final[i] - held[i]).abs().max().item<double>();
            Assert.True(distance < 1e-12, $"parameter {i} is {distance:E2} away");
        }
    }

    [Fact]
    public void Every_run_has_the_same_bits_and_another_seed_does_not()
    {
        // Eight runs: where a last bit depended on where memory happened to lie, two runs agreed every other time.
        ArtifactFolder first = new(_folder.File("0"));
        SmallRun.Into(first, SmallRun.Plan);
        for (int run = 1; run < 8; run++)
        {
            ArtifactFolder again = new(_folder.File($"{run}"));
            SmallRun.Into(again, SmallRun.Plan);
            Assert.Equal(first.Files(), again.Files());
            Assert.All(first.Files(), file => Assert.Equal(first.Read(file), again.Read(file)));
        }

        ArtifactFolder other = new(_folder.File("other"));
        SmallRun.Into(other, SmallRun.Plan with { Seeds = SmallRun.Plan.Seeds with { Root = 2 } });
        Assert.NotEqual(first.Read("checkpoints/final.safetensors"), other.Read("checkpoints/final.safetensors"));
    }

    [Fact]
    public void A_stream_of_its_own_changes_what_it_feeds_and_nothing_before()
    {
        ArtifactFolder first = new(_folder.File("first")), second = new(_folder.File("second"));
        SmallRun.Into(first, SmallRun.Plan);
        SmallRun.Into(second, SmallRun.Plan with
        {
            Seeds = new Seeds(1, System.Collections.Immutable.ImmutableSortedDictionary<string, long>.Empty.Add("batches", 9)),
        });
        foreach (string same in (string[])["dataset/train/labels.npy", "dataset/train/indices.npy", "checkpoints/initial.safetensors"])
            Assert.Equal(first.Read(same), second.Read(same));
        Assert.NotEqual(first.Read("checkpoints/final.safetensors"), second.Read("checkpoints/final.safetensors"));
    }

    [Fact]
    public void Outputs_are_recorded_at_the_start_at_every_period_and_at_the_end()
    {
        ArtifactFolder payload = new(_folder.Path);
        SmallRun.Into(payload, SmallRun.Plan);
        Assert.Equal([0, 2, 4, 5], NpyArray.Parse(payload.Read("results/outputs/epochs.npy")).ToLongs());
        Assert.Equal([4, 24, 3], NpyArray.Parse(payload.Read("results/outputs/train.npy")).Shape);
        Assert.Equal([4, 12, 3], NpyArray.Parse(payload.Read("results/outputs/test.npy")).Shape);
    }

    [Fact]
    public void Training_rows_count_what_the_recorded_outputs_show()
    {
        ArtifactFolder payload = new(_folder.Path);
        RunResult result = SmallRun.Into(payload, SmallRun.Plan).Result;
        float[] outputs = NpyArray.Parse(payload.Read("results/outputs/train.npy")).ToFloats();
        long[] given = NpyArray.Parse(payload.Read("dataset/train/labels.npy")).ToLongs();
        float[] last = outputs[(3 * 24 * 3)..];
        int errors = Enumerable.Range(0, 24).Count(i =>
            Array.IndexOf(last[(3 * i)..((3 * i) + 3)], last[(3 * i)..((3 * i) + 3)].Max()) != given[i]);
        double loss = Enumerable.Range(0, 24).Sum(i => Enumerable.Range(0, 3).Sum(c =>
            Math.Pow(last[(3 * i) + c] - (given[i] == c ? 1 : 0), 2))) / (2 * 24);
        TrainingRow row = Assert.Single(result.Training, row => (row.Epoch, row.Split, row.Target) == (5, "train", "given"));
        Assert.Equal(errors, row.Errors);
        Assert.Equal(24, row.Examples);
        Assert.InRange(row.Loss - loss, -1e-6, 1e-6);
        Assert.DoesNotContain(result.Training, row => row is { Split: "test", Target: "given" });
    }

    [Fact]
    public void A_run_that_diverges_is_a_result_that_says_when()
    {
        ArtifactFolder payload = new(_folder.Path);
        RunResult result = SmallRun.Into(payload, SmallRun.Plan with
        {
            Training = SmallRun.Plan.Training with { Optimizer = new StochasticGradientDescent(1e30, 0) },
        }).Result;
        Assert.Equal(1, result.DivergedAt);
        Assert.All(result.Training, row => Assert.True(double.IsFinite(row.Loss)));
        Assert.Contains(result.Measurements, row => row is { Quantity: "diverged_at", Epoch: 1, Status: "diverged" });
        Assert.True(payload.Contains("checkpoints/initial.safetensors"));
        Assert.False(payload.Contains("checkpoints/final.safetensors"));
        Assert.Equal(1, ResultFiles.Read(payload, "small", "", Catalog.Components).DivergedAt);
    }

    [Fact]
    public void A_run_that_is_asked_to_stop_stops()
    {
        using CancellationTokenSource source = new();
        RunPlan plan = SmallRun.Plan with { Training = SmallRun.Plan.Training with { Epochs = 1_000_000 } };
        plan = plan with { Jacobian = plan.Jacobian with { At = [new("initial", 0)] } };
        ExperimentRunner runner = new(ComputeDevice.Cpu, new StopAfter(3, source));
        Assert.ThrowsAny<OperationCanceledException>(() =>
            runner.Run(new Experiment("small", "", plan), new ArtifactFolder(_folder.Path), source.Token));
    }

    private static RunPlan Float64(RunPlan plan) =>
        plan with { Training = plan.Training with { Precision = Precision.Float64 } };

    private static Tensor[] Weights(ArtifactFolder payload, string checkpoint)
    {
        Dictionary<string, Tensor> byName = Safetensors.Parse(payload.Read($"checkpoints/{checkpoint}.safetensors")).ToDictionary(
            weight => weight.Name,
            weight => tensor(
                System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(weight.Data.Span).ToArray(), [.. weight.Shape]));
        return [byName["1.weight"], byName["1.bias"], byName["3.weight"], byName["3.bias"]];
    }

    private sealed class StopAfter(int epoch, CancellationTokenSource source) : IProgress<RunEvent>
    {
        public void Report(RunEvent value)
        {
            if (value is EpochFinished finished && finished.Epoch == epoch)
                source.Cancel();
        }
    }
}
