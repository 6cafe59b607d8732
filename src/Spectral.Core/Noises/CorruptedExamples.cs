using Spectral.Core.Randomness;

namespace Spectral.Core.Noises;

/// <summary>
/// Which examples a noise of some rate corrupts: the first of one random order that is the same for every rate and every
/// kind of noise. So masks nest: the examples of a rate are among those of any higher one.
/// </summary>
internal static class CorruptedExamples
{
    /// <summary>
    /// Exactly round(rate n) examples of [0, n), halves rounded up. The product is taken in decimal, as the rate was
    /// written: in binary 0.29 * 50 is just below 14.5.
    /// </summary>
    public static ReadOnlySpan<int> Choose(double rate, int n, ulong seed) =>
        new RandomStream(seed, "noise/order").Permutation(n).AsSpan(0, (int)decimal.Floor(((decimal)rate * n) + 0.5m));
}
