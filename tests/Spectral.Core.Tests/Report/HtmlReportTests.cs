using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Report;
using Xunit;

namespace Spectral.Core.Tests.Report;

public class HtmlReportTests
{
    private static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";

    public static TheoryData<string> Variants => ["typical", "clean", "troubled", "many", "hostile", "empty"];

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_page_is_well_formed_and_loads_nothing(string variant)
    {
        string page = Page(FigureTests.Run(variant));
        Assert.StartsWith("<!DOCTYPE html>\n", page);
        XElement root = Parse(page);
        string[] forbidden = ["script", "link", "img", "iframe", "object", "embed", "base", "form", "a", "image", "use"];
        Assert.DoesNotContain(root.Descendants(), element => forbidden.Contains(element.Name.LocalName));
        Assert.DoesNotContain(root.DescendantsAndSelf().Attributes(), attribute =>
            attribute.Name.LocalName is "src" or "href" or "srcset" or "action"
            || attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("@import", page);
        Assert.All(References(page), target => Assert.StartsWith("#", target));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Identifiers_are_unique_and_references_lead_somewhere(string variant)
    {
        string page = Page(FigureTests.Run(variant));
        string[] identifiers = [.. Parse(page).Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(identifiers.Distinct(), identifiers);
        Assert.All(References(page), target => Assert.Contains(target[1..], identifiers));
    }

    [Fact]
    public void Hostile_names_are_text()
    {
        XElement root = Parse(Page(SampleVariants.HostileNames()));
        Assert.StartsWith("</title><script>alert('x')</script>", root.Descendants(Html + "h1").Single().Value);
        Assert.DoesNotContain(root.DescendantNodes().OfType<XText>(), text => text.Value.Any(letter =>
            (char.IsControl(letter) && letter != '\n') || letter == '\u202e' || char.IsSurrogate(letter)));
    }

    [Fact]
    public void Tables_have_headings_with_a_scope_and_rows_of_equal_length() =>
        Assert.All(Parse(Page(SampleRun.Typical())).Descendants(Html + "table"), table =>
        {
            Assert.All(table.Descendants(Html + "th"), heading =>
                Assert.Matches("^(col|row|colgroup)$", heading.Attribute("scope")?.Value));
            Assert.Single(table.Element(Html + "tbody")!.Elements(Html + "tr").Select(row => row.Elements().Count()).Distinct());
        });

    [Fact]
    public void Every_measurement_is_in_the_folded_table()
    {
        RunResult run = SampleRun.Typical();
        XElement details = Parse(Page(run)).Descendants(Html + "details").Single();
        Assert.Equal(run.Measurements.Length, details.Descendants(Html + "tbody").Elements(Html + "tr").Count());
    }

    [Fact]
    public void The_plan_is_told_in_words_with_its_hash()
    {
        RunResult run = SampleRun.Typical();
        XElement plan = Parse(Page(run)).Descendants(Html + "dl").First();
        string[] values = [.. plan.Elements(Html + "dd").Select(value => value.Value.Trim())];
        Assert.Contains("mlp (hidden: [32, 16]; activation: tanh; initialization: pytorch)", values);
        Assert.Contains("initial (epoch 0), final (epoch 100) on train and test", values);
        Assert.Contains("root: 1; noise: 7", values);
        Assert.Contains(run.PlanHash, values);
    }

    [Fact]
    public void A_report_is_a_page_and_figures_in_the_payload()
    {
        string folder = Directory.CreateTempSubdirectory("spectral-report-").FullName;
        try
        {
            ArtifactFolder payload = new(folder);
            RunReport.Render(SampleRun.Typical(), payload);
            Assert.Equal(
                [
                    "report/figures/alignment.svg", "report/figures/spectrum-test.svg", "report/figures/spectrum-train.svg",
                    "report/figures/training.svg", "report/report.html",
                ],
                payload.Files());
            using MemoryStream svg = new(payload.Read("report/figures/alignment.svg"));
            Assert.Equal("svg", XDocument.Load(svg).Root!.Name.LocalName);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> References(string page) =>
        Regex.Matches(page, "url\\(([^)]*)\\)").Select(match => match.Groups[1].Value);

    private static string Page(RunResult run) => RunReport.Files(run)[0].Text;

    private static XElement Parse(string page)
    {
        XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Ignore };
        using XmlReader reader = XmlReader.Create(new StringReader(page), settings);
        return XDocument.Load(reader).Root!;
    }
}
