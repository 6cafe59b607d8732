using Spectral.Cli;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>
/// What this machine's memory cannot hold is refused with the figure and a way out before anything is trained.
/// </summary>
public sealed class MemoryTests
{
    /// <summary>What is predicted for n = 1000, K = 10, p = 4810, or with a network that is wide.</summary>
    [Theory]
    [InlineData("direct", "hidden: [64]", "the train spectrum by 'direct' needs about 2.1 GB")]
    [InlineData("gram", "hidden: [64]", "the train spectrum by 'gram' needs about 503 MB")]
    [InlineData("tsqr", "hidden: [64]", "the train spectrum by 'tsqr' needs about 7.2 GB")]
    [InlineData("krylov", "hidden: [64]", "the train spectrum by 'krylov' needs about 666 MB")]
    [InlineData("gram, few examples", "hidden: [50000]", "the train spectrum by 'gram' needs about ")]
    [InlineData("gram, few examples", "hidden: [900000]", "training needs about ")]
    public async Task What_cannot_fit_ends_with_5_and_a_figure_before_anything_runs(
        string method, string hidden, string said)
    {
        using WorkFolder folder = new();
        folder.Write("large.yaml", Spec.TinyBy(method.Split(',')[0])
            .Replace("classes: [3, 5, 8], train: 30, test: 15", method.Contains("few", StringComparison.Ordinal)
                ? "train: 100, test: 20"
                : "train: 1000, test: 100", StringComparison.Ordinal)
            .Replace("hidden: [4]", hidden, StringComparison.Ordinal)
            .Replace("{top: 5}", "{top: 500}", StringComparison.Ordinal));
        // The runtime takes this for the machine's memory: 256 MiB.
        CommandLine small = CommandLine.In(folder).With("DOTNET_GCHeapHardLimit", "10000000");
        Outcome run = await small.Run("run", "large.yaml", "--out", "out", "--device", "cpu");
        run.ExpectRefusal(5, said, "of memory, and this machine has 268 MB; take fewer");
        Assert.DoesNotContain("data: started", run.Error, StringComparison.Ordinal);
        Assert.Equal(["large.yaml"], folder.Entries());
        (await small.Run("check", "large.yaml")).Expect(0);
    }

    [Fact]
    public async Task Outputs_that_no_array_of_a_bundle_holds_are_refused_before_training()
    {
        using WorkFolder folder = new();
        folder.Write("long.yaml", Spec.TinyWith("epochs: 4", "epochs: 8000000"));
        Outcome run = await CommandLine.In(folder).Run("run", "long.yaml", "--out", "out", "--device", "cpu");
        run.ExpectRefusal(5, "the outputs of 8000001 epochs take 2.9 GB", "training.record_outputs_every");
        Assert.Equal(["long.yaml"], folder.Entries());
    }

    [Fact]
    public void A_request_for_memory_that_fails_all_the_same_is_this_machines_failure_and_no_bug()
    {
        Assert.Equal(5, Failure.Report(new OutOfMemoryException()));
        Assert.Equal(5, Failure.Report(new InsufficientMemoryException("the system gives no 5 MiB")));
        Assert.Equal(5, Failure.Report(new System.Runtime.InteropServices.ExternalException(
            "[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't allocate memory")));
        Assert.Equal(5, Failure.Report(new System.Runtime.InteropServices.ExternalException(
            "CUDA error: no kernel image is available for execution on the device")));
        Assert.Equal(70, Failure.Report(new System.Runtime.InteropServices.ExternalException("shapes do not match")));
        Assert.Equal(70, Failure.Report(new System.Runtime.InteropServices.ExternalException(
            "Input type (CUDADoubleType) and weight type (CPUDoubleType) should be the same")));
    }
}
