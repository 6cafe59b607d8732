using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>Cutoffs at the edges: one above every singular value, and one that the spectrum cannot tell from rounding.</summary>
public sealed class CutoffTests
{
    [Theory]
    [InlineData("{absolute: 1.0e+6}", 0)]
    [InlineData("{relative: 1}", 1)]
    [InlineData("{energy: 1}", 45)] // on test rows, where nK = 45: only all of them hold all of the energy
    public async Task A_cutoff_at_an_edge_gives_the_rank_that_its_definition_gives(string cutoff, int rank)
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        folder.Write("edge.yaml", Spec.TinyWith("{rank: 5}", cutoff));
        string bundle = (await spectral.Run("run", "edge.yaml", "--device", "cpu")).Expect(0).Bundle(folder.Path);
        Table measurements = Table.Read(bundle, "data", "results", "measurements.csv");
        string[][] rows = measurements.Where(("quantity", "information"), ("split", "test"), ("target", "given"), ("analysis", "label_alignment"));
        Assert.Equal(3, rows.Length);
        Assert.All(rows, row => Assert.Equal($"{rank}", row[6]));
        if (rank is 0 or 45)
            Assert.All(rows, row => Assert.InRange(Table.Parse(row[8]), rank == 0 ? 0 : 1 - 1e-9, rank == 0 ? 1e-9 : 1 + 1e-9));
        if (rank == 0)
            (await spectral.Run("rerun", bundle, "--device", "cpu", "--require", "bitwise")).Expect(0);
    }

    [Fact]
    public async Task A_cutoff_below_the_trust_floor_is_refused_with_the_reason_and_no_number()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        folder.Write("deep.yaml", Spec.TinyWith("{rank: 5}", "{absolute: 1e-14}"));
        Outcome run = (await spectral.Run("run", "deep.yaml", "--device", "cpu")).Expect(0);
        string bundle = run.Bundle(folder.Path);
        Assert.Contains("lies below the trust floor", run.Error, StringComparison.Ordinal);
        Assert.Contains("refused", run.Error, StringComparison.Ordinal);
        Table measurements = Table.Read(bundle, "data", "results", "measurements.csv");
        Assert.DoesNotContain(measurements.Rows, row => row[0] == "label_alignment" && row[1] is "information" or "nuisance" && row[8] != "nan");
        Assert.DoesNotContain(BundleFiles.Names(bundle), name => name.EndsWith("left_vectors.npy", StringComparison.Ordinal));
        (await spectral.Run("verify", bundle)).Expect(0);
        (await spectral.Run("rerun", bundle, "--device", "cpu", "--require", "bitwise")).Expect(0);
        Assert.Contains("refused", (await spectral.Run("show", bundle)).Expect(0).Output, StringComparison.Ordinal);
        (await spectral.Run("export", bundle, "--out", "export")).Expect(0);
    }
}
