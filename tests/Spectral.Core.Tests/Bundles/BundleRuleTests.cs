using System.Text;
using Spectral.Core.Bundles;
using Spectral.Core.Formats;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Bundles;

/// <summary>
/// One test for each rule that hashes alone do not hold: the bundle is edited and all hashes are made to fit.
/// </summary>
public sealed class BundleRuleTests : IDisposable
{
    private const string Manifest = "manifest-sha512.txt";

    private readonly TemporaryFolder _temporary = new();
    private readonly string _bundle;

    public BundleRuleTests() => _bundle = SampleBundle.Seal(_temporary.Path);

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Covering_traces_where_nothing_was_done_changes_nothing()
    {
        SampleBundle.CoverTraces(_bundle);
        Assert.Empty(BundleVerifier.Verify(_bundle));
    }

    [Fact]
    public void A_manifest_line_must_not_stand_twice()
    {
        EditManifest(lines => [lines[0], .. lines]);
        AssertOnly(Manifest, "a second time");
    }

    [Fact]
    public void Manifest_lines_must_be_in_order()
    {
        EditManifest(lines => [.. lines.Skip(1), lines[0]]);
        AssertOnly(Manifest, "after");
    }

    [Fact]
    public void A_hash_must_be_in_lower_case()
    {
        EditManifest(lines => [lines[0][..128].ToUpperInvariant() + lines[0][128..], .. lines.Skip(1)]);
        AssertOnly(Manifest, "upper case");
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("data/../../outside")]
    [InlineData("/etc/hostname")]
    [InlineData("~/outside")]
    [InlineData("data/~root")]
    [InlineData("data\\outside")]
    [InlineData("data/sub\\outside")]
    [InlineData("C:/outside")]
    [InlineData("data//twice")]
    [InlineData("data/./here")]
    [InlineData("data/line%0Aend")]
    public void A_path_out_of_the_bundle_is_refused_and_never_read(string path)
    {
        EditManifest(lines => [.. lines, new string('0', 128) + "  " + path]);
        Assert.Contains(BundleVerifier.Verify(_bundle), problem =>
            problem.Path == Manifest && problem.Expected.StartsWith("a path inside the bag", StringComparison.Ordinal));
        // Had it been looked up, it would be a missing file or a wrong hash.
        Assert.DoesNotContain(BundleVerifier.Verify(_bundle),
            problem => problem.Expected.Contains("000000", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0123  data/x")]
    [InlineData("HASH data/x")]
    [InlineData("HASH\tdata/x")]
    [InlineData("HASH *data/x")]
    [InlineData("HASH  data/%zz")]
    [InlineData("HASH  data/100%")]
    [InlineData("HASH  bag-info.txt")]
    [InlineData("HASH  ")]
    [InlineData("HASH")]
    [InlineData("")]
    [InlineData("\ufeffHASH  data/x")]
    public void A_manifest_line_of_another_form_is_reported(string line)
    {
        EditManifest(lines => [.. lines, line.Replace("HASH", new string('a', 128), StringComparison.Ordinal)]);
        Assert.Contains(BundleVerifier.Verify(_bundle), problem => problem.Path == Manifest);
    }

    [Fact]
    public void The_last_manifest_line_must_be_ended()
    {
        SampleBundle.WriteTag(_bundle, Manifest, File.ReadAllText(Path.Combine(_bundle, Manifest))[..^1]);
        AssertOnly(Manifest, "without an end");
    }

    [Fact]
    public void A_payload_file_must_be_listed()
    {
        EditManifest(lines => [.. lines.Where(line => !line.EndsWith("  data/plan.json", StringComparison.Ordinal))]);
        Assert.Equal("data/plan.json", Assert.Single(BundleVerifier.Verify(_bundle)).Path);
    }

    [Fact]
    public void A_listed_file_must_be_there()
    {
        EditManifest(lines => [.. lines, new string('a', 128) + "  data/zebra"]);
        Assert.Equal("data/zebra", Assert.Single(BundleVerifier.Verify(_bundle)).Path);
    }

    [Theory]
    [InlineData("bag-info.txt")]
    [InlineData("bagit.txt")]
    [InlineData(Manifest)]
    public void The_tag_manifest_must_list_every_tag_file(string tag)
    {
        var path = Path.Combine(_bundle, "tagmanifest-sha512.txt");
        var lines = File.ReadAllLines(path).Where(line => !line.EndsWith("  " + tag, StringComparison.Ordinal));
        File.WriteAllLines(path, lines);
        Assert.Equal(tag, Assert.Single(BundleVerifier.Verify(_bundle)).Path);
    }

    [Theory]
    [InlineData("tagmanifest-sha512.txt")]
    [InlineData("zdata/plan.json")]
    public void The_tag_manifest_must_list_nothing_else(string path)
    {
        File.AppendAllText(Path.Combine(_bundle, "tagmanifest-sha512.txt"), $"{new string('a', 128)}  {path}\n");
        AssertOnly("tagmanifest-sha512.txt", path);
    }

    [Theory]
    [InlineData("BagIt-version: 1.0\nTag-File-Character-Encoding: UTF-8\n")]
    [InlineData("BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n")]
    [InlineData("BagIt-Version: 1.0\r\nTag-File-Character-Encoding: UTF-8\r\n")]
    [InlineData("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8")]
    [InlineData("\ufeffBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")]
    public void The_declaration_is_exactly_two_lines(string text)
    {
        SampleBundle.WriteTag(_bundle, "bagit.txt", text);
        AssertOnly("bagit.txt", "other bytes");
    }

    [Theory]
    [InlineData("Spectral-Bundle-Version", "2")]
    [InlineData("Bagging-Date", "2026-02-30")]
    [InlineData("External-Identifier", "../x")]
    [InlineData("Spectral-Numeric-Environment", "abc")]
    [InlineData("Bag-Software-Agent", " ")]
    public void A_value_of_the_metadata_must_have_its_form(string label, string value)
    {
        SampleBundle.EditInfo(_bundle, label, value);
        AssertOnly("bag-info.txt", label);
    }

    [Theory]
    [InlineData("Spectral-Bundle-Version")]
    [InlineData("Payload-Oxum")]
    [InlineData("Spectral-Plan-Hash")]
    [InlineData("External-Identifier")]
    public void A_label_of_the_metadata_must_be_there_once(string label)
    {
        var lines = File.ReadAllLines(Path.Combine(_bundle, "bag-info.txt"));
        var line = lines.Single(line => line.StartsWith(label, StringComparison.Ordinal));
        SampleBundle.WriteTag(_bundle, "bag-info.txt", Joined(lines.Where(other => other != line)));
        AssertOnly("bag-info.txt", $"0 lines of {label}");
        SampleBundle.WriteTag(_bundle, "bag-info.txt", Joined(lines.Append(line)));
        AssertOnly("bag-info.txt", $"2 lines of {label}");
    }

    [Fact]
    public void The_payload_must_have_the_size_that_is_stated()
    {
        SampleBundle.EditInfo(_bundle, "Payload-Oxum", "1.1");
        Assert.Equal("data", Assert.Single(BundleVerifier.Verify(_bundle)).Path);
    }

    [Fact]
    public void An_edited_plan_is_seen_however_well_it_is_hashed()
    {
        SampleBundle.Write(_bundle, "data/plan.json", """{"plan":1,"seed":{"root":2}}"""u8.ToArray());
        RewriteContent();
        SampleBundle.CoverTraces(_bundle);
        AssertOnly("data/plan.json", "SHA-256");
    }

    [Theory]
    [InlineData("""{ "plan":1}""")]
    [InlineData("""{"plan":1}""" + "\n")]
    [InlineData("""{"plan":1.0}""")]
    [InlineData("""{"seed":1,"plan":1}""")]
    [InlineData("not json")]
    [InlineData("")]
    public void A_plan_must_be_canonical(string plan)
    {
        var bytes = Encoding.UTF8.GetBytes(plan);
        SampleBundle.Write(_bundle, "data/plan.json", bytes);
        RewriteContent();
        SampleBundle.CoverTraces(_bundle);
        SampleBundle.EditInfo(_bundle, "Spectral-Plan-Hash", ContentHash.Sha256(bytes));
        var problem = Assert.Single(BundleVerifier.Verify(_bundle));
        Assert.Equal(("data/plan.json", "canonical JSON (RFC 8785)"), (problem.Path, problem.Expected));
    }

    [Fact]
    public void An_edited_result_breaks_the_content_digest_however_well_it_is_hashed()
    {
        SampleBundle.Write(_bundle, "data/results/training.csv", "epoch\n"u8.ToArray());
        SampleBundle.CoverTraces(_bundle);
        var paths = BundleVerifier.Verify(_bundle).Select(problem => problem.Path).Order();
        Assert.Equal(["bag-info.txt", "data/content.json", "data/results/training.csv"], paths);
        RewriteContent(alsoInfo: false);
        SampleBundle.CoverTraces(_bundle);
        AssertOnly("bag-info.txt", "Spectral-Content-Digest");
    }

    [Fact]
    public void A_content_file_more_or_less_is_seen_however_well_it_is_hashed()
    {
        File.Delete(Path.Combine(_bundle, "data/results/training.csv"));
        File.WriteAllText(Path.Combine(_bundle, "data/dataset/more.txt"), "");
        SampleBundle.CoverTraces(_bundle);
        var paths = BundleVerifier.Verify(_bundle).Select(problem => problem.Path).ToList();
        Assert.Contains("data/results/training.csv", paths);
        Assert.Contains("data/dataset/more.txt", paths);
    }

    [Theory]
    [InlineData("\"content\":1", "\"content\":2")]
    [InlineData("{\"content\":1", "{ \"content\":1")]
    [InlineData("\"digest\":\"", "\"digest\":\"f")]
    [InlineData("\"plan.json\":", "\"other.json\":")]
    public void The_content_file_must_have_its_form(string old, string replacement)
    {
        var path = Path.Combine(_bundle, "data/content.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace(old, replacement, StringComparison.Ordinal));
        SampleBundle.CoverTraces(_bundle);
        Assert.NotEmpty(BundleVerifier.Verify(_bundle));
    }

    [Fact]
    public void The_crate_must_describe_the_files_that_are_there()
    {
        var path = Path.Combine(_bundle, "data/ro-crate-metadata.json");
        var text = File.ReadAllText(path).Replace("spec.yaml", "spec.fsx", StringComparison.Ordinal);
        File.WriteAllText(path, text);
        SampleBundle.CoverTraces(_bundle);
        Assert.Equal(2, BundleVerifier.Verify(_bundle).Count(problem => problem.Path == "data/ro-crate-metadata.json"));
        File.WriteAllText(path, "{}");
        SampleBundle.CoverTraces(_bundle);
        AssertOnly("data/ro-crate-metadata.json", "no @graph");
    }

    private void EditManifest(Func<string[], string[]> edit) => SampleBundle.WriteTag(
        _bundle, Manifest, Joined(edit(File.ReadAllLines(Path.Combine(_bundle, Manifest)))));

    private void RewriteContent(bool alsoInfo = true)
    {
        var content = ContentDigest.Compute(new ArtifactFolder(Path.Combine(_bundle, "data")));
        SampleBundle.Write(_bundle, "data/content.json", content.ToBytes());
        if (alsoInfo)
            SampleBundle.EditInfo(_bundle, "Spectral-Content-Digest", content.Digest);
    }

    private void AssertOnly(string path, string found)
    {
        var problem = Assert.Single(BundleVerifier.Verify(_bundle));
        Assert.Equal(path, problem.Path);
        Assert.Contains(found, problem.Found, StringComparison.Ordinal);
    }

    private static string Joined(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
