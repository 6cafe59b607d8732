using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using Spectral.Core.Analyses;
using Spectral.Core.Cutoffs;
using Spectral.Core.Losses;
using Spectral.Core.Results;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

public sealed class EarlyStoppingValueTests(ShapeRun run) : IClassFixture<ShapeRun>
{
    [Fact]
    public void The_sums_of_the_definition_on_whole_numbers()
    {
        ImmutableArray<Measurement> rows = new EarlyStoppingValue(2).Measure(Views.Of(
            new AbsoluteCutoff(2),
            0.01,
            [8, 4, 1],
            Views.Residual(Views.Vector(0, 1, 1, 1), Views.Vector(5, 4, 6, 7))));
        // (2/8)^2 4^2 + (2/4)^2 6^2 + 2^2 (1/2)^2 7^2 = 1 + 9 + 49.
        Assert.Equal(Math.Sqrt(59), Views.Row(rows, "initial_residual").Value, 1e-13);
        Assert.Equal(Math.Sqrt(59) / 2, Views.Row(rows, "initial_residual_distance").Value, 1e-13);
        Assert.Equal(Math.Sqrt(52) / 4, Views.Row(rows, "initial_residual_lower_bound").Value, 1e-13);
        Assert.Equal(Math.Sqrt(52 + (4 * 74)), Views.Row(rows, "initial_residual_upper_bound").Value, 1e-13);
        Assert.Equal(8, rows.Length);
        Assert.All(rows, row => Assert.Equal(("ok", 2.0), (row.Status, row.CutoffAlpha)));
    }

    [Fact]
    public void A_target_without_initial_residual_is_passed_over() =>
        Assert.Empty(new EarlyStoppingValue(1).Measure(
            Views.Of(new RankCutoff(1), 0.01, [8, 4, 1], Views.Label("noise", Views.Vector(0, 1, 0, 0)))));

    [Fact]
    public void Cross_entropy_has_no_early_stopping_value()
    {
        Assert.Null(new EarlyStoppingValue(1).Inapplicable(ShapeRun.Plan));
        Assert.NotNull(new EarlyStoppingValue(1).Inapplicable(
            ShapeRun.Plan with { Training = ShapeRun.Plan.Training with { Loss = new CrossEntropy("sum") } }));
    }

    [Theory]
    [MemberData(nameof(ShapeRun.Spectra), MemberType = typeof(ShapeRun))]
    public void It_is_definition_6_1_of_the_Jacobian_and_lies_between_the_bounds_of_lemma_6_2(
        string checkpoint, string split)
    {
        MathNet.Numerics.LinearAlgebra.Factorization.Svd<double> svd = run.Jacobian(checkpoint, split).Svd();
        foreach (string target in new[] { "given", "clean", "centred" })
        {
            Check("label", target, run.Label(split, target));
            Check("initial_residual", target, run.Residual("initial", split, target));
        }

        void Check(string quantity, string target, Vector<double> vector)
        {
            double alpha = svd.S[3], first = 0, second = 0, inside = 0;
            Vector<double> a = svd.U.TransposeThisAndMultiply(vector);
            for (int s = 0; s < svd.S.Count; s++)
            {
                first += s < 4 ? alpha * alpha / (svd.S[s] * svd.S[s]) * a[s] * a[s] : 0;
                second += s >= 4 ? 16 * svd.S[s] * svd.S[s] / (alpha * alpha) * a[s] * a[s] : 0;
                inside += s < 4 ? a[s] * a[s] : 0;
            }

            double value = Math.Sqrt(first + second), all = vector.DotProduct(vector);
            ShapeRun.Agree(Row(""), value);
            ShapeRun.Agree(Row("_distance"), value / alpha);
            ShapeRun.Agree(Row("_lower_bound"), alpha / svd.S[0] * Math.Sqrt(inside));
            ShapeRun.Agree(Row("_upper_bound"), Math.Sqrt(inside + (16 * (all - inside))));
            Assert.InRange(Row("").Value, Row("_lower_bound").Value, Row("_upper_bound").Value);
            Assert.InRange(Row("_upper_bound").Value, 0, 4 * Math.Sqrt(all));

            Measurement Row(string of) => run.Row("early_stopping_value", quantity + of, checkpoint, split, target);
        }
    }
}
