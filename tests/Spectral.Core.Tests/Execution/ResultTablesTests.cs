using System.Collections.Immutable;
using System.Text;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Results;
using Spectral.Core.Tests.Report;
using Xunit;

namespace Spectral.Core.Tests.Execution;

/// <summary>The CSV tables of a bundle: their columns are a contract, and every number comes back as it was.</summary>
public sealed class ResultTablesTests
{
    private static readonly ImmutableArray<Measurement> Measurements =
    [
        new("label_alignment", "information", 5, "final", "train", "given", 4, 0.1 + 0.2, 1 / 3.0, 1e-300, 1, "", "ok"),
        new(
            "label_alignment", "nuisance", 0, "initial", "test", "noise", null, null, double.NaN, double.NaN,
            double.NaN, "", "refused"),
        new(
            "training", "diverged_at", 3, "", "", "", null, null, 3, double.NegativeInfinity, double.PositiveInfinity,
            "a, \"b\"", "diverged"),
    ];

    private static readonly ImmutableArray<TrainingRow> Training =
        [new(0, "train", "given", 0.7, 2, 3), new(12, "test", "clean", 1e-9, 0, 12)];

    [Fact]
    public void Measurements_are_golden()
    {
        using ForeignCulture foreign = ForeignCulture.Use();
        Assert.Equal(
            """"
            analysis,quantity,epoch,spectrum_at,split,target,cutoff_rank,cutoff_alpha,value,lower,upper,unit,status
            label_alignment,information,5,final,train,given,4,0.30000000000000004,0.3333333333333333,1E-300,1,,ok
            label_alignment,nuisance,0,initial,test,noise,,,nan,nan,nan,,refused
            training,diverged_at,3,,,,,,3,-inf,inf,"a, ""b""",diverged

            """".ReplaceLineEndings("\n"),
            Encoding.UTF8.GetString(ResultTables.Write(Measurements).ToBytes()));
    }

    [Fact]
    public void Training_rows_are_golden()
    {
        using ForeignCulture foreign = ForeignCulture.Use();
        Assert.Equal(
            """
            epoch,split,target,loss,error,errors,examples
            0,train,given,0.7,0.6666666666666666,2,3
            12,test,clean,1E-09,0,0,12

            """.ReplaceLineEndings("\n"),
            Encoding.UTF8.GetString(ResultTables.Write(Training).ToBytes()));
    }

    [Fact]
    public void What_was_written_is_read_back()
    {
        using ForeignCulture foreign = ForeignCulture.Use();
        Assert.Equal(
            Measurements, ResultTables.ReadMeasurements(CsvTable.Parse(ResultTables.Write(Measurements).ToBytes())));
        Assert.Equal(Training, ResultTables.ReadTraining(CsvTable.Parse(ResultTables.Write(Training).ToBytes())));
        Assert.Empty(ResultTables.ReadMeasurements(
            CsvTable.Parse(ResultTables.Write(ImmutableArray<Measurement>.Empty).ToBytes())));
    }

    [Fact]
    public void Columns_of_a_later_version_at_the_end_are_passed_over()
    {
        CsvTable table = ResultTables.Write(Training);
        CsvTable longer = new(table.Header.Add("seconds"), [.. table.Rows.Select(row => row.Add("1.5"))]);
        Assert.Equal(Training, ResultTables.ReadTraining(longer));
    }

    [Theory]
    [InlineData("epoch,split,target,loss,errors,error,examples\n0,train,given,0.7,2,0.5,3\n")]
    [InlineData("epoch,split,target,loss,error,errors\n0,train,given,0.7,0.5,2\n")]
    [InlineData("epoch,split,target,loss,error,errors,examples\n0.5,train,given,0.7,0.6,2,3\n")]
    [InlineData("epoch,split,target,loss,error,errors,examples\n0,train,given,much,0.6,2,3\n")]
    [InlineData("epoch,split,target,loss,error,errors,examples\n0,train,given,0.7,0.6,2,\n")]
    public void A_table_that_is_none_is_refused(string text) =>
        Assert.Throws<FormatException>(() => ResultTables.ReadTraining(CsvTable.Parse(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void An_error_rate_is_errors_over_examples() =>
        Assert.Equal(0.75, new TrainingRow(0, "test", "clean", 1, 3, 4).Error);
}
