namespace Spectral.Core.Datasets;

/// <summary>Examples of Euclidean norm 1: what arXiv:1906.05392 assumes of its inputs.</summary>
internal static class UnitRows
{
    /// <summary>
    /// Divides each example by its norm, in place; sums run in order in binary64. A zero example stays zero.
    /// </summary>
    /// <param name="inputs">[n, width].</param>
    /// <param name="width">Inputs of one example.</param>
    public static void Apply(Span<float> inputs, int width)
    {
        for (int start = 0; start < inputs.Length; start += width)
        {
            Span<float> row = inputs.Slice(start, width);
            double squares = 0;
            foreach (float value in row)
                squares += (double)value * value;
            double norm = Math.Sqrt(squares);
            if (norm == 0)
                continue;
            for (int index = 0; index < width; index++)
                row[index] = (float)(row[index] / norm);
        }
    }
}
