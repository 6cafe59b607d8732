namespace Spectral.Core.Datasets;

/// <summary>
/// Mean and standard deviation of groups of inputs over training examples. Sums run in the order of the examples in
/// binary64 with + - * / and the square root alone, so the bits are the same on every machine.
/// </summary>
internal sealed class Standardization
{
    private readonly int _width;
    private readonly int _group;
    private readonly double[] _means;
    private readonly double[] _deviations;

    private Standardization(int width, int group, double[] means, double[] deviations)
    {
        _width = width;
        _group = group;
        _means = means;
        _deviations = deviations;
    }

    /// <summary>Measures training examples.</summary>
    /// <param name="train">[n, width], n of 1 or more.</param>
    /// <param name="width">Inputs of one example.</param>
    /// <param name="group">Consecutive inputs that share one mean and deviation; divides the width.</param>
    public static Standardization Of(ReadOnlySpan<float> train, int width, int group)
    {
        double[] means = new double[width / group], deviations = new double[width / group];
        double count = (double)train.Length / width * group;
        for (int at = 0; at < train.Length; at++)
            means[at % width / group] += train[at];
        for (int index = 0; index < means.Length; index++)
            means[index] /= count;
        for (int at = 0; at < train.Length; at++)
        {
            double distance = train[at] - means[at % width / group];
            deviations[at % width / group] += distance * distance;
        }

        for (int index = 0; index < deviations.Length; index++)
            deviations[index] = Math.Sqrt(deviations[index] / count);
        MarkConstant(train, width, group, deviations);
        return new Standardization(width, group, means, deviations);
    }

    /// <summary>
    /// Standardises examples in place. What is constant over the training examples becomes 0 in every split: there is
    /// nothing to divide by.
    /// </summary>
    public void Apply(Span<float> inputs)
    {
        for (int at = 0; at < inputs.Length; at++)
        {
            int index = at % _width / _group;
            inputs[at] = _deviations[index] == 0 ? 0 : (float)((inputs[at] - _means[index]) / _deviations[index]);
        }
    }

    /// <summary>A mean that was rounded leaves a constant group a tiny deviation: it is 0 exactly.</summary>
    private static void MarkConstant(ReadOnlySpan<float> train, int width, int group, double[] deviations)
    {
        bool[] varies = new bool[deviations.Length];
        for (int at = 0; at < train.Length; at++)
        {
            int index = at % width / group;
            varies[index] |= train[at] != train[index * group];
        }

        for (int index = 0; index < deviations.Length; index++)
        {
            if (!varies[index])
                deviations[index] = 0;
        }
    }
}
