using Spectral.Core.Randomness;

namespace Spectral.Core.Initializations;

/// <summary>Arrays of independent draws, in order.</summary>
internal static class Distributions
{
    /// <summary>Normal with mean 0 and a standard deviation.</summary>
    public static double[] Normal(RandomStream stream, int count, double deviation)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = deviation * stream.NextNormal();
        return values;
    }

    /// <summary>Uniform in [-bound, bound].</summary>
    public static double[] Uniform(RandomStream stream, int count, double bound)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = ((2 * stream.NextUniform()) - 1) * bound;
        return values;
    }
}
