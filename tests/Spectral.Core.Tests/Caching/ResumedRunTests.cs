using Spectral.Core.Augmentations;
using Spectral.Core.Caching;
using Spectral.Core.Cutoffs;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Losses;
using Spectral.Core.Networks;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Schedules;
using Spectral.Core.Stopping;
using Spectral.Core.Tests.Execution;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Caching;

/// <summary>
/// A run that breaks off anywhere goes on with the bits of one that never did, and what the cache gives back are the
/// bits that were computed.
/// </summary>
public sealed class ResumedRunTests : IDisposable
{
    private static readonly Dictionary<string, RunPlan> Plans = new()
    {
        ["sgd"] = With(training => training with { Optimizer = new StochasticGradientDescent(0.1) }),
        ["momentum"] = With(training => training),
        ["nesterov, cosine"] = With(training => training with
        {
            Optimizer = new StochasticGradientDescent(0.05, 0.9, true, 1e-3),
            Schedule = new Warmup(2, new Cosine(3, 0.1)),
        }),
        ["adam, augmented, clipped"] = With(training => training with
        {
            Optimizer = new Adam(0.01, 0.9, 0.999, 1e-8, 0),
            Augment = [new RandomCrop(1), new HorizontalFlip(0.5)],
            ClipGradientNorm = 0.5,
        }),
        ["adamw, cross entropy, binary64"] = With(training => training with
        {
            Optimizer = new AdamW(0.01, 0.9, 0.999, 1e-8, 0.01),
            Loss = new CrossEntropy("batch_mean"),
            Precision = Precision.Float64,
        }),
        ["stopped early"] = With(training => training with { Stop = new BestTestStopping(2) }),
        ["batch norm"] = With(training => training) with
        {
            Network = new ResNet(8, 4, "batch", 1, new Relu(), new HeNormal(1), 1),
        },
        ["diverges"] = With(training => training with { Optimizer = new StochasticGradientDescent(1e6) }),
        ["gram"] = With(training => training) with { Jacobian = At() with { Method = "gram" } },
        ["tsqr"] = With(training => training) with { Jacobian = At() with { Method = "tsqr" } },
        ["krylov"] = With(training => training) with { Jacobian = At() with { Method = "krylov", Top = 6 } },
    };

    private readonly TemporaryFolder _folder = new();

    /// <summary>The plans' names.</summary>
    public static TheoryData<string> Names { get; } = [.. Plans.Keys];

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_training_that_breaks_off_after_every_other_epoch_ends_with_the_same_bits(string name)
    {
        RunPlan plan = Plans[name];
        string[] undisturbed = Files("undisturbed", plan, null, new Told());
        StageStore store = Store();
        int last = 0;
        for (int attempt = 0; ; attempt++)
        {
            Assert.True(attempt < 20, "training never ended");
            Told told = new() { BreakAfter = last + 2 };
            try
            {
                Assert.Equal(undisturbed, Files($"attempt{attempt}", plan, store, told));
                Assert.Equal(attempt > 0, told.Events.OfType<StageResumed>().Any());
                break;
            }
            catch (BrokenOffException)
            {
                Assert.Equal(attempt > 0, told.Events.OfType<StageResumed>().Any());
                last = told.Events.OfType<EpochFinished>().Last().Epoch;
            }
        }

        Assert.Empty(Directory.GetDirectories(Path.Combine(store.Cache.Root, "work")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_second_run_takes_every_stage_from_the_cache_with_the_same_bits(string name)
    {
        RunPlan plan = Plans[name];
        StageStore store = Store();
        string[] undisturbed = Files("undisturbed", plan, null, new Told());
        Assert.Equal(undisturbed, Files("first", plan, store, new Told()));
        Told second = new();
        Assert.Equal(undisturbed, Files("second", plan, store, second));
        Assert.DoesNotContain(second.Events, value => value is EpochFinished or RunWarning { Message: "cache" });
        Assert.Equal(
            ["analyses", "spectrum", "training"],
            second.Events.OfType<StageRestored>().Select(value => value.Stage).Distinct().Order());
    }

    [Theory]
    [InlineData("direct")]
    [InlineData("gram")]
    [InlineData("tsqr")]
    public void A_new_cutoff_trains_nothing_and_has_the_bits_of_a_run_without_a_cache(string method)
    {
        RunPlan plan = SmallRun.Plan with { Jacobian = SmallRun.Plan.Jacobian with { Method = method } };
        RunPlan other = plan with { Cutoff = new RankCutoff(7) };
        StageStore store = Store();
        Files("first", plan, store, new Told());
        Told told = new();
        Assert.Equal(Files("alone", other, null, new Told()), Files("second", other, store, told));
        Assert.DoesNotContain(told.Events, value => value is EpochFinished);
        Assert.DoesNotContain(told.Events, value => value is StageRestored { Stage: "analyses" });
    }

    [Fact]
    public void A_longer_training_finds_the_initial_spectra_and_nothing_else()
    {
        StageStore store = Store();
        Files("first", SmallRun.Plan, store, new Told());
        RunPlan longer = SmallRun.Plan with
        {
            Training = SmallRun.Plan.Training with { Epochs = 6 },
            Jacobian = SmallRun.Plan.Jacobian with { At = [new("initial", 0), new("final", 6)] },
        };
        Told told = new();
        Assert.Equal(Files("alone", longer, null, new Told()), Files("longer", longer, store, told));
        Assert.Equal(
            ["initial, train", "initial, test"], told.Events.OfType<StageRestored>().Select(value => value.Part));
    }

    [Theory]
    [InlineData("journal")]
    [InlineData("state")]
    [InlineData("outputs-train.f32")]
    [InlineData("outputs-test.f32")]
    [InlineData("kept")]
    public void Damaged_saves_are_not_gone_on_with(string file)
    {
        RunPlan plan = Plans["momentum"];
        string[] undisturbed = Files("undisturbed", plan, null, new Told());
        StageStore store = Store();
        Assert.Throws<BrokenOffException>(() => Files("first", plan, store, new Told { BreakAfter = 4 }));
        string work = Assert.Single(Directory.GetDirectories(Path.Combine(store.Cache.Root, "work")));
        string path = Directory.GetFiles(work, file + "*").Order(StringComparer.Ordinal).First();
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Equal(undisturbed, Files("second", plan, store, new Told()));
    }

    [Fact]
    public void Work_that_was_left_beside_its_finished_result_is_cleared_away()
    {
        StageStore store = Store();
        Files("first", SmallRun.Plan, store, new Told());
        CacheHeader training = store.Cache.Entries().Select(entry => entry.Header).Single(header => header.Stage == "training");
        using (WorkFolder left = store.Cache.Work(training.Key)!)
            left.Files.Write("state-1.safetensors", [1]);
        Files("second", SmallRun.Plan, store, new Told());
        Assert.False(store.Cache.HasWork(training.Key));
    }

    [Fact]
    public void A_cancelled_run_has_saved_where_it_stood()
    {
        RunPlan plan = Plans["momentum"];
        string[] undisturbed = Files("undisturbed", plan, null, new Told());
        StageStore store = Store() with { SaveEvery = TimeSpan.FromHours(1) };
        using CancellationTokenSource stop = new();
        Told told = new() { Stop = stop, StopAfter = 3 };
        Assert.Throws<OperationCanceledException>(() => Files("first", plan, store, told));
        Told second = new();
        Assert.Equal(undisturbed, Files("second", plan, store, second));
        Assert.StartsWith("epoch 4, ", Assert.Single(second.Events.OfType<StageResumed>()).Where, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_told_of_once_and_fails_nothing()
    {
        File.WriteAllText(_folder.File("file"), "");
        StageStore store = Store() with { Cache = new StageCache(_folder.File("file")) };
        Told told = new();
        Assert.Equal(Files("alone", SmallRun.Plan, null, new Told()), Files("second", SmallRun.Plan, store, told));
        Assert.Contains("goes on without it", Assert.Single(told.Events.OfType<RunWarning>()).Message, StringComparison.Ordinal);
    }

    private static RunPlan With(Func<TrainingPlan, TrainingPlan> change) => SmallRun.Plan with
    {
        Training = change(SmallRun.Plan.Training with { Epochs = 7 }),
        Jacobian = At(),
    };

    private static JacobianPlan At() => SmallRun.Plan.Jacobian with
    {
        At =
        [
            new("initial", 0), new("step-5", null, Step: 5), new("3", 3), new("best-test", null, BestOf: "test"),
            new("final", null),
        ],
    };

    private StageStore Store() => new(
        new StageCache(_folder.File("cache")), NumericEnvironment.Read(ComputeDevice.Cpu), TimeSpan.Zero);

    /// <summary>Runs a plan, and gives the name and digest of each file that it left.</summary>
    private string[] Files(string name, RunPlan plan, StageStore? store, Told told)
    {
        ArtifactFolder payload = new(_folder.File(name));
        if (store is null)
            SmallRun.Into(payload, plan, told);
        else
            SmallRun.Into(payload, plan, store, told, told.Stop?.Token ?? CancellationToken.None);
        return [.. payload.Files().Select(file => $"{file} {ContentHash.Sha256(payload.Read(file))}")];
    }

    private sealed class Told : IProgress<RunEvent>
    {
        public List<RunEvent> Events { get; } = [];

        public int BreakAfter { get; init; } = int.MaxValue;

        public CancellationTokenSource? Stop { get; init; }

        public int StopAfter { get; init; }

        public void Report(RunEvent value)
        {
            Events.Add(value);
            if (value is EpochFinished epoch && epoch.Epoch >= BreakAfter)
                throw new BrokenOffException();
            if (value is EpochFinished at && at.Epoch == StopAfter)
                Stop?.Cancel();
        }
    }

    private sealed class BrokenOffException : Exception;
}
