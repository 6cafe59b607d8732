using System.Runtime.InteropServices;

namespace Spectral.Core.Numerics;

/// <summary>
/// Binary64 numbers in native memory at a multiple of 64 bytes, more than 2^31 of them where there is room.
/// </summary>
internal sealed unsafe class AlignedMemory : IDisposable
{
    /// <summary>
    /// From this size on huge pages are asked for: first touches of small ones would cost seconds a gigabyte.
    /// </summary>
    private const long HugePage = 1L << 21;

    private const int AdviseHugePages = 14; // MADV_HUGEPAGE

    /// <summary>Allocates numbers without setting them.</summary>
    /// <param name="count">How many, 0 or more.</param>
    /// <exception cref="InsufficientMemoryException">The system gives no such memory.</exception>
    public AlignedMemory(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Count = count;
        long bytes = checked(count * sizeof(double));
        nuint alignment = bytes >= HugePage ? (nuint)HugePage : 64;
        try
        {
            Pointer = (double*)NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, sizeof(double)), alignment);
        }
        catch (OutOfMemoryException)
        {
            throw new InsufficientMemoryException(FormattableString.Invariant(
                $"the system gives no {bytes / 1048576.0:F0} MiB of memory for {count} numbers"));
        }

        if (bytes >= HugePage && OperatingSystem.IsLinux())
            _ = Advise(Pointer, (nuint)bytes, AdviseHugePages);
    }

    /// <summary>Frees memory that was never disposed of.</summary>
    ~AlignedMemory() => Free();

    /// <summary>The numbers.</summary>
    public double* Pointer { get; private set; }

    /// <summary>How many.</summary>
    public long Count { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
    }

    [DllImport("libc", EntryPoint = "madvise")]
    private static extern int Advise(void* address, nuint length, int advice);
}
