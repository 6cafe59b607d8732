using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Spectral.Core.Numerics;
using Spectral.Core.Tests.Formats;
using Xunit;
using static Spectral.Core.Tests.Numerics.GramCases;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>
/// A process that computes a Gram matrix is killed for good (SIGKILL), and another one goes on from what it left on the
/// disk. The process is this test program, asked for <see cref="Victim"/> alone.
/// </summary>
public sealed class GramKillTests
{
    /// <summary>The folder that the victim's tiles go into, and what its factors may take.</summary>
    private const string Folder = "SPECTRAL_TEST_TILES", FactorBytes = "SPECTRAL_TEST_FACTOR_BYTES";

    /// <summary>What factors may take so that all layers go in one pass, or each part of one in a pass of its own.</summary>
    private const long AllLayers = 2L << 30, OneTerm = 1;

    /// <summary>Tiles of one block of 24 examples, the lower triangle of 6 a side.</summary>
    private const int Count = 21;

    private static readonly NetworkCase Network = All["convolutions, several chunks"] with { Examples = 130 };

    /// <summary>When a tile was written that nobody has touched since the kill.</summary>
    private static readonly DateTime Before = new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);

    public GramKillTests() => zeros(1).Dispose(); // loads libtorch: whether there is a BLAS is found out once

    [Fact]
    public async Task A_killed_process_leaves_tiles_that_another_one_goes_on_from_to_the_same_bits()
    {
        using TemporaryFolder folder = new();
        await KillWhen(() => Tiles(folder.Path).Length >= 4, folder.Path, AllLayers);
        string[] left = Tiles(folder.Path);
        Assert.InRange(left.Length, 4, Count - 3); // in the middle
        foreach (string tile in left)
            File.SetLastWriteTimeUtc(tile, Before);
        // What a disk could leave that lost what it had promised to keep: half of a tile under its own name.
        using (FileStream torn = File.OpenWrite(left[0]))
            torn.SetLength(torn.Length / 2);
        File.SetLastWriteTimeUtc(left[0], Before);

        Counted counted = new();
        AssertResumes(folder.Path, AllLayers, counted);
        Assert.Contains(counted.All, report => report.Stage == "factors");
        // A whole tile is taken as it is; the torn one and those that were missing are written.
        Assert.Equal(Count, Tiles(folder.Path).Length);
        Assert.Equal(left[1..], Tiles(folder.Path).Where(tile => File.GetLastWriteTimeUtc(tile) == Before));
    }

    [Fact]
    public async Task A_process_that_was_killed_in_a_later_pass_has_spared_the_earlier_ones()
    {
        using TemporaryFolder folder = new();
        await KillWhen(() => Tiles(folder.Path).Count(IsOfLaterPass) >= 4, folder.Path, OneTerm);
        // Killed after a tile was written and before the one that it replaces was removed.
        File.WriteAllText(FirstPass(Tiles(folder.Path).First(IsOfLaterPass)), "the tile of the pass before");
        Counted counted = new();
        AssertResumes(folder.Path, OneTerm, counted);
        Assert.NotEmpty(counted.All);
        Assert.DoesNotContain(counted.All, report => report.Pass == 1);
        Assert.Equal(Count, Tiles(folder.Path).Length);

        static bool IsOfLaterPass(string tile) => !tile.EndsWith("-terms1.tile", StringComparison.Ordinal);

        static string FirstPass(string tile) =>
            $"{tile[..tile.LastIndexOf("-terms", StringComparison.Ordinal)]}-terms1.tile";
    }

    /// <summary>What the other process does: it computes, slowly, until it is killed. No test of its own.</summary>
    [Fact(Explicit = true)]
    public void Victim()
    {
        string folder = Environment.GetEnvironmentVariable(Folder)
            ?? throw new InvalidOperationException("this is for the test above to start, which names a folder");
        long factorBytes = long.Parse(Environment.GetEnvironmentVariable(FactorBytes)!, CultureInfo.InvariantCulture);
        using IDisposable scope = NewDisposeScope();
        using GramMatrix gram = new JacobianOperator(Source(Network)).Gram(
            Options(folder, factorBytes) with { Progress = new Slow() }, Stop);
    }

    private static GramOptions Options(string folder, long factorBytes) =>
        new() { TileExamples = 24, FactorBytes = factorBytes, Tiles = new GramTileFolder(folder, "key") };

    private static void AssertResumes(string folder, long factorBytes, IProgress<GramProgress> progress)
    {
        using IDisposable scope = NewDisposeScope();
        JacobianOperator jacobian = new(Source(Network));
        using GramMatrix undisturbed = jacobian.Gram(null, Stop);
        using GramMatrix resumed = jacobian.Gram(Options(folder, factorBytes) with { Progress = progress }, Stop);
        Assert.Equal(GramBits.Of(undisturbed), GramBits.Of(resumed));
    }

    private static string[] Tiles(string folder) => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, "*.tile").Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Starts the victim and kills it as soon as something holds; it must not end by itself.</summary>
    private static async Task KillWhen(Func<bool> holds, string folder, long factorBytes)
    {
        ProcessStartInfo start = new(
            "dotnet",
            [
                typeof(GramKillTests).Assembly.Location,
                "-method",
                $"{typeof(GramKillTests).FullName}.{nameof(Victim)}",
                "-explicit",
                "only",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [Folder] = folder, [FactorBytes] = factorBytes.ToString(CultureInfo.InvariantCulture) },
        };
        using Process victim = Process.Start(start)!;
        Task<string> output = victim.StandardOutput.ReadToEndAsync(Stop);
        Task<string> error = victim.StandardError.ReadToEndAsync(Stop);
        try
        {
            Stopwatch waited = Stopwatch.StartNew();
            while (!holds())
            {
                if (victim.HasExited || waited.Elapsed > TimeSpan.FromMinutes(2))
                    break;
                await Task.Delay(5, Stop);
            }

            bool ended = victim.HasExited;
            victim.Kill(); // SIGKILL where there are signals: no handler runs, nothing is flushed
            await victim.WaitForExitAsync(Stop);
            string said = $"the victim ended by itself or did nothing:\n{await output}\n{await error}";
            Assert.True(!ended && holds(), said);
            Assert.NotEqual(0, victim.ExitCode);
        }
        finally
        {
            if (!victim.HasExited)
                victim.Kill();
        }
    }

    /// <summary>Takes its time over every tile.</summary>
    private sealed class Slow : IProgress<GramProgress>
    {
        public void Report(GramProgress value) => Thread.Sleep(value.Stage == "tiles" ? 150 : 0);
    }

    private sealed class Counted : IProgress<GramProgress>
    {
        private readonly List<GramProgress> _all = [];

        public ImmutableArray<GramProgress> All => [.. _all];

        public void Report(GramProgress value) => _all.Add(value);
    }
}
