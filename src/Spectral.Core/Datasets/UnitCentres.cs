using System.Globalization;
using Spectral.Core.Randomness;

namespace Spectral.Core.Datasets;

/// <summary>Points drawn uniformly from the unit sphere, each at a distance from all before it.</summary>
internal static class UnitCentres
{
    /// <summary>Points that are drawn for one centre before the search ends.</summary>
    private const int Attempts = 10_000;

    /// <summary>The centres, [count, dimension].</summary>
    /// <param name="count">How many.</param>
    /// <param name="dimension">Coordinates of each.</param>
    /// <param name="separation">The least Euclidean distance of any two, in [0, 2].</param>
    /// <param name="seed">The seed of the data stream.</param>
    /// <exception cref="InvalidDataException">No room was found for a centre.</exception>
    public static double[][] Draw(int count, int dimension, double separation, ulong seed)
    {
        double[][] centres = new double[count][];
        for (int index = 0; index < count; index++)
        {
            RandomStream stream = new(seed, "data/centres", (ulong)index);
            for (int attempt = 1; ; attempt++)
            {
                double[] centre = UnitVector(stream, dimension);
                if (centres.Take(index).All(other => SquaredDistance(centre, other) >= separation * separation))
                {
                    centres[index] = centre;
                    break;
                }

                if (attempt == Attempts)
                {
                    throw new InvalidDataException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"gaussian_mixture: found room for {index} of {count} unit centres at pairwise distances of {separation} or more in dimension {dimension} after {Attempts} tries, expected room for all; take a smaller separation or a larger dimension"));
                }
            }
        }

        return centres;
    }

    private static double[] UnitVector(RandomStream stream, int dimension)
    {
        double[] vector = new double[dimension];
        double squares;
        do
        {
            stream.FillNormal(vector);
            squares = 0;
            foreach (double value in vector)
                squares += value * value;
        }
        while (squares == 0);

        double norm = Math.Sqrt(squares);
        for (int index = 0; index < dimension; index++)
            vector[index] /= norm;
        return vector;
    }

    private static double SquaredDistance(double[] left, double[] right)
    {
        double sum = 0;
        for (int index = 0; index < left.Length; index++)
            sum += (left[index] - right[index]) * (left[index] - right[index]);
        return sum;
    }
}
