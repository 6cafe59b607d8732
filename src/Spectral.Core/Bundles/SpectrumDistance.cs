using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// How far apart two spectra are: max |d sigma| / sigma_1 of the original. A value under its file's trust floor is
/// written as NaN; where it is over the floor in the other file, it is compared as if it were that floor.
/// </summary>
internal static class SpectrumDistance
{
    private const string Measure = "max |d sigma| / sigma_1";

    /// <summary>Compares <c>results/CHECKPOINT/SPLIT/singular_values.npy</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="original">The payload of the first run.</param>
    /// <param name="again">The payload of the second.</param>
    /// <param name="tolerance">The largest distance that counts as the same.</param>
    public static ArtifactVerdict Judge(string path, ArtifactFolder original, ArtifactFolder again, double tolerance)
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
        return ArtifactVerdict.Measured(path, difference == 0 ? 0 : difference / largest, tolerance, Measure);
    }

    /// <summary>
    /// The trust floor that the run's measurements state for this spectrum; 0 where they state none, which makes the
    /// distance of a value that crosses it an upper bound.
    /// </summary>
    private static double FloorOf(ArtifactFolder payload, string path) =>
        SpectrumBeside.Stated("trust_floor", path, payload) is var floor && double.IsFinite(floor)
            ? Math.Max(floor, 0)
            : 0;
}
