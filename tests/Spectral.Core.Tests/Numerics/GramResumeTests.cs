using Spectral.Core.Execution;
using Spectral.Core.Numerics;
using Spectral.Core.Tests.Formats;
using Xunit;
using static Spectral.Core.Tests.Numerics.GramCases;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>
/// A computation that was stopped goes on from its finished tiles to the same bits, and takes no wrong tile.
/// </summary>
public sealed class GramResumeTests
{
    [Theory]
    [InlineData("several chunks", 1, 2L << 30, 80)]
    [InlineData("convolutions, several chunks", 2, 2L << 30, 24)]
    [InlineData("convolutions, several chunks", 1, 500_000L, 24)]
    [InlineData("convolutions, several chunks", 2, 1L, 24)]
    public void A_stop_anywhere_changes_no_bit(string name, int threads, long factorBytes, int tile)
    {
        using IDisposable scope = NewDisposeScope();
        using TemporaryFolder folder = new();
        NetworkJacobian source = Source(All[name]);
        string bits = Bits(source, new GramOptions());
        GramOptions options = new()
        {
            Threads = threads,
            FactorBytes = factorBytes,
            TileExamples = tile,
            Tiles = new GramTileFolder(folder.Path, "key"),
        };
        int stops = 0;
        for (int limit = 1; ; limit++)
        {
            using CancellationTokenSource stop = new();
            Reports reports = new(limit, stop);
            try
            {
                using GramMatrix gram = new JacobianOperator(source).Gram(options with { Progress = reports }, stop.Token);
                Assert.Equal(bits, GramBits.Of(gram));
                break;
            }
            catch (OperationCanceledException)
            {
                stops++;
            }
        }

        Assert.True(stops > 2);
        // What is finished is not computed again: no chunk is differentiated.
        Reports last = new(int.MaxValue, null);
        Assert.Equal(bits, Bits(source, options with { Progress = last }));
        Assert.DoesNotContain(last.All, report => report.Stage == "factors");
    }

    [Fact]
    public void Damaged_tiles_and_tiles_of_another_key_or_network_are_computed_anew()
    {
        using IDisposable scope = NewDisposeScope();
        using TemporaryFolder folder = new();
        NetworkJacobian source = Source(All["several chunks"]), other = Source(All["convolutions, several chunks"]);
        GramOptions options = new() { TileExamples = 80, Tiles = new GramTileFolder(folder.Path, "key") };
        string bits = Bits(source, options);
        string[] files = Directory.GetFiles(folder.Path);
        Assert.Equal(6, files.Length); // three tiles a side, the lower triangle
        byte[] damaged = File.ReadAllBytes(files[0]);
        damaged[^3] ^= 1;
        File.WriteAllBytes(files[0], damaged);
        File.WriteAllBytes(files[1], damaged[..100]);
        Assert.Equal(bits, Bits(source, options));

        GramOptions foreign = options with { Tiles = new GramTileFolder(folder.Path, "another key") };
        Reports reports = new(int.MaxValue, null);
        Assert.Equal(bits, Bits(source, foreign with { Progress = reports }));
        Assert.Contains(reports.All, report => report.Stage == "factors");
        Assert.Equal(Bits(other, new GramOptions()), Bits(other, options));
    }

    [Fact]
    public void What_a_kill_leaves_behind_is_gone_on_with()
    {
        using IDisposable scope = NewDisposeScope();
        using TemporaryFolder folder = new();
        NetworkJacobian source = Source(All["several chunks"]);
        GramOptions options = new() { TileExamples = 80, Tiles = new GramTileFolder(folder.Path, "key") };
        string bits = Bits(source, options);
        // A killed process leaves whole tiles, and of the one that it was writing no more than a temporary file.
        foreach (string tile in Directory.GetFiles(folder.Path).Where((_, index) => index % 2 == 0))
            File.Move(tile, folder.File($".spectral-{Guid.NewGuid():N}.tmp"));
        Reports reports = new(int.MaxValue, null);
        Assert.Equal(bits, Bits(source, options with { Progress = reports }));
        Assert.Contains(reports.All, report => report.Stage == "factors");
        Assert.Equal(6, Directory.GetFiles(folder.Path, "*.tile").Length);
    }

    [Fact]
    public void Progress_counts_chunks_and_tiles_of_every_pass()
    {
        using IDisposable scope = NewDisposeScope();
        Reports reports = new(int.MaxValue, null);
        NetworkJacobian source = Source(All["several chunks"]);
        _ = Bits(source, new GramOptions { TileExamples = 80, FactorBytes = 1, Progress = reports });
        Assert.Equal(3 * (3 + 6), reports.All.Count); // a pass for each of three layers: three chunks, six tiles
        Assert.All(reports.All, report => Assert.Equal(3, report.Passes));
        Assert.Equal(new GramProgress(3, 3, "tiles", 6, 6), reports.All[^1]);
    }

    private static string Bits(NetworkJacobian source, GramOptions options)
    {
        using GramMatrix gram = new JacobianOperator(source).Gram(options, Stop);
        return GramBits.Of(gram);
    }

    /// <summary>Keeps what is reported and stops after so many reports of tiles.</summary>
    private sealed class Reports(int limit, CancellationTokenSource? stop) : IProgress<GramProgress>
    {
        public List<GramProgress> All { get; } = [];

        public void Report(GramProgress value)
        {
            All.Add(value);
            if (All.Count(report => report.Stage == "tiles") >= limit)
                stop?.Cancel();
        }
    }
}
