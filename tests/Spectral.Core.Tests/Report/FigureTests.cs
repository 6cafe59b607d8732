using System.Collections.Immutable;
using System.Xml.Linq;
using Spectral.Core.Execution;
using Spectral.Core.Numerics;
using Spectral.Report;
using Xunit;

namespace Spectral.Core.Tests.Report;

public class FigureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Variants => ["typical", "clean", "troubled", "many", "hostile"];

    [Fact]
    public void A_run_has_a_spectrum_for_each_split_an_alignment_and_a_training_figure() =>
        Assert.Equal(
            ["spectrum-train", "spectrum-test", "alignment", "training"],
            RunReport.Figures(SampleRun.Typical()).Select(figure => figure.Name));

    [Fact]
    public void A_figure_without_data_is_left_out()
    {
        Assert.Empty(RunReport.Figures(SampleVariants.Empty()));
        RunResult typical = SampleRun.Typical();
        Assert.Equal(
            ["spectrum-train", "spectrum-test"],
            RunReport.Figures(typical with { Measurements = [], Training = [.. typical.Training.Where(row => row.Epoch == 0)] })
                .Select(figure => figure.Name));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_drawing_is_one_accessible_svg_element_that_loads_nothing(string variant) =>
        Assert.All(RunReport.Figures(Run(variant)), figure =>
        {
            XElement root = XDocument.Parse(figure.Svg).Root!;
            Assert.Equal(Svg + "svg", root.Name);
            Assert.Equal("img", root.Attribute("role")!.Value);
            Assert.Equal(figure.Title, root.Attribute("aria-label")!.Value);
            Assert.Equal(figure.Caption, root.Element(Svg + "desc")!.Value);
            Assert.Matches("^0 0 760 [0-9]+$", root.Attribute("viewBox")!.Value);
            Assert.DoesNotContain("<!DOCTYPE", figure.Svg);
            Assert.DoesNotContain("<script", figure.Svg);
            Assert.DoesNotContain("<image", figure.Svg);
            Assert.DoesNotContain("href", figure.Svg);
            Assert.DoesNotContain("NaN", figure.Svg);
        });

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_same_run_gives_the_same_bytes_in_another_culture_and_time_zone(string variant)
    {
        ImmutableArray<ReportFile> here = RunReport.Files(Run(variant));
        string? zone = Environment.GetEnvironmentVariable("TZ");
        try
        {
            Environment.SetEnvironmentVariable("TZ", "Pacific/Chatham");
            TimeZoneInfo.ClearCachedData();
            using ForeignCulture foreign = ForeignCulture.Use();
            Assert.Equal(here.AsEnumerable(), RunReport.Files(Run(variant)));
        }
        finally
        {
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
        }
    }

    [Fact]
    public void Values_below_the_trust_floor_are_not_drawn()
    {
        // A bundle's file has NaN there; what the solver left must not show either.
        RunResult typical = SampleRun.Typical();
        RunResult read = typical with
        {
            Spectra =
            [
                .. typical.Spectra.Select(result => result with
                {
                    Spectrum = result.Spectrum with
                    {
                        Values = [.. result.Spectrum.Values.Select(value => value >= result.Spectrum.TrustFloor ? value : double.NaN)],
                    },
                }),
            ],
        };
        Assert.Equal(SpectrumFigure.Of(typical, "train"), SpectrumFigure.Of(read, "train"));
        Assert.Contains("180 values are not drawn", SpectrumFigure.Of(read, "train")!.Caption);
    }

    [Fact]
    public void A_spectrum_that_is_all_noise_is_no_figure()
    {
        RunResult typical = SampleRun.Typical();
        SpectrumResult noise = typical.Spectra[0] with { Spectrum = new SingularSpectrum([1e-15, 1e-16], 1e-12, 2, 2, "direct") };
        Assert.Null(SpectrumFigure.Of(typical with { Spectra = [noise] }, "train"));
    }

    [Fact]
    public void Thirty_thousand_singular_values_make_a_small_file()
    {
        RunResult typical = SampleRun.Typical();
        SpectrumResult large = SampleRun.Spectrum("initial", 0, "train", 30_000, 2400);
        Figure figure = SpectrumFigure.Of(typical with { Spectra = [large] }, "train")!;
        Assert.InRange(figure.Svg.Length, 1, 60_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_spectrum_of_one_or_two_values_can_be_drawn(int count)
    {
        RunResult typical = SampleRun.Typical();
        SingularSpectrum ones = new([.. Enumerable.Repeat(1.0, count)], 0, count, 9, "direct");
        SpectrumResult few = typical.Spectra[0] with { Spectrum = ones };
        Assert.NotNull(SpectrumFigure.Of(typical with { Spectra = [few] }, "train"));
    }

    [Fact]
    public void A_share_that_cannot_be_relied_on_gets_no_bar()
    {
        static int Numbers(RunResult run) => XDocument.Parse(AlignmentFigure.Of(run)!.Svg).Descendants(Svg + "text")
            .Count(text => text.Value.EndsWith(" %", StringComparison.Ordinal));
        Assert.Equal(14, Numbers(SampleRun.Typical()));
        Assert.Equal(14 - 4 - 3, Numbers(SampleVariants.Troubled()));
    }

    [Fact]
    public void Every_curve_differs_from_every_other_by_more_than_its_colour()
    {
        // Three histories, drawn in two panels each: three dash patterns at least, whatever the colours.
        XElement root = XDocument.Parse(TrainingFigure.Of(SampleRun.Typical())!.Svg).Root!;
        IEnumerable<string> dashes = root.Descendants(Svg + "polyline").Select(line => line.Attribute("style")!.Value)
            .Where(style => style.Contains("stroke-width:1.6"))
            .Select(style => style.IndexOf("stroke-dasharray", StringComparison.Ordinal) is > 0 and var at ? style[at..] : "solid");
        Assert.InRange(dashes.Distinct().Count(), 3, 6);
    }

    [Fact]
    public void Given_and_clean_labels_that_agree_make_one_curve()
    {
        string svg = TrainingFigure.Of(SampleVariants.Clean())!.Svg;
        Assert.Contains("train, given labels", svg);
        Assert.DoesNotContain("train, clean labels", svg);
    }

    internal static RunResult Run(string variant) => variant switch
    {
        "clean" => SampleVariants.Clean(),
        "troubled" => SampleVariants.Troubled(),
        "many" => SampleVariants.ManyCheckpoints(),
        "hostile" => SampleVariants.HostileNames(),
        "empty" => SampleVariants.Empty(),
        _ => SampleRun.Typical(),
    };
}
