namespace Spectral.Core.Numerics;

/// <summary>
/// The memory of the last large matrix that was given back, for the next one: a run computes one Gram matrix after the other
/// of the same size, and the system clears every page of new memory, at 2 to 4 GB/s on a virtual machine, a sixth of the time
/// of a matrix of order 10,000.
/// </summary>
/// <remarks>At most one block is held, only from <see cref="LeastNumbers"/> on, until <see cref="Release"/>.</remarks>
internal static class SpareMemory
{
    /// <summary>Numbers of the smallest block that is held, 64 MiB; glibc holds smaller ones.</summary>
    public const long LeastNumbers = 1L << 23;

    private static AlignedMemory? _spare;

    /// <summary>Numbers that are anything: the held block, where it is as large as is asked for and not twice that.</summary>
    /// <param name="count">How many at least.</param>
    /// <exception cref="InsufficientMemoryException">The system gives no such memory.</exception>
    public static AlignedMemory Take(long count)
    {
        if (count < LeastNumbers || Interlocked.Exchange(ref _spare, null) is not { } spare)
            return new AlignedMemory(count);
        if (spare.Count >= count && spare.Count / 2 <= count)
            return spare;
        // A smaller one would only stand beside the new one; a larger one waits for its like.
        if (spare.Count < count)
            spare.Dispose();
        else
            Give(spare);
        return new AlignedMemory(count);
    }

    /// <summary>Holds a block of its owner's, instead of a smaller one, or frees it.</summary>
    public static void Give(AlignedMemory memory)
    {
        if (memory.Count < LeastNumbers)
        {
            memory.Dispose();
            return;
        }

        AlignedMemory? other = Interlocked.Exchange(ref _spare, memory);
        if (other is not null && other.Count > memory.Count)
            other = Interlocked.Exchange(ref _spare, other);
        other?.Dispose();
    }

    /// <summary>Frees what is held: at the end of what computes matrices one after the other.</summary>
    public static void Release() => Interlocked.Exchange(ref _spare, null)?.Dispose();
}
