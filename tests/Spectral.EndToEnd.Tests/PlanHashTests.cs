using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>The plan hashes of all experiments: a change of the language or of a default that changes one is seen.</summary>
public sealed class PlanHashTests
{
    [Fact]
    public async Task Every_experiment_has_the_plan_hash_that_it_had()
    {
        string[] lines = (await InProcess.Run(["check", .. Repository.Experiments()])).Expect(0).Lines;
        string[] found = [.. lines.Select(line => line.Replace(Repository.Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal))];
        string[] expected = File.ReadAllLines(Repository.Path("tests", "plans", "experiments.txt"));
        Assert.True(
            expected.SequenceEqual(found),
            $"tests/plans/renew.sh writes today's hashes, if they ought to be others\n{string.Join('\n', found.Except(expected))}");
    }
}
