using Spectral.Report;
using Xunit;

namespace Spectral.Core.Tests.Report;

public class SummaryTableTests
{
    [Fact]
    public void Before_and_after_stand_next_to_each_other_on_each_split()
    {
        SummaryTable table = SummaryTable.Of(SampleRun.Typical());
        Assert.All(table.Blocks, block => Assert.Equal(
            ["train initial", "train final", "test initial", "test final"],
            block.Rows.Select(row => $"{row[0]} {row[1]}")));
        Console.Error.WriteLine(table.ToPlainText());
        File.WriteAllText("/tmp/table.txt", table.ToPlainText());
    }
}
