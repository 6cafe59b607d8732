using System.Runtime.InteropServices;

namespace Spectral.Core.Numerics;

/// <summary>
/// Work on neighbouring examples in pieces, which are halved where a device runs out of memory and stay so. The work on a
/// piece must leave nothing behind where it fails.
/// </summary>
/// <param name="size">Examples of a piece at first, 1 or more.</param>
/// <param name="told">Told of the new size whenever it is halved.</param>
public sealed class DeviceHalving(int size, Action<int> told)
{
    private int _size = size;

    /// <summary>Works on examples, piece by piece.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="work">Gets the first example of a piece and their number.</param>
    /// <param name="cancellation">Asked before each piece.</param>
    /// <exception cref="ExternalException">There is no memory for a single example.</exception>
    public void Run(long count, Action<long, long> work, CancellationToken cancellation)
    {
        for (long first = 0; first < count;)
        {
            cancellation.ThrowIfCancellationRequested();
            long piece = Math.Min(_size, count - first);
            try
            {
                work(first, piece);
                first += piece;
            }
            catch (ExternalException failure) when (IsOutOfMemory(failure) && piece > 1)
            {
                _size = (int)Math.Max(1, piece / 2);
                told(_size);
            }
        }
    }

    /// <summary>Whether libtorch says that memory ran out, on a device or here.</summary>
    public static bool IsOutOfMemory(ExternalException failure) =>
        failure.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
        || failure.Message.Contains("can't allocate memory", StringComparison.Ordinal);
}
