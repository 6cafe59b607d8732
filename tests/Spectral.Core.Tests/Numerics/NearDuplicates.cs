using Spectral.Core.Randomness;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>
/// The Jacobian of a tanh network with one hidden layer whose examples come in pairs, nearer and nearer to each other:
/// its singular values really reach far down. Written out by hand, in binary64.
/// </summary>
internal static class NearDuplicates
{
    /// <summary>J [nK, p], rows (i, c) = i*K + c, columns weight, bias, outer weight.</summary>
    /// <param name="n">Examples, even; the second half repeats the first.</param>
    /// <param name="features">F.</param>
    /// <param name="hidden">Width of the hidden layer.</param>
    /// <param name="classes">K.</param>
    /// <param name="nearest">The nearest pair's relative distance; the others' rise from it to 1.</param>
    public static Tensor Jacobian(int n, int features, int hidden, int classes, double nearest)
    {
        Tensor first = Normal(n / 2, features, "x");
        Tensor distances = logspace(Math.Log10(nearest), 0, n / 2, dtype: ScalarType.Float64).unsqueeze(1);
        Tensor inputs = cat([first, first + (Normal(n / 2, features, "e") * distances)], 0); // [n, F]
        Tensor inner = Normal(hidden, features, "w") / Math.Sqrt(features), outer = Normal(classes, hidden, "v") / Math.Sqrt(hidden);
        Tensor active = inputs.mm(inner.t()).tanh(); // [n, H]
        Tensor slope = (1 - active.square()).unsqueeze(1) * outer.unsqueeze(0); // [n, K, H]
        Tensor weight = (slope.unsqueeze(3) * inputs.view(n, 1, 1, features)).reshape(n * classes, hidden * features);
        Tensor last = zeros([n, classes, classes, hidden], dtype: ScalarType.Float64);
        for (int c = 0; c < classes; c++)
            last.select(1, c).select(1, c).copy_(active);
        return cat([weight, slope.reshape(n * classes, hidden), last.reshape(n * classes, classes * hidden)], 1);
    }

    /// <summary>Normal numbers, always the same for a name.</summary>
    public static Tensor Normal(int rows, int columns, string name)
    {
        double[] values = new double[rows * columns];
        new RandomStream(12, "tests/" + name).FillNormal(values);
        return tensor(values, [rows, columns]);
    }
}
