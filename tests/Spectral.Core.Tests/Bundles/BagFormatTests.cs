using System.Diagnostics;
using Spectral.Core.Bundles;
using Spectral.Core.Formats;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Bundles;

/// <summary>The bytes of the bag's own files, and that a tool of others agrees with them.</summary>
public sealed class BagFormatTests
{
    [Fact]
    public void A_manifest_is_sorted_by_bytes_and_encodes_what_would_break_its_lines()
    {
        var (a, b) = (new string('a', 128), new string('b', 128));
        var manifest = new BagManifest(
            [new(a, "data/\ud83d\ude00"), new(b, "data/\ufb33"), new(a, "data/b%c"), new(b, "data/a\r\nb")]);
        Assert.Equal(
            $"{b}  data/a%0D%0Ab\n{a}  data/b%25c\n{b}  data/\ufb33\n{a}  data/\ud83d\ude00\n",
            System.Text.Encoding.UTF8.GetString(manifest.ToBytes()));
    }

    [Fact]
    public void A_manifest_can_be_read_back()
    {
        var hash = new string('0', 128);
        var manifest = new BagManifest([new(hash, "data/100% \u00fc"), new(hash, "data/b")]);
        Assert.Equal(manifest.Entries.AsEnumerable(), BagManifest.Parse(manifest.ToBytes()).Entries);
        Assert.Empty(BagManifest.Parse([]).Entries);
        Assert.Throws<FormatException>(() => BagManifest.Parse("x\n"u8));
        Assert.Throws<FormatException>(() => BagManifest.Parse([0xff]));
    }

    [Fact]
    public void The_metadata_have_their_labels_in_order()
    {
        var hash = ContentHash.Sha256([]);
        var identity = new BundleIdentity("run-1", " two\r\nlines:  spaced ", hash, hash, "spectral 0.1.0");
        var info = BagInfo.Of(identity, hash, new PayloadOxum(12345, 6), SampleBundle.Start);
        Assert.Equal(
            "Bag-Software-Agent: spectral 0.1.0\nBagging-Date: 2026-03-02\nExternal-Identifier: run-1\n"
            + "External-Description: two lines:  spaced\nPayload-Oxum: 12345.6\nSpectral-Bundle-Version: 1\n"
            + $"Spectral-Plan-Hash: {hash}\nSpectral-Content-Digest: {hash}\nSpectral-Numeric-Environment: {hash}\n",
            System.Text.Encoding.UTF8.GetString(info.ToBytes()));
        Assert.Equal(info.Fields.AsEnumerable(), BagInfo.Parse(info.ToBytes()).Fields);
        Assert.Equal("12345.6", info["payload-oxum"]);
        Assert.Null(info["Contact-Name"]);
    }

    [Fact]
    public void A_run_without_a_description_has_no_line_for_it()
    {
        var hash = ContentHash.Sha256([]);
        var info = BagInfo.Of(new BundleIdentity("a", "\n", hash, hash, "s 1"), hash, default, SampleBundle.Start);
        Assert.Null(info[BagInfo.ExternalDescription]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("No colon\n")]
    [InlineData("Label:value\n")]
    [InlineData("A: b\n continued: here\n")]
    [InlineData("A: b\n\n")]
    [InlineData("A: b")]
    [InlineData("A: b\r\n")]
    public void Metadata_of_another_form_are_refused(string text) =>
        Assert.Throws<FormatException>(() => BagInfo.Parse(System.Text.Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void The_content_digest_covers_results_and_nothing_else()
    {
        using var temporary = new TemporaryFolder();
        var payload = new ArtifactFolder(temporary.Path);
        SampleBundle.Fill(payload);
        var before = ContentDigest.Compute(payload);
        Assert.Equal(
            [
                "checkpoints/final.safetensors", "dataset/empty file.txt", "dataset/labels.npy", "plan.json",
                "results/final/train/left_vectors.npy", "results/final/train/singular_values.npy",
                "results/measurements.csv", "results/outputs/train.npy", "results/training.csv",
            ],
            before.Files.Keys);
        payload.Write("spec.yaml", "# a comment\n"u8);
        payload.Write("record/log.clef", "{}"u8);
        payload.Write("report/figures/a.svg", "<svg/>"u8);
        payload.Write("content.json", before.ToBytes());
        Assert.Equal(before.Digest, ContentDigest.Compute(payload).Digest);
        Assert.Equal(before.Digest, ContentDigest.Read(payload).Digest);
        payload.Write("results/training.csv", "epoch\n"u8);
        Assert.NotEqual(before.Digest, ContentDigest.Compute(payload).Digest);
    }

    [Fact]
    public void The_content_file_is_canonical_json_of_hashes()
    {
        using var temporary = new TemporaryFolder();
        var payload = new ArtifactFolder(temporary.Path);
        payload.Write("plan.json", "{}"u8);
        var files = $$"""{"plan.json":"{{ContentHash.Sha256("{}"u8)}}"}""";
        var digest = ContentHash.Sha256(System.Text.Encoding.UTF8.GetBytes(files));
        Assert.Equal($$"""{"content":1,"digest":"{{digest}}","files":{{files}}}""",
            System.Text.Encoding.UTF8.GetString(ContentDigest.Compute(payload).ToBytes()));
    }

    [Theory]
    [InlineData("manifest-sha512.txt")]
    [InlineData("tagmanifest-sha512.txt")]
    public void Sha512sum_finds_the_same_hashes(string manifest)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sha512sum is of GNU coreutils");
        using var temporary = new TemporaryFolder();
        using var draft = BundleDraft.Open(temporary.Path, SampleBundle.Identity());
        SampleBundle.Fill(draft.Payload);
        // coreutils does not decode %25, and BagIt demands it.
        File.Move(Path.Combine(draft.Payload.Root, "report/report 100% \u00fc.html"),
            Path.Combine(draft.Payload.Root, "report/report \u00fc.html"));
        var bundle = draft.Seal(SampleBundle.Record());
        Assert.Equal(0, Sha512sum(bundle, manifest));
        File.AppendAllText(Path.Combine(bundle, "data/plan.json"), " ");
        File.AppendAllText(Path.Combine(bundle, "bag-info.txt"), " ");
        Assert.Equal(1, Sha512sum(bundle, manifest));
    }

    private static int Sha512sum(string bundle, string manifest)
    {
        using var process = Process.Start(new ProcessStartInfo("sha512sum", ["--strict", "--quiet", "-c", manifest])
        {
            WorkingDirectory = bundle,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardOutput.ReadToEnd();
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
