using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// The calling thread's torch and BLAS compute on one thread; disposing of it gives both numbers back, and with them
/// the number that libtorch gives to threads that it has not seen yet.
/// </summary>
internal sealed class OneThread : IDisposable
{
    private readonly int _torchThreads = get_num_threads();
    private readonly int _blasThreads;

    /// <summary>Sets both numbers to 1.</summary>
    public OneThread()
    {
        // In this order: libtorch's setting overwrites the BLAS' own.
        _blasThreads = Blas.IsAvailable ? Blas.UseThreads(1) : 0;
        set_num_threads(1);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        set_num_threads(_torchThreads);
        if (Blas.IsAvailable)
            _ = Blas.UseThreads(_blasThreads);
    }
}
