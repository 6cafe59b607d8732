using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// How far apart two spectra are: max |d sigma| / sigma_1 of the original. A value under its file's trust floor is
/// written as NaN; where it is over the floor in the other file, it is compared as if it were that floor.
/// </summary>
internal static class SpectrumDistance
{
    private const double Tolerance = 1e-12;
    private const string Measure = "max |d sigma| / sigma_1";
    private const string TrustFloor = "trust_floor";
    private const string Measurements = "results/measurements.csv";

    /// <summary>Compares <c>results/CHECKPOINT/SPLIT/singular_values.npy</c>.</summary>
    public static ArtifactVerdict Judge(string path, ArtifactFolder original, ArtifactFolder again)
    {
        var (first, second) = (NpyArray.Parse(original.Read(path)), NpyArray.Parse(again.Read(path)));
        if (ArrayDistance.Mismatch(first, second) is { } mismatch)
            return ArtifactVerdict.Incomparable(path, mismatch);
        if (ArrayDistance.Reals(first) is not { } a || ArrayDistance.Reals(second) is not { } b)
            return ArtifactVerdict.Incomparable(path, $"element type {first.Type}, which no spectrum has");
        var (floorA, floorB) = (FloorOf(original, path), FloorOf(again, path));
        for (var s = 0; s < a.Length; s++)
        {
            if (double.IsNaN(a[s]) != double.IsNaN(b[s]))
                (a[s], b[s]) = double.IsNaN(a[s]) ? (Math.Min(floorA, b[s]), b[s]) : (a[s], Math.Min(floorB, a[s]));
        }

        var largest = a.Where(value => !double.IsNaN(value)).DefaultIfEmpty(0).Max();
        var difference = ArrayDistance.MaxDifference(a, b);
        return ArtifactVerdict.Measured(path, difference == 0 ? 0 : difference / largest, Tolerance, Measure);
    }

    /// <summary>
    /// The trust floor that the run's measurements state for this spectrum; 0 where they state none, which makes the
    /// distance of a value that crosses it an upper bound.
    /// </summary>
    private static double FloorOf(ArtifactFolder payload, string path)
    {
        if (path.Split('/') is not ["results", var checkpoint, var split, _] || !payload.Contains(Measurements))
            return 0;
        try
        {
            var table = CsvTable.Parse(payload.Read(Measurements));
            var (quantity, at, of, value) = (table.Header.IndexOf("quantity"), table.Header.IndexOf("spectrum_at"),
                table.Header.IndexOf("split"), table.Header.IndexOf("value"));
            if (quantity < 0 || at < 0 || of < 0 || value < 0)
                return 0;
            var floor = table.Rows
                .Where(row => row[quantity] == TrustFloor && row[at] == checkpoint && row[of] == split)
                .Select(row => CsvTable.ParseNumber(row[value]))
                .FirstOrDefault();
            return double.IsFinite(floor) ? Math.Max(floor, 0) : 0;
        }
        catch (FormatException)
        {
            return 0; // the table gets its own verdict
        }
    }
}
