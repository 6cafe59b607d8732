using System.Globalization;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>
/// A run is killed (SIGKILL) again and again, in every stage and while it seals, until one is left in peace: it ends with
/// the content of a run that nobody disturbed, and nothing else stands beside its bundle. 20 kills; SPECTRAL_TEST_KILLS
/// asks for more.
/// </summary>
public sealed class KillTests
{
    private const int Killed = 9, KillsOfOneRun = 10, KillsInTraining = 3;

    /// <summary>What stderr says when a stage begins; the last one is followed by the report and sealing.</summary>
    private static readonly string[] Stages =
        ["data: started", "training: started", "spectrum: started", "spectrum: 2/", "analyses: started", "analyses: done"];

    private static readonly string Slow = Spec.TinyWith("epochs: 4", "epochs: 60\n  record_outputs_every: 3")
        .Replace("jacobian:", "jacobian:\n  method: gram", StringComparison.Ordinal);

    [Fact]
    public async Task A_run_that_is_killed_again_and_again_ends_with_the_content_of_an_undisturbed_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals");
        int kills = int.Parse(
            Environment.GetEnvironmentVariable("SPECTRAL_TEST_KILLS") ?? "20", CultureInfo.InvariantCulture);
        using WorkFolder folder = new();
        folder.Write("slow.yaml", Slow);
        string undisturbed = Digest((await CommandLine.In(folder)
            .Run("run", "slow.yaml", "--device", "cpu", "--out", "undisturbed", "--no-cache")).Expect(0).Bundle(folder.Path));

        Random random = new(20261125);
        int done = 0, resumed = 0, restored = 0;
        for (int run = 0; done < kills; run++)
        {
            string name = run.ToString(CultureInfo.InvariantCulture);
            CommandLine spectral = CommandLine.In(folder)
                .With("SPECTRAL_CACHE", folder.Locate("cache" + name)).With("SPECTRAL_SAVE_SECONDS", "0"); // every step is saved, and so takes its time
            string[] arguments = ["run", "slow.yaml", "--device", "cpu", "--out", "out" + name];
            for (int kill = 0; kill < KillsOfOneRun && done < kills; kill++)
            {
                using RunningProcess victim = spectral.Start(arguments);
                // What is in the cache already goes by in no time: a later stage is waited for in vain only by its end.
                // The first ones are for training, which is over once it has ended.
                string stage = kill < KillsInTraining ? "training: started" : Stages[random.Next(Stages.Length)];
                await victim.SaysOrEnds(stage);
                await Task.Delay(random.Next(kill < KillsInTraining ? 700 : 250), TestContext.Current.CancellationToken);
                victim.Signal(Killed);
                Outcome ended = await victim.End(CommandLine.Patience);
                done += ended.ExitCode == 128 + Killed ? 1 : 0;
                resumed += ended.Error.Contains("training: goes on at", StringComparison.Ordinal) ? 1 : 0;
            }

            Outcome last = (await spectral.Run(arguments)).Expect(0);
            resumed += last.Error.Contains("training: goes on at", StringComparison.Ordinal) ? 1 : 0;
            restored += last.Error.Contains("from the cache", StringComparison.Ordinal) ? 1 : 0;
            string bundle = last.Bundle(folder.Path);
            Assert.Equal(undisturbed, Digest(bundle));
            Assert.Equal([bundle], Directory.GetFileSystemEntries(folder.Locate("out" + name)));
            Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(folder.Locate("cache" + name), "work")));
            (await spectral.Run("verify", bundle)).Expect(0);
            Directory.Delete(folder.Locate("out" + name), recursive: true);
        }

        Assert.True(resumed > 0 && restored > 0, "no run ever went on where another one ended");
        TestContext.Current.TestOutputHelper!.WriteLine(
            FormattableString.Invariant($"{done} kills; {resumed} runs resumed training, {restored} found stages in the cache"));
    }

    private static string Digest(string bundle) => BundleFiles.ContentDigest(bundle);
}
