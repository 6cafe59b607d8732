using System.Collections.Immutable;
using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using Spectral.Core.Analyses;
using Spectral.Core.Cutoffs;
using Spectral.Core.Datasets;
using Spectral.Core.Formats;
using Spectral.Core.Losses;
using Spectral.Core.Noises;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Tests.Execution;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

/// <summary>Brackets of energies in runs, against the energies from singular vectors.</summary>
public sealed class BracketedEnergyTests
{
    private static readonly ImmutableArray<string> Labels = ["given", "clean", "centred", "noise", "noise_centred"];

    [Theory]
    [InlineData("squared error")]
    [InlineData("cross entropy")]
    [InlineData("real targets")]
    public void With_all_steps_they_close_on_the_energies_that_singular_vectors_give(string which)
    {
        RunPlan plan = which switch
        {
            "cross entropy" => SmallRun.Plan with
            {
                Training = SmallRun.Plan.Training with { Loss = new CrossEntropy("batch_mean") },
            },
            "real targets" => SmallRun.Plan with
            {
                Dataset = new LowRankLinear(24, 9, 2, 0.1, 0.2, 1, 12, 0),
                Noise = new GaussianNoise(0.2),
            },
            _ => SmallRun.Plan,
        };
        plan = plan with { Analyses = [new LabelAlignment(), new ResidualEnergy(), new BracketedEnergy(72, [])] };
        using AnalysedRun run = new(plan);
        int compared = 0;
        foreach (string checkpoint in (string[])["initial", "final"])
        {
            foreach (string split in (string[])["train", "test"])
            {
                foreach (string target in Labels)
                {
                    Measurement alignment = run.Row("label_alignment", "information", checkpoint, split, target);
                    Measurement label = run.Row("energy_bracket", "label_information_share", checkpoint, split, target);
                    Assert.Equal(alignment.Status, label.Status); // undefined where there is no noise
                    if (alignment.Status != "ok")
                        continue;
                    AssertHolds(label, alignment.Value * alignment.Value);
                    compared++;
                    if (!target.StartsWith("noise", StringComparison.Ordinal))
                    {
                        AssertHolds(
                            run.Row("energy_bracket", "residual_information_share", checkpoint, split, target),
                            run.Row("residual_energy", "information_share", checkpoint, split, target).Value);
                    }
                }
            }
        }

        Assert.True(compared >= 12, $"only {compared} were compared");
        Assert.False(run.HasTable("energy_bracket"));

        void AssertHolds(Measurement bracket, double exact)
        {
            Assert.Equal((4, "ok"), (bracket.CutoffRank, bracket.Status));
            Assert.InRange(exact, bracket.Lower - 1e-12, bracket.Upper + 1e-12);
            Assert.InRange(bracket.Upper - bracket.Lower, 0, 1e-8);
            Assert.InRange(bracket.Value, bracket.Lower, bracket.Upper);
        }
    }

    [Theory]
    [InlineData("direct", 4)]
    [InlineData("krylov", 4)]
    [InlineData("krylov", 12)]
    public void With_few_steps_they_hold_the_energies_of_the_exported_Jacobian_at_every_cutoff(string method, int steps)
    {
        // By krylov the relative cutoff lies below the three values that are computed: no split, but a bracket.
        RunPlan plan = SmallRun.Plan with
        {
            Jacobian = SmallRun.Plan.Jacobian with { Method = method, Top = method == "krylov" ? 3 : null },
            Cutoff = new RelativeCutoff(0.2),
            Analyses = [new BracketedEnergy(steps, [0.3, 1, 2.5])],
        };
        using AnalysedRun run = new(plan);
        CsvTable table = run.Table("energy_bracket");
        Assert.Equal(
            ["spectrum_at", "epoch", "split", "vector", "target", "cutoff_alpha", "lower", "upper"], table.Header);
        Assert.Equal(2 * 2 * 8 * 3, table.Rows.Length);
        foreach (string place in (string[])["initial/train", "initial/test", "final/train", "final/test"])
        {
            string[] names = place.Split('/');
            var svd = Matrix<double>.Build.DenseOfRowArrays(run.Matrix($"{place}/jacobian.npy")).Svd();
            double[] y = Flat($"{names[1]}/targets.npy"), f = Flat($"{place}/outputs.npy");
            double[] residual = [.. f.Zip(y, (output, target) => output - target)];
            Measurement own = run.Row("energy_bracket", "residual_information_share", names[0], names[1], "given");
            Assert.Equal(method == "direct" ? svd.S.Count(s => s >= 0.2 * svd.S[0]) : null, own.CutoffRank);
            Assert.Equal(0.2 * svd.S[0], own.CutoffAlpha!.Value, 1e-9 * svd.S[0]);
            Assert.Equal("ok", own.Status);
            Assert.InRange(Share(residual, 0.2 * svd.S[0]), own.Lower - 1e-9, own.Upper + 1e-9);
            foreach (ImmutableArray<string> row in table.Rows.Where(row =>
                (row[0], row[2], row[4]) == (names[0], names[1], "given")))
            {
                double exact = Share(row[3] == "label" ? y : residual, Number(row[5]));
                Assert.InRange(exact, Number(row[6]) - 1e-12, Number(row[7]) + 1e-12);
            }

            double Share(double[] vector, double alpha) => svd.U.EnumerateColumns()
                .Take(svd.S.Count(s => s >= alpha))
                .Sum(u => Math.Pow(u.Zip(vector, (a, b) => a * b).Sum(), 2)) / vector.Sum(entry => entry * entry);
        }

        double[] Flat(string path) => [.. run.Matrix(path).SelectMany(row => row)];
    }

    [Fact]
    public void A_cutoff_that_has_no_place_or_lies_below_the_floor_is_refused()
    {
        RunPlan plan = SmallRun.Plan with { Analyses = [new BracketedEnergy(4, [])] };
        plan = plan with
        {
            Jacobian = plan.Jacobian with { At = [plan.Jacobian.At[0]], Splits = ["test"], Method = "krylov", Top = 3 },
        };
        foreach (Cutoff cutoff in (Cutoff[])[new EnergyCutoff(0.9999), new AbsoluteCutoff(1e-12)])
        {
            using AnalysedRun run = new(plan with { Cutoff = cutoff });
            Measurement row = run.Row("energy_bracket", "label_information_share", "initial", "test", "given");
            Assert.Equal("refused", row.Status);
            Assert.True(double.IsNaN(row.Value) && double.IsNaN(row.Lower) && double.IsNaN(row.Upper));
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
