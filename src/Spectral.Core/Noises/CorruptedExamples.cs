using Spectral.Core.Randomness;

namespace Spectral.Core.Noises;

/// <summary>
/// Which examples a noise of some rate corrupts: the first of one random order that is the same for every rate and every
/// kind of noise. So masks nest: the examples of a rate are among those of any higher one.
/// </summary>
internal static class CorruptedExamples
{
    /// <summary>Exactly round(rate n) examples of [0, n), halves rounded up.</summary>
    public static ReadOnlySpan<int> Choose(double rate, int n, ulong seed) =>
        new RandomStream(seed, "noise/order").Permutation(n).AsSpan(0, (int)Math.Floor((rate * n) + 0.5));
}
