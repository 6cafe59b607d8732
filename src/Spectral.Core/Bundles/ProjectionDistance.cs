using System.Collections.Immutable;
using Spectral.Core.Formats;
using Spectral.Core.Results;

namespace Spectral.Core.Bundles;

/// <summary>
/// How far apart the projections of two runs are. Inside a cluster of equal singular values the single vectors are free
/// to turn, so that single projections mean nothing there: what is compared is the norm of each cluster's part.
/// </summary>
internal static class ProjectionDistance
{
    private const string Measure = "max |d ||P_cluster v||| / ||v||";

    /// <summary>Compares <c>projections.npy</c> by the singular values that lie beside it.</summary>
    public static ArtifactVerdict Judge(
        string path, ArtifactFolder original, ArtifactFolder again, Tolerances tolerances)
    {
        NpyArray first = NpyArray.Parse(original.Read(path)), second = NpyArray.Parse(again.Read(path));
        if (ArrayDistance.Mismatch(first, second) is { } mismatch)
            return ArtifactVerdict.Incomparable(path, mismatch);
        if (first.Shape.Length != 2 || SpectrumBeside.Read(path, original) is not { } sigma
            || ArrayDistance.Reals(first) is not { } a || ArrayDistance.Reals(second) is not { } b)
            return ArrayDistance.Judge(path, first, second, tolerances.Arrays);

        int columns = (int)first.Shape[1];
        if (sigma.Length != columns)
            return ArtifactVerdict.Incomparable(path, $"{columns} projections, but {sigma.Length} singular values");
        double[] sigmaAgain = SpectrumBeside.Read(path, again) is { } other && other.Length == columns ? other : sigma;
        ImmutableArray<int> ends = SpectralBlocks.Ends(sigma, sigmaAgain);
        double largest = 0;
        for (int row = 0; row < first.Shape[0]; row++)
        {
            int start = row * columns;
            largest = Math.Max(largest, Distance(a.AsSpan(start, columns), b.AsSpan(start, columns), ends));
        }

        return ArtifactVerdict.Measured(path, largest, tolerances.Subspaces, Measure);
    }

    private static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ImmutableArray<int> ends)
    {
        double worst = 0, norm = Norm(a);
        int start = 0;
        foreach (int end in ends)
        {
            double difference = Math.Abs(Norm(a[start..end]) - Norm(b[start..end]));
            worst = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(worst, difference);
            start = end;
        }

        return worst == 0 ? 0 : worst / norm;
    }

    private static double Norm(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value * value;
        return Math.Sqrt(sum);
    }
}
