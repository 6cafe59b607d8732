using Spectral.Core.Bundles;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Bundles;

/// <summary>That no change to the files of a bundle, by accident or by someone careless, goes unseen.</summary>
public sealed class BundleDamageTests
{
    [Fact]
    public void One_flipped_bit_anywhere_is_reported_with_its_file()
    {
        using var temporary = new TemporaryFolder();
        var bundle = SampleBundle.Seal(temporary.Path);
        foreach (var file in SampleBundle.Files(bundle))
        {
            var path = Path.Combine(bundle, file);
            var sound = File.ReadAllBytes(path);
            foreach (var at in new[] { 0, 1, sound.Length / 3, sound.Length / 2, sound.Length - 2, sound.Length - 1 }
                .Where(at => at >= 0 && at < sound.Length).Distinct())
            {
                foreach (var bit in new byte[] { 1, 32, 128 })
                {
                    var damaged = sound.ToArray();
                    damaged[at] ^= bit;
                    File.WriteAllBytes(path, damaged);
                    Assert.True(Names(bundle, file), $"{file}, byte {at}, bit {bit}");
                }
            }

            File.WriteAllBytes(path, sound);
        }

        Assert.Empty(BundleVerifier.Verify(bundle));
    }

    [Fact]
    public void Every_file_that_is_missing_emptied_cut_short_or_longer_is_reported()
    {
        using var temporary = new TemporaryFolder();
        var bundle = SampleBundle.Seal(temporary.Path);
        foreach (var file in SampleBundle.Files(bundle))
        {
            var path = Path.Combine(bundle, file);
            var sound = File.ReadAllBytes(path);
            File.Delete(path);
            Assert.True(Names(bundle, file), $"{file} missing");
            File.WriteAllBytes(path, [.. sound, (byte)'\n']);
            Assert.True(Names(bundle, file), $"{file} longer");
            if (sound.Length > 0)
            {
                File.WriteAllBytes(path, sound[..^1]);
                Assert.True(Names(bundle, file), $"{file} cut short");
                File.WriteAllBytes(path, []);
                Assert.True(Names(bundle, file), $"{file} emptied");
            }

            File.WriteAllBytes(path, sound);
        }

        Assert.Empty(BundleVerifier.Verify(bundle));
    }

    [Fact]
    public void Every_renamed_payload_file_is_reported_under_both_names()
    {
        using var temporary = new TemporaryFolder();
        var bundle = SampleBundle.Seal(temporary.Path);
        foreach (var file in SampleBundle.Files(bundle))
        {
            var path = Path.Combine(bundle, file);
            File.Move(path, path + "x");
            Assert.True(Names(bundle, file) && Names(bundle, file + "x"), file);
            File.Move(path + "x", path);
        }
    }

    [Theory]
    [InlineData("data/results/more.npy")]
    [InlineData("data/.hidden")]
    [InlineData("fetch.txt")]
    [InlineData("manifest-sha256.txt")]
    [InlineData(".DS_Store")]
    public void A_file_too_many_is_reported(string file)
    {
        using var temporary = new TemporaryFolder();
        var bundle = SampleBundle.Seal(temporary.Path);
        File.WriteAllText(Path.Combine(bundle, file), "");
        Assert.True(Names(bundle, file));
    }

    [Theory]
    [InlineData("attest")]
    [InlineData("data/results/empty")]
    public void A_folder_too_many_is_reported(string folder)
    {
        using var temporary = new TemporaryFolder();
        var bundle = SampleBundle.Seal(temporary.Path);
        Directory.CreateDirectory(Path.Combine(bundle, folder));
        Assert.Equal(folder, Assert.Single(BundleVerifier.Verify(bundle)).Path);
    }

    [Fact]
    public void All_of_several_problems_are_listed()
    {
        using var temporary = new TemporaryFolder();
        var bundle = SampleBundle.Seal(temporary.Path);
        File.Delete(Path.Combine(bundle, "data/spec.yaml"));
        File.WriteAllText(Path.Combine(bundle, "data/results/training.csv"), "epoch\n");
        File.WriteAllText(Path.Combine(bundle, "stray"), "");
        var paths = BundleVerifier.Verify(bundle).Select(problem => problem.Path).ToHashSet();
        Assert.Superset(new HashSet<string> { "data/spec.yaml", "data/results/training.csv", "stray" }, paths);
    }

    [Fact]
    public void A_folder_that_is_missing_empty_or_a_file_is_reported_and_nothing_is_thrown()
    {
        using var temporary = new TemporaryFolder();
        Assert.Single(BundleVerifier.Verify(temporary.File("nowhere")));
        File.WriteAllText(temporary.File("file"), "");
        Assert.Single(BundleVerifier.Verify(temporary.File("file")));
        Directory.CreateDirectory(temporary.File("empty"));
        Assert.NotEmpty(BundleVerifier.Verify(temporary.File("empty")));
    }

    [Fact]
    public void A_bundle_may_be_renamed_moved_and_reached_through_a_link()
    {
        using var temporary = new TemporaryFolder();
        Directory.Move(SampleBundle.Seal(temporary.File("runs")), temporary.File("moved"));
        Directory.CreateSymbolicLink(temporary.File("link"), temporary.File("moved"));
        Assert.Empty(BundleVerifier.Verify(temporary.File("moved")));
        Assert.Empty(BundleVerifier.Verify(temporary.File("link")));
    }

    [Theory]
    [InlineData("data/results/training.csv")]
    [InlineData("bagit.txt")]
    [InlineData("data/results")]
    [InlineData("data")]
    public void A_symbolic_link_is_refused_even_to_equal_bytes(string path)
    {
        using var temporary = new TemporaryFolder();
        var bundle = SampleBundle.Seal(temporary.File("runs"));
        var full = Path.Combine(bundle, path);
        Directory.Move(full, temporary.File("elsewhere"));
        File.CreateSymbolicLink(full, temporary.File("elsewhere"));
        Assert.Contains(BundleVerifier.Verify(bundle),
            problem => problem.Path == path && problem.Found == "a symbolic link");
    }

    [Fact]
    public void A_pipe_is_reported_and_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no pipes among the files of Windows");
        using var temporary = new TemporaryFolder();
        var bundle = SampleBundle.Seal(temporary.Path);
        var file = Path.Combine(bundle, "data/dataset/empty file.txt");
        File.Delete(file);
        using (var make = System.Diagnostics.Process.Start("mkfifo", [file]))
            make.WaitForExit();
        Assert.Contains(BundleVerifier.Verify(bundle),
            problem => problem.Found.StartsWith("a pipe", StringComparison.Ordinal));
    }

    private static bool Names(string bundle, string file) => BundleVerifier.Verify(bundle).Any(problem =>
        problem.Path == file || $"{problem.Found} {problem.Expected}".Contains(file, StringComparison.Ordinal));
}
