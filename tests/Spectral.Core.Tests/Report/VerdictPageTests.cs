using System.Xml.Linq;
using Spectral.Core.Bundles;
using Spectral.Core.Results;
using Spectral.Core.Tests.Bundles;
using Spectral.Core.Tests.Formats;
using Spectral.Report;
using Xunit;

namespace Spectral.Core.Tests.Report;

/// <summary>The page of a rerun's verdicts.</summary>
public sealed class VerdictPageTests : IDisposable
{
    private static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";

    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void A_page_is_well_formed_loads_nothing_and_has_every_file_by_stage()
    {
        ArtifactVerdict drift = new(
            "results/final/train/singular_values.npy", Verdict.Drift, 1.04e-6, 1e-12, "max |d sigma| / sigma_1");
        Reproduction found = Found([new("plan.json", Verdict.Bitwise, 0, null, "bytes"), drift], [new(FactKind.Environment, "threads", "1", "2")]);
        string page = VerdictPage.Of(found);
        XElement root = XDocument.Parse(page.Replace("<!DOCTYPE html>\n", "", StringComparison.Ordinal)).Root!;
        Assert.DoesNotContain(root.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "a");
        Assert.Equal(
            ["data: 1 BITWISE", "spectrum: 1 DRIFT", "Facts that decide bits"],
            root.Descendants(Html + "caption").Select(caption => caption.Value));
        string[] row = [.. root.Descendants(Html + "tr").Single(row => row.Value.StartsWith(drift.Path, StringComparison.Ordinal)).Elements().Select(cell => cell.Value)];
        Assert.Equal([drift.Path, "DRIFT", "1.0e-06", "1e-12", "max |d sigma| / sigma_1", ""], row);
        Assert.Contains(root.Descendants(Html + "dd"), value => value.Value.StartsWith("unexplained: ", StringComparison.Ordinal));
        Assert.Equal(page, VerdictPage.Of(found));
    }

    [Fact]
    public void A_page_without_differences_says_so_and_hostile_texts_are_text()
    {
        Reproduction same = Found([new("plan.json", Verdict.Bitwise, 0, null, "bytes")], []);
        Assert.Contains("None: every file has the same bytes.", VerdictPage.Of(same), StringComparison.Ordinal);
        Reproduction hostile = Found([new("results/<script>.csv", Verdict.Missing, null, null, "<b>")], []);
        Assert.DoesNotContain("<script>", VerdictPage.Of(hostile), StringComparison.Ordinal);
    }

    private Reproduction Found(ArtifactVerdict[] verdicts, DifferingFact[] facts) => new(
        BundleFolder.Open(SampleBundle.Seal(_temporary.File(Guid.NewGuid().ToString("N")))), Tolerances.Standard, [.. verdicts], [.. facts]);
}
