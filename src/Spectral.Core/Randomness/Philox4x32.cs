namespace Spectral.Core.Randomness;

/// <summary>
/// The counter-based generator Philox4x32-10: a keyed bijection on 128-bit blocks, so that draw number <c>i</c> of a
/// stream is a pure function of (key, i) and needs no state to be saved or restored.
/// </summary>
/// <remarks>
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. Integer arithmetic
/// only, so every platform gives the same words. Not a cipher: never use it where secrecy matters.
/// </remarks>
public static class Philox4x32
{
    /// <summary>Number of 32-bit words in a counter and in a block of output.</summary>
    public const int Words = 4;

    private const int Rounds = 10;
    private const uint MultiplierA = 0xD2511F53;
    private const uint MultiplierB = 0xCD9E8D57;

    // The fractional parts of the golden ratio and of sqrt(3), added to the key after every round.
    private const uint WeylA = 0x9E3779B9;
    private const uint WeylB = 0xBB67AE85;

    /// <summary>Encrypts one counter into one block of four uniform 32-bit words.</summary>
    /// <param name="counter">The counter, least significant word first, [4].</param>
    /// <param name="key0">The low word of the key.</param>
    /// <param name="key1">The high word of the key.</param>
    /// <param name="output">Receives the block, [4]; it may be the same memory as <paramref name="counter"/>.</param>
    /// <exception cref="ArgumentException">The counter or the output does not have length 4.</exception>
    public static void Block(ReadOnlySpan<uint> counter, uint key0, uint key1, Span<uint> output)
    {
        if (counter.Length != Words)
            throw new ArgumentException($"a counter has {Words} words, got {counter.Length}", nameof(counter));
        if (output.Length != Words)
            throw new ArgumentException($"a block has {Words} words, got {output.Length}", nameof(output));

        var (c0, c1, c2, c3) = (counter[0], counter[1], counter[2], counter[3]);
        for (var round = 0; round < Rounds; round++)
        {
            var productA = (ulong)MultiplierA * c0;
            var productB = (ulong)MultiplierB * c2;
            c0 = (uint)(productB >> 32) ^ c1 ^ key0;
            c1 = (uint)productB;
            c2 = (uint)(productA >> 32) ^ c3 ^ key1;
            c3 = (uint)productA;
            key0 = unchecked(key0 + WeylA);
            key1 = unchecked(key1 + WeylB);
        }

        (output[0], output[1], output[2], output[3]) = (c0, c1, c2, c3);
    }
}
