using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>F# scripts as specs: the same plans and bundles as from YAML, and errors with their place.</summary>
public sealed class ScriptTests
{
    private const int Interrupt = 2, Terminate = 15;

    /// <summary>What is replaced in the tiny script, by what, and what stderr must say.</summary>
    public static TheoryData<string, string, string[]> Wrong => new()
    {
        // The F# compiler's.
        { "network (mlp {", "network (digits {", ["bad.fsx:9:23: error SP0601: FS0039", "hidden"] },
        { "dataset (digits { classes [ 3; 5; 8 ]; train 30; test 15 })", "dataset relu", ["bad.fsx:7:13: error SP0601: FS0001", "Dataset", "Layer"] },
        { "epochs 4", "epochs 4.5", ["bad.fsx:15:20: error SP0601: FS0001", "'int'", "'float'", "   15 | "] },
        { "rank 5", "rnak 5", ["bad.fsx:19:13: error SP0601: FS0039", "rnak"] },
        { "seed 1", "seed seed", ["error SP0601: FS3095", "call your own value something else"] },
        // Ours, at the word and its value.
        { "uniform 0.25", "uniform 1.5", ["bad.fsx:8:20: error SP0204: noise.uniform.rate expects a real in [0, 1], got 1.5", "    8 |     noise (uniform 1.5)\n      |                    ^~~\n"] },
        { "momentum 0.9", "momentum 1.0", ["bad.fsx:13:58: error SP0204: training.optimizer.sgd.momentum expects a real in [0, 1)"] },
        { "batchSize 10", "batchSize 31", ["bad.fsx:14:23: error SP0304"] },
        { "epoch 2", "epoch 9", ["bad.fsx:18:51: error SP0305"] },
        { "\"tiny\"", "\"../tiny\"", ["bad.fsx:4:", "error SP0107", "../tiny"] },
        { "            epochs 4\n", "", ["bad.fsx:10:5: error SP0104: the required key 'training.epochs' is missing"] },
        { "    threads 1\n", "    threads 1\n    threads 2\n", ["bad.fsx:21:5: error SP0009: 'threads' is set twice; first in line 20"] },
        { "\"batch_mean\"", "\"mean\"", ["bad.fsx:12:", "error SP0204: training.loss.squared_error.reduction expects one of sum, batch_mean, element_mean"] },
        // What else can become of a script.
        { "experiment {", "let later () = experiment {", ["bad.fsx:1:1: error SP0603: the script makes no experiment", "experiment { ... }"] },
        { "experiment {", "exit 3\n\nexperiment {", ["error SP0602: the script ended with exit code 3"] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_script_is_told_at_its_place_and_makes_nothing(string text, string other, string[] said)
    {
        using WorkFolder folder = new();
        folder.Write("bad.fsx", Script.TinyWith(text, other));
        Outcome run = await CommandLine.In(folder).Run("run", "bad.fsx", "--out", "out");
        run.ExpectRefusal(2, said);
        Assert.Equal(["bad.fsx"], folder.Entries());
    }

    [Fact]
    public async Task An_exception_in_a_script_is_told_at_its_line()
    {
        using WorkFolder folder = new();
        folder.Write("bad.fsx", Script.TinyWith("experiment {", "\nfailwith \"no digits today\"\nexperiment {"));
        Outcome run = (await CommandLine.In(folder).Run("check", "bad.fsx")).Expect(2);
        Assert.Contains("bad.fsx:4:1: error SP0602: the script ended in ", run.Error, StringComparison.Ordinal);
        Assert.Contains("no digits today", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Two_experiments_in_a_script_are_refused()
    {
        using WorkFolder folder = new();
        folder.Write("two.fsx", "open Spectral.Experiments\nfor number in 1L .. 2L do\n    experiment { name \"a\"; seed number } |> ignore\n");
        (await CommandLine.In(folder).Run("check", "two.fsx"))
            .ExpectRefusal(2, "two.fsx:3:", "error SP0604: the script makes 2 experiments");
    }

    [Fact]
    public async Task A_script_and_the_YAML_spec_give_one_plan_and_one_content_digest()
    {
        using WorkFolder folder = new();
        // What a script prints must not disturb the one line of stdout.
        folder.Write("tiny.fsx", "printfn \"said by the script\"\n" + Script.Tiny);
        folder.Write("tiny.yaml", Spec.Tiny);
        CommandLine spectral = CommandLine.In(folder);
        Outcome run = (await spectral.Run("run", "tiny.fsx", "--out", "fsx", "--device", "cpu", "-S", "noise.uniform=0.5")).Expect(0);
        string script = run.Bundle(folder.Path);
        string yaml = (await spectral.Run("run", "tiny.yaml", "--out", "yaml", "--device", "cpu", "-S", "noise.uniform=0.5"))
            .Expect(0).Bundle(folder.Path);
        Assert.Contains("said by the script", run.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(folder.Locate("tiny.fsx")), File.ReadAllBytes(Path.Combine(script, "data", "spec.fsx")));
        Assert.False(File.Exists(Path.Combine(script, "data", "spec.yaml")));
        foreach (string file in (string[])["plan.json", "content.json"])
            Assert.Equal(File.ReadAllBytes(Path.Combine(yaml, "data", file)), File.ReadAllBytes(Path.Combine(script, "data", file)));
        (await spectral.Run("verify", script)).Expect(0);
        (await spectral.Run("rerun", script, "--device", "cpu")).Expect(0);
        (await spectral.Run("show", script)).Expect(0);
    }

    [Fact]
    public async Task The_script_of_the_quickstart_gives_its_plan()
    {
        using WorkFolder folder = new();
        Outcome outcome = (await CommandLine.In(folder)
            .Run("check", Spec.Quickstart, Path.ChangeExtension(Spec.Quickstart, ".fsx"))).Expect(0);
        string[] facts = [.. outcome.Lines.Select(line => line[line.IndexOf(": ok", StringComparison.Ordinal)..])];
        Assert.Equal(2, facts.Length);
        Assert.Equal(facts[0], facts[1]);
    }

    [Fact]
    public async Task Explain_names_the_place_in_a_script()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder).With("SPECTRAL_CACHE", folder.Locate("cache"));
        folder.Write("tiny.yaml", Spec.Tiny);
        folder.Write("tiny.fsx", Script.TinyWith("uniform 0.25", "uniform 0.5"));
        (await spectral.Run("run", "tiny.yaml", "--device", "cpu")).Expect(0);
        Outcome explained = (await spectral.Run("explain", "tiny.fsx", "--device", "cpu")).Expect(0);
        Assert.Contains("noise.uniform.rate: 0.25 -> 0.5 (tiny.fsx:8:20)", explained.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Interrupt)]
    [InlineData(Terminate)]
    public async Task A_script_without_end_is_ended_with_its_children(int signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals");
        using WorkFolder folder = new();
        string temporary = folder.Make("tmp");
        folder.Write(
            "endless.fsx",
            "let child = System.Diagnostics.Process.Start(\"sleep\", \"1000\")\n"
            + "printfn \"child %d!\" child.Id\nwhile true do System.Threading.Thread.Sleep 100\n");
        using RunningProcess check = CommandLine.In(folder).WithDefaultSignals().With("TMPDIR", temporary)
            .Start("check", "endless.fsx");
        await check.Says("!");
        check.Signal(signal);
        Outcome outcome = (await check.End(TimeSpan.FromSeconds(20))).ExpectRefusal(130, "interrupted");
        string child = outcome.Error.Split("child ")[1].Split('!')[0];
        // A process that has ended may wait for its parent to take notice: state Z.
        string status = $"/proc/{child}/stat";
        Assert.True(!File.Exists(status) || File.ReadAllText(status).Contains(") Z ", StringComparison.Ordinal), child);
        Assert.DoesNotContain(
            Directory.GetFileSystemEntries(temporary), path => path.Contains("spectral-script-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_SDK_a_script_ends_with_5_and_what_to_do()
    {
        using WorkFolder folder = new();
        folder.Write("tiny.fsx", Script.Tiny);
        // A global.json that no SDK satisfies is what a machine without one says, too.
        folder.Write("global.json", """{"sdk": {"version": "99.0.100", "rollForward": "disable"}}""");
        (await CommandLine.In(folder).Run("check", "tiny.fsx"))
            .ExpectRefusal(5, "an F# script needs the .NET SDK", "install the .NET SDK 10", "spectral convert");
    }

    [Fact]
    public async Task A_script_that_is_missing_or_a_folder_starts_nothing()
    {
        using WorkFolder folder = new();
        folder.Make("folder.fsx");
        CommandLine spectral = CommandLine.In(folder);
        (await spectral.Run("check", "none.fsx")).ExpectRefusal(2, "SP0001", "none.fsx");
        (await spectral.Run("check", "folder.fsx")).ExpectRefusal(2, "SP0002", "it is a folder");
    }
}
