using System.Collections.Immutable;
using Spectral.Core.Analyses;
using Spectral.Core.Datasets;
using Spectral.Core.Formats;
using Spectral.Core.Initializations;
using Spectral.Core.Losses;
using Spectral.Core.Networks;
using Spectral.Core.Noises;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Tests.Execution;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

/// <summary>The analyses of one spectrum with every method, other targets and another loss.</summary>
public sealed class PartialSpectrumTests(ShapeRun run) : IClassFixture<ShapeRun>, IDisposable
{
    private static readonly ImmutableArray<string> Complete =
        ["pseudo_inverse", "early_stopping_value", "spectrum_shape", "kernel_alignment"];

    private readonly TemporaryFolder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gram", null)]
    [InlineData("tsqr", null)]
    [InlineData("krylov", 8)]
    public void Every_method_gives_the_direct_values_or_ends_around_them(string method, int? top)
    {
        ImmutableArray<Measurement> found = SmallRun.Into(
            new(_folder.Path),
            ShapeRun.Plan with { Jacobian = ShapeRun.Plan.Jacobian with { Method = method, Top = top } })
            .Result.Measurements;
        int partial = 0, known = 0;
        foreach (Measurement row in found.Where(row => Complete.Contains(row.Analysis)))
        {
            Measurement direct = run.Row(row.Analysis, row.Quantity, row.SpectrumAt, row.Split, row.Target);
            if (direct.Status == "undefined")
            {
                Assert.Equal("undefined", row.Status);
                continue;
            }

            Assert.Contains(row.Status, top is null ? ["ok"] : (string[])["ok", "partial"]);
            double slack = direct.Upper - direct.Lower + (1e-12 * direct.Upper);
            Assert.InRange(direct.Value, row.Lower - slack, row.Upper + slack);
            if (row.Status == "ok")
                Assert.Equal(direct.Value, row.Value, 1e-8 * Math.Max(1, direct.Value));
            else
                Assert.True(double.IsNaN(row.Value));
            (partial, known) = row.Status == "ok" ? (partial, known + 1) : (partial + 1, known);
        }

        Assert.Equal(top is not null, partial > 0);
        Assert.True(known > 100);
        CsvTable curves = CsvTable.Parse(new ArtifactFolder(_folder.Path).Read("results/analyses/energy_curve.csv"));
        Assert.Equal(top ?? 72, curves.Rows
            .Where(row => row[curves.Column("split")] == "train")
            .Max(row => CsvTable.ParseNumber(row[curves.Column("rank")])));
    }

    [Fact]
    public void Real_targets_are_measured_and_have_no_indicator_baseline()
    {
        ImmutableArray<Measurement> found = SmallRun.Into(
            new(_folder.Path),
            ShapeRun.Plan with
            {
                Dataset = new LowRankLinear(20, 30, 3, 0.2, 1, 1, 10, 0),
                Noise = new GaussianNoise(0.5),
                Network = new Linear(false, new PyTorchUniform()),
            }).Result.Measurements;
        Assert.DoesNotContain(found, row => row.Quantity.StartsWith("indicator", StringComparison.Ordinal));
        Assert.All(
            found.Where(row => row.Target is "given" or "clean" && Complete.Contains(row.Analysis)),
            row => Assert.True(row.Status == "ok", $"{row}"));
    }

    [Fact]
    public void Cross_entropy_is_measured_by_what_applies_to_it()
    {
        RunPlan plan = ShapeRun.Plan with
        {
            Training = ShapeRun.Plan.Training with { Loss = new CrossEntropy("batch_mean") },
            Analyses =
            [
                new PseudoInverse(), new EnergyCurve(), new SpectrumShape([2], 0, 10),
                new KernelAlignment(false, false),
            ],
        };
        Assert.All(plan.Analyses, analysis => Assert.Null(analysis.Inapplicable(plan)));
        ImmutableArray<Measurement> found = SmallRun.Into(new(_folder.Path), plan).Result.Measurements;
        Assert.Contains(
            found, row => row is { Analysis: "pseudo_inverse", Quantity: "residual", Status: "ok", Value: > 0 });
        Assert.Contains(found, row => row is { Analysis: "kernel_alignment", Status: "ok", Value: > 0 });
    }
}
