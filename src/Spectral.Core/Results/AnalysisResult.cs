using System.Collections.Immutable;
using Spectral.Core.Formats;

namespace Spectral.Core.Results;

/// <summary>What one analysis found.</summary>
/// <param name="Measurements">Single numbers: rows of <c>results/measurements.csv</c>.</param>
/// <param name="Tables">Curves and the like, each a file of its own; none for most analyses.</param>
public sealed record AnalysisResult(ImmutableArray<Measurement> Measurements, ImmutableArray<AnalysisTable> Tables)
{
    /// <summary>Measurements alone.</summary>
    public static AnalysisResult Of(ImmutableArray<Measurement> measurements) => new(measurements, []);
}

/// <summary>A table that an analysis leaves: <c>results/analyses/NAME.csv</c>.</summary>
/// <param name="Name">The file's name without its ending, in snake_case; it begins with the analysis's kind.</param>
/// <param name="Content">
/// The table. Columns that it shares with <c>measurements.csv</c> have the same names: <c>spectrum_at</c>,
/// <c>epoch</c>, <c>split</c>, <c>target</c>. Numbers are written by <see cref="CsvTable.Number"/>.
/// </param>
public sealed record AnalysisTable(string Name, CsvTable Content);
