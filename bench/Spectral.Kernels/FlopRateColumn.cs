using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Spectral.Kernels;

/// <summary>A kernel's operations a second, by its <see cref="FlopsAttribute"/> and its shortest time: others
/// compute on the machine, too.</summary>
internal sealed class FlopRateColumn : IColumn
{
    /// <inheritdoc/>
    public string Id => nameof(FlopRateColumn);

    /// <inheritdoc/>
    public string ColumnName => "GF/s";

    /// <inheritdoc/>
    public bool AlwaysShow => true;

    /// <inheritdoc/>
    public ColumnCategory Category => ColumnCategory.Custom;

    /// <inheritdoc/>
    public int PriorityInCategory => 0;

    /// <inheritdoc/>
    public bool IsNumeric => true;

    /// <inheritdoc/>
    public UnitType UnitType => UnitType.Dimensionless;

    /// <inheritdoc/>
    public string Legend => "10^9 floating-point operations a second, by the shortest time";

    /// <inheritdoc/>
    public bool IsAvailable(Summary summary) => true;

    /// <inheritdoc/>
    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        double flops = benchmarkCase.Descriptor.WorkloadMethod.GetCustomAttribute<FlopsAttribute>()?.Count ?? 0;
        double? nanoseconds = summary[benchmarkCase]?.ResultStatistics?.Min;
        return flops > 0 && nanoseconds is { } time ? (flops / time).ToString("F1", CultureInfo.InvariantCulture) : "-";
    }

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) =>
        GetValue(summary, benchmarkCase);
}
