using Spectral.Core.Execution;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>What a run says of the spectrum in whose folder a file lies.</summary>
internal static class SpectrumBeside
{
    /// <summary>
    /// The singular values that lie beside a file of <c>results/CHECKPOINT/SPLIT/</c>, NaN below the trust floor; null
    /// where there are none.
    /// </summary>
    /// <exception cref="FormatException">The file is no array of binary64.</exception>
    public static double[]? Read(string path, ArtifactFolder payload)
    {
        string beside = path[..(path.LastIndexOf('/') + 1)] + "singular_values.npy";
        if (!payload.Contains(beside))
            return null;
        NpyArray values = NpyArray.Parse(payload.Read(beside));
        return values.Type == NpyType.Float64
            ? values.ToDoubles()
            : throw new FormatException($"{beside}: element type {values.Type}, expected {NpyType.Float64}");
    }

    /// <summary>
    /// A number that the run's measurements state of the spectrum, such as its trust floor; NaN where they state none.
    /// </summary>
    public static double Stated(string quantity, string path, ArtifactFolder payload)
    {
        if (path.Split('/') is not ["results", var checkpoint, var split, _]
            || !payload.Contains(ResultFiles.Measurements))
            return double.NaN;
        try
        {
            CsvTable table = CsvTable.Parse(payload.Read(ResultFiles.Measurements));
            (int name, int at) = (table.Header.IndexOf("quantity"), table.Header.IndexOf("spectrum_at"));
            (int of, int value) = (table.Header.IndexOf("split"), table.Header.IndexOf("value"));
            if (name < 0 || at < 0 || of < 0 || value < 0)
                return double.NaN;
            return table.Rows
                .Where(row => row[name] == quantity && row[at] == checkpoint && row[of] == split)
                .Select(row => CsvTable.ParseNumber(row[value]))
                .DefaultIfEmpty(double.NaN)
                .First();
        }
        catch (FormatException)
        {
            return double.NaN; // the table gets its own verdict
        }
    }
}
