using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Spectral.Core.Randomness;

/// <summary>
/// One named stream of random draws, fixed for ever by (seed, name, index). Different names or indices give streams
/// that share nothing, so a new consumer of randomness never shifts the draws of an old one.
/// </summary>
/// <remarks>
/// <para>
/// This is a contract: what a stream yields never changes; another rule would be another domain label. The key is the
/// first 8 bytes, little endian, of SHA-256 over the UTF-8 bytes of <c>spectral/random-stream/1</c>, a zero byte, the
/// name, a zero byte, and the seed as 8 bytes little endian; its low word is Philox's <c>key0</c>. The counter of
/// block b is (b low, b high, index low, index high), least significant word first, and the words of a block are
/// handed out in order by <see cref="Philox4x32"/>.
/// </para>
/// <para>Every draw takes whole words: one for 32 bits and for each trial of an index, two for all others.</para>
/// <para>An instance is not safe for use by several threads; give each its own index instead.</para>
/// </remarks>
public sealed class RandomStream
{
    private const string DomainLabel = "spectral/random-stream/1\0";

    // Refuses unpaired surrogates, which would otherwise make different names one key.
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly uint _key0;
    private readonly uint _key1;
    private readonly ulong _index;
    private readonly uint[] _words = new uint[Philox4x32.Words];
    private ulong _block;
    private int _used = Philox4x32.Words;

    /// <summary>Opens a stream at its first draw.</summary>
    /// <param name="seed">The experiment's number for this kind of randomness; any value.</param>
    /// <param name="name">What the draws are for, such as <c>noise</c>; case matters.</param>
    /// <param name="index">The substream, such as an epoch; any value.</param>
    /// <exception cref="ArgumentException">The name is empty or not well-formed Unicode.</exception>
    public RandomStream(ulong seed, string name, ulong index = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var seedBytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(seedBytes, seed);
        var digest = SHA256.HashData([.. StrictUtf8.GetBytes(DomainLabel + name), 0, .. seedBytes]);
        _key0 = BinaryPrimitives.ReadUInt32LittleEndian(digest);
        _key1 = BinaryPrimitives.ReadUInt32LittleEndian(digest.AsSpan(sizeof(uint)));
        _index = index;
    }

    /// <summary>The same stream from the start of a block on.</summary>
    private RandomStream(RandomStream stream, ulong block) =>
        (_key0, _key1, _index, _block) = (stream._key0, stream._key1, stream._index, block);

    /// <summary>The next 32 uniform bits.</summary>
    public uint NextUInt32()
    {
        if (_used == Philox4x32.Words)
        {
            ReadOnlySpan<uint> counter = [(uint)_block, (uint)(_block >> 32), (uint)_index, (uint)(_index >> 32)];
            Philox4x32.Block(counter, _key0, _key1, _words);
            _block++;
            _used = 0;
        }

        return _words[_used++];
    }

    /// <summary>The next 64 uniform bits: two words, the low one first.</summary>
    public ulong NextUInt64()
    {
        ulong low = NextUInt32();
        return low | ((ulong)NextUInt32() << 32);
    }

    /// <summary>
    /// An integer that is exactly uniform on 0..<paramref name="bound"/>-1, by Lemire's multiply and reject
    /// (arXiv:1805.10941, algorithm 5); a rejected trial takes one more word.
    /// </summary>
    /// <param name="bound">The number of values, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is below 1.</exception>
    public int NextIndex(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var n = (uint)bound;
        var rejected = unchecked(0u - n) % n; // 2^32 mod n: so many low parts are one value too many
        ulong product;
        do
            product = (ulong)NextUInt32() * n;
        while ((uint)product < rejected);
        return (int)(product >> 32);
    }

    /// <summary>
    /// A real in the open interval (0, 1): (k + 1/2) / 2^52 with k the upper 52 bits of the next 64. The values are
    /// symmetric about 1/2 and lie in [2^-53, 1 - 2^-53].
    /// </summary>
    public double NextUniform()
    {
        // With 53 bits k + 1/2 would need 54 and the largest k would round to exactly 1.
        var k = NextUInt64() >> 12;
        return (k + 0.5) / (1L << 52);
    }

    /// <summary>
    /// A draw from the standard normal distribution: <see cref="StandardNormal.Quantile"/> of one
    /// <see cref="NextUniform"/>, hence the same bits everywhere; at most 8.21 in size.
    /// </summary>
    public double NextNormal() => StandardNormal.Quantile(NextUniform());

    /// <summary>
    /// Fills a span with draws of <see cref="NextNormal"/>, in order; a long one on all cores, for a block's words follow
    /// from its number.
    /// </summary>
    /// <param name="destination">Receives the draws; may be empty.</param>
    public unsafe void FillNormal(Span<double> destination)
    {
        const int part = 1 << 13, perBlock = Philox4x32.Words / 2;
        int done = 0;
        if (destination.Length > 2 * part)
        {
            // What is left of a block; its words are two a draw.
            while (_used != Philox4x32.Words && done < perBlock)
                destination[done++] = NextNormal();
            int parts = _used == Philox4x32.Words ? (destination.Length - done) / part : 0;
            fixed (double* first = destination[done..])
            {
                double* start = first;
                Parallel.For(0, parts, index => new RandomStream(this, _block + (ulong)(index * (part / perBlock)))
                    .FillNormal(new Span<double>(start + ((long)index * part), part)));
            }

            _block += (ulong)(parts * (part / perBlock));
            done += parts * part;
        }

        foreach (ref var value in destination[done..])
            value = NextNormal();
    }

    /// <summary>
    /// A uniform permutation of 0..<paramref name="n"/>-1 by Fisher and Yates: for i from n-1 down to 1 entry i
    /// changes places with entry <c>NextIndex(i + 1)</c>.
    /// </summary>
    /// <param name="n">The number of entries; 0 gives an empty array and draws nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is negative.</exception>
    public int[] Permutation(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        var entries = new int[n];
        for (var i = 0; i < n; i++)
            entries[i] = i;
        for (var i = n - 1; i > 0; i--)
        {
            var j = NextIndex(i + 1);
            (entries[i], entries[j]) = (entries[j], entries[i]);
        }

        return entries;
    }
}
