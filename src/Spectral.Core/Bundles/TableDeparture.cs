using System.Collections.Immutable;
using System.Globalization;

namespace Spectral.Core.Bundles;

/// <summary>A cell in which two tables differ, and by how much.</summary>
/// <param name="Distance">How far apart, in the measure's terms; infinite where nothing at all is allowed.</param>
/// <param name="Row">The row, from 0.</param>
/// <param name="Column">The column, from 0.</param>
/// <param name="Before">The original's text.</param>
/// <param name="After">The second run's text.</param>
internal sealed record TableDeparture(double Distance, int Row, int Column, string Before, string After)
{
    /// <summary>Two tables that do not differ.</summary>
    public static readonly TableDeparture None = new(0, 0, 0, "", "");

    /// <summary>The farther one of two; the earlier where both are as far.</summary>
    public TableDeparture Or(TableDeparture other) => other.Distance > Distance ? other : this;

    /// <summary>Where the cell stands and what is in it, the first row below the header being row 1.</summary>
    public string Text(ImmutableArray<string> header) => string.Create(
        CultureInfo.InvariantCulture, $"row {Row + 1}, {header[Column]}: '{Before}', then '{After}'");
}
