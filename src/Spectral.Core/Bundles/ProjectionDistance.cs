using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// How far apart the projections of two runs are. Inside a cluster of equal singular values the single vectors are free
/// to turn, so that single projections mean nothing there: what is compared is the norm of each cluster's part.
/// </summary>
internal static class ProjectionDistance
{
    private const double Tolerance = 1e-6;
    private const string Measure = "max |d ||P_cluster v||| / ||v||";

    /// <summary>Neighbours whose values differ by less than this part of sigma_1 are of one cluster.</summary>
    private const double ClusterGap = 1e-6;

    /// <summary>Compares <c>results/CHECKPOINT/SPLIT/projections.npy</c> by the singular values that lie beside it.</summary>
    public static ArtifactVerdict Judge(string path, ArtifactFolder original, ArtifactFolder again)
    {
        NpyArray first = NpyArray.Parse(original.Read(path)), second = NpyArray.Parse(again.Read(path));
        if (ArrayDistance.Mismatch(first, second) is { } mismatch)
            return ArtifactVerdict.Incomparable(path, mismatch);
        string beside = path[..(path.LastIndexOf('/') + 1)] + "singular_values.npy";
        if (!original.Contains(beside) || first.Shape.Length != 2
            || ArrayDistance.Reals(first) is not { } a || ArrayDistance.Reals(second) is not { } b)
            return ArrayDistance.Judge(path, first, second);

        double[] sigma = NpyArray.Parse(original.Read(beside)).ToDoubles();
        int columns = (int)first.Shape[1];
        if (sigma.Length != columns)
            return ArtifactVerdict.Incomparable(path, $"{columns} projections, but {sigma.Length} singular values");
        double largest = 0;
        for (int row = 0; row < first.Shape[0]; row++)
            largest = Math.Max(largest, Distance(a.AsSpan(row * columns, columns), b.AsSpan(row * columns, columns), sigma));
        return ArtifactVerdict.Measured(path, largest, Tolerance, Measure);
    }

    private static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double[] sigma)
    {
        double worst = 0, norm = Norm(a);
        for (int start = 0; start < sigma.Length;)
        {
            int end = start + 1;
            while (end < sigma.Length && IsSameCluster(sigma[end - 1], sigma[end], sigma[0]))
                end++;
            double difference = Math.Abs(Norm(a[start..end]) - Norm(b[start..end]));
            worst = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(worst, difference);
            start = end;
        }

        return worst == 0 ? 0 : worst / norm;
    }

    /// <summary>Values below the trust floor, which are NaN, form one cluster with whatever stands before them.</summary>
    private static bool IsSameCluster(double value, double next, double largest) =>
        !(value - next >= ClusterGap * largest);

    private static double Norm(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value * value;
        return Math.Sqrt(sum);
    }
}
