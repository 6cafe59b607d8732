namespace Spectral.Core.Stopping;

/// <summary>How long ago an error was lowest.</summary>
internal static class EpochsSinceBest
{
    /// <summary>The number of entries behind the lowest one, the first of them on ties; 0 for none.</summary>
    public static int Of(IReadOnlyList<double> errors)
    {
        int best = 0;
        for (int epoch = 1; epoch < errors.Count; epoch++)
        {
            if (errors[epoch] < errors[best])
                best = epoch;
        }

        return Math.Max(0, errors.Count - 1 - best);
    }
}
