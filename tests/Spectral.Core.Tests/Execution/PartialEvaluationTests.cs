using System.Collections.Immutable;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Tests.Formats;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Execution;

/// <summary>Fewer evaluations and a Jacobian of fewer examples change what is looked at and nothing else.</summary>
public sealed class PartialEvaluationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Epochs_between_evaluations_leave_no_rows_and_the_same_weights()
    {
        RunPlan often = SmallRun.Plan with
        {
            Jacobian = SmallRun.Plan.Jacobian with { At = [new("initial", 0), new("3", 3), new("final", 5)] },
        };
        RunPlan seldom = often with
        {
            Training = often.Training with { EvaluateEvery = 2, RecordOutputsEvery = 4 },
        };
        ArtifactFolder first = new(_folder.File("often")), second = new(_folder.File("seldom"));
        SmallRun.Into(first, often);
        RunOutcome outcome = SmallRun.Into(second, seldom);
        // Epoch 3 is a checkpoint, and 5 the last.
        Assert.Equal([0, 2, 3, 4, 5], outcome.Result.Training.Where(row => row.Split == "test").Select(row => row.Epoch));
        Assert.Equal([0, 4, 5], NpyArray.Parse(second.Read("results/outputs/epochs.npy")).ToLongs());
        foreach (string same in (string[])["checkpoints/3.safetensors", "checkpoints/final.safetensors"])
            Assert.Equal(first.Read(same), second.Read(same));
        Assert.Equal(
            first.Read("results/final/train/singular_values.npy"), second.Read("results/final/train/singular_values.npy"));
    }

    [Fact]
    public void A_divergence_between_evaluations_is_found_at_its_step()
    {
        RunPlan plan = SmallRun.Plan with
        {
            Training = SmallRun.Plan.Training with { Optimizer = new StochasticGradientDescent(1e20), Epochs = 50 },
            Jacobian = SmallRun.Plan.Jacobian with { At = [new("initial", 0), new("final", 50)] },
        };
        RunPlan seldom = plan with
        {
            Training = plan.Training with { EvaluateEvery = 25, RecordOutputsEvery = 25 },
        };
        int? step = SmallRun.Into(new(_folder.File("often")), plan).Result.DivergedAt;
        Assert.NotNull(step);
        Assert.Equal(step, SmallRun.Into(new(_folder.File("seldom")), seldom).Result.DivergedAt);
    }

    [Fact]
    public void A_Jacobian_of_the_first_examples_is_the_first_rows_of_the_whole()
    {
        RunPlan part = SmallRun.Plan with
        {
            Jacobian = SmallRun.Plan.Jacobian with
            {
                Examples = ImmutableSortedDictionary<string, int>.Empty.Add("train", 7),
            },
        };
        ArtifactFolder whole = new(_folder.File("whole")), first = new(_folder.File("first"));
        RunResult all = SmallRun.Into(whole, SmallRun.Plan).Result, result = SmallRun.Into(first, part).Result;
        // The test split is not named, and keeps all of its rows.
        foreach (string file in (string[])["singular_values.npy", "left_vectors.npy", "projections.npy", "outputs.npy"])
            Assert.Equal(whole.Read($"results/final/test/{file}"), first.Read($"results/final/test/{file}"));
        Assert.Equal([7, 3], NpyArray.Parse(first.Read("results/final/train/outputs.npy")).Shape);

        double[] jacobian = Jacobian(whole, all, "whole export"), rows = Jacobian(first, result, "first export");
        Assert.Equal(jacobian[..rows.Length].Select(value => value), rows, (a, b) => Math.Abs(a - b) < 1e-14);
        using IDisposable scope = NewDisposeScope();
        double[] oracle = linalg.svdvals(tensor(jacobian[..rows.Length], [21, rows.Length / 21])).data<double>().ToArray();
        double[] values = NpyArray.Parse(first.Read("results/final/train/singular_values.npy")).ToDoubles();
        Assert.Equal(oracle, values, (a, b) => Math.Abs(a - b) < 1e-12);
        // Errors are still those of the whole split.
        Assert.Equal(24, result.Training.First(row => row.Split == "train").Examples);
    }

    private double[] Jacobian(ArtifactFolder payload, RunResult result, string to)
    {
        new ResultExport(payload, result, DataFolders.None, Catalog.Components)
            .WriteTo(_folder.File(to), withJacobian: true, CancellationToken.None);
        return NpyArray.Parse(new ArtifactFolder(_folder.File(to)).Read("final/train/jacobian.npy")).ToDoubles();
    }
}
