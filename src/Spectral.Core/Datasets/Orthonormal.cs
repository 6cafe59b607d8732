using Spectral.Core.Randomness;

namespace Spectral.Core.Datasets;

/// <summary>Random orthonormal columns with the same bits on every machine.</summary>
internal static class Orthonormal
{
    /// <summary>
    /// Columns of a uniformly random orthonormal frame: normal draws, made orthonormal by modified Gram-Schmidt, twice.
    /// </summary>
    /// <param name="rows">Coordinates of each column.</param>
    /// <param name="columns">The number of columns, at most the rows.</param>
    /// <param name="seed">The seed of the data stream.</param>
    /// <param name="stream">The stream's name; each column has an index of its own.</param>
    /// <returns>The columns, each of length <paramref name="rows"/>.</returns>
    public static double[][] Draw(int rows, int columns, ulong seed, string stream)
    {
        double[][] frame = new double[columns][];
        for (int column = 0; column < columns; column++)
        {
            RandomStream draws = new(seed, stream, (ulong)column);
            double[] vector = new double[rows];
            double norm;
            do
            {
                draws.FillNormal(vector);
                for (int pass = 0; pass < 2; pass++)
                {
                    for (int other = 0; other < column; other++)
                    {
                        double overlap = Dot(vector, frame[other]);
                        for (int row = 0; row < rows; row++)
                            vector[row] -= overlap * frame[other][row];
                    }
                }

                norm = Math.Sqrt(Dot(vector, vector));
            }
            while (norm < 1e-8);

            for (int row = 0; row < rows; row++)
                vector[row] /= norm;
            frame[column] = vector;
        }

        return frame;
    }

    private static double Dot(double[] left, double[] right)
    {
        double sum = 0;
        for (int index = 0; index < left.Length; index++)
            sum += left[index] * right[index];
        return sum;
    }
}
