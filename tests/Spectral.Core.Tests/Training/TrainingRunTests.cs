using System.Diagnostics;
using Spectral.Core.Augmentations;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Losses;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Schedules;
using Spectral.Core.Stopping;
using Spectral.Core.Tests.Execution;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Training;

/// <summary>Tests that measure the process, and so run alone.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class Alone
{
}

/// <summary>Whole trainings: the same bits each time, and no memory that stays.</summary>
[Collection("alone")]
public sealed class TrainingRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sgd")]
    [InlineData("nesterov")]
    [InlineData("adam")]
    [InlineData("adamw")]
    public void Eight_runs_of_every_optimizer_have_the_same_bits(string name)
    {
        Optimizer optimizer = name switch
        {
            "sgd" => new StochasticGradientDescent(0.1),
            "nesterov" => new StochasticGradientDescent(0.05, 0.9, true, 1e-3),
            "adam" => new Adam(0.01, 0.9, 0.999, 1e-8, 0),
            _ => new AdamW(0.01, 0.9, 0.999, 1e-8, 0.01),
        };
        RunPlan plan = SmallRun.Plan with
        {
            Training = SmallRun.Plan.Training with
            {
                Optimizer = optimizer,
                Loss = new CrossEntropy("batch_mean"),
                Schedule = new Warmup(2, new Cosine(3, 0.1)),
                Augment = [new RandomCrop(1), new HorizontalFlip(0.5)],
                ClipGradientNorm = 0.5,
            },
        };
        byte[] first = Final(plan, "0");
        for (int run = 1; run < 8; run++)
            Assert.Equal(first, Final(plan, $"{run}"));
        Assert.NotEqual(first, Final(plan with { Training = plan.Training with { ClipGradientNorm = 0.4 } }, "clip"));
        Assert.NotEqual(first, Final(plan with { Training = plan.Training with { Schedule = new Constant() } }, "constant"));
        Assert.NotEqual(first, Final(plan with { Training = plan.Training with { Augment = [new RandomCrop(1)] } }, "crop"));
    }

    [Fact]
    public void Cross_entropy_has_the_residual_of_softmax_and_training_makes_it_small()
    {
        RunPlan plan = SmallRun.Plan with
        {
            Training = SmallRun.Plan.Training with
            {
                Loss = new CrossEntropy("batch_mean"),
                Optimizer = new Adam(0.02, 0.9, 0.999, 1e-8, 0),
                Epochs = 100,
            },
            Jacobian = SmallRun.Plan.Jacobian with { At = [new("initial", 0), new("final", 100)] },
        };
        ArtifactFolder payload = new(_folder.File("entropy"));
        RunResult result = SmallRun.Into(payload, plan).Result;
        Assert.True(result.Training.Last(row => row is { Split: "train", Target: "given" }).Loss < 0.1);
        double[] outputs = NpyArray.Parse(payload.Read("results/initial/train/outputs.npy")).ToDoubles();
        double[] finals = NpyArray.Parse(payload.Read("results/final/train/outputs.npy")).ToDoubles();
        long[] labels = NpyArray.Parse(payload.Read("dataset/train/labels.npy")).ToLongs();
        Measurement total = Assert.Single(result.Measurements, row => row is
        {
            Analysis: "residual_energy", Quantity: "total", SpectrumAt: "final", Split: "train", Target: "given",
        });
        Assert.InRange(total.Value / (Energy(finals, labels) / Energy(outputs, labels)), 1 - 1e-9, 1 + 1e-9);
    }

    [Fact]
    public void Ten_thousand_steps_leave_no_memory_behind()
    {
        Train(300);
        (long managed, long resident) = Memory();
        Train(3400);
        (long managedAfter, long residentAfter) = Memory();
        Assert.InRange(managedAfter - managed, long.MinValue, 2 << 20);
        Assert.InRange(residentAfter - resident, long.MinValue, 48 << 20);

        // Three steps an epoch, and an evaluation after each.
        void Train(int epochs) => Final(
            SmallRun.Plan with
            {
                Training = SmallRun.Plan.Training with
                {
                    Optimizer = new Adam(1e-4, 0.9, 0.999, 1e-8, 0),
                    Epochs = epochs,
                    RecordOutputsEvery = 100_000,
                    Augment = [new RandomCrop(1)],
                    ClipGradientNorm = 1,
                    Stop = new BestTestStopping(100_000),
                },
                Jacobian = SmallRun.Plan.Jacobian with { At = [new("final", epochs), new("best-test", null, BestOf: "test")] },
                Analyses = [],
            },
            $"memory-{epochs}");
    }

    private static double Energy(double[] outputs, long[] labels)
    {
        double energy = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double[] powers = [.. outputs[(3 * i)..((3 * i) + 3)].Select(Math.Exp)];
            energy += Enumerable.Range(0, 3).Sum(c => Math.Pow((powers[c] / powers.Sum()) - (labels[i] == c ? 1 : 0), 2));
        }

        return energy;
    }

    private static (long Managed, long Resident) Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using Process self = Process.GetCurrentProcess();
        return (GC.GetTotalMemory(true), self.WorkingSet64);
    }

    private byte[] Final(RunPlan plan, string name)
    {
        ArtifactFolder payload = new(_folder.File(name));
        SmallRun.Into(payload, plan);
        return payload.Read("checkpoints/final.safetensors");
    }
}
