using System.Collections.Immutable;
using Spectral.Core.Execution;
using Spectral.Core.Results;
using Spectral.Report;
using Xunit;

namespace Spectral.Core.Tests.Report;

/// <summary>The theorems in the summary: their terms, and nothing of theirs where the plan's cutoff is meant.</summary>
public sealed class TheoremBlockTests
{
    [Fact]
    public void Each_theorem_that_speaks_of_the_run_has_a_row_of_its_terms()
    {
        SummaryBlock block = SummaryTable.Of(With(
            Row("theorem_3_3_bias", 0.25),
            Row("theorem_3_3_bound", 2.5, "vacuous"),
            Row("theorem_3_3_residual", 17),
            Row("theorem_3_3_test_error", 0.2) with { Target = "given", Lower = 0.1, Upper = 0.3 },
            Row("theorem_3_3_test_error", 0.1) with { Target = "clean" },
            Row("theorem_5_3_information", 0.125),
            Row("theorem_5_3_bound", 0.5, "unchecked"),
            Row("theorem_5_3_residual", 0.375))).Blocks[^1];
        Assert.Equal(
            ["theorem", "bounds", "bias", "P_I e^-Γ", "bound", "test error", "left"],
            block.Columns.Select(column => column.Header));
        Assert.Equal(["3.3", "error", "0.25", "–", "2.5!", "0.2", "–"], block.Rows[0]);
        Assert.Equal(["5.3", "‖r_T‖/‖r_0‖", "–", "0.125", "0.5?", "–", "0.375"], block.Rows[1]);
    }

    [Fact]
    public void Without_the_analysis_there_is_no_such_block() =>
        Assert.DoesNotContain(
            SummaryTable.Of(SampleRun.Typical()).Blocks.SelectMany(block => block.Columns),
            column => column.Header == "theorem");

    [Fact]
    public void A_theorem_s_own_cutoff_is_not_shown_as_the_plan_s()
    {
        Measurement own =
            Row("theorem_3_3_bias", 0.25, "cluster_cut") with { SpectrumAt = "initial", CutoffRank = 99, CutoffAlpha = 7 };
        RunResult typical = SampleRun.Typical();
        SummaryTable found = SummaryTable.Of(typical with { Measurements = [own, .. typical.Measurements] });
        Assert.Equal(SummaryTable.Of(typical).ToPlainText(), found.ToPlainText());
    }

    private static RunResult With(params ImmutableArray<Measurement> rows)
    {
        RunResult typical = SampleRun.Typical();
        return typical with { Measurements = [.. typical.Measurements, .. rows] };
    }

    private static Measurement Row(string quantity, double value, string status = "ok") => new(
        "theorems", quantity, 0, "", "train", "", null, null, value, value, value, "", status);
}
