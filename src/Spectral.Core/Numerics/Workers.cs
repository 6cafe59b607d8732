using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// Threads that take numbered pieces of work, each thread with one torch thread and one BLAS thread: a piece's bits
/// depend on the piece alone. Which thread takes which piece is left to chance.
/// </summary>
internal static class Workers
{
    /// <summary>Does all pieces. The first failure stops the taking of further ones and is thrown as it was.</summary>
    /// <param name="pieces">How many pieces, numbered from 0; they are begun in order.</param>
    /// <param name="threads">Threads, 1 or more; one works on the calling thread.</param>
    /// <param name="cancellation">Asked before each piece.</param>
    /// <param name="work">Does one piece with its thread's own state.</param>
    /// <param name="state">Makes a thread's state, which is disposed of at the end.</param>
    /// <exception cref="OperationCanceledException">Cancelled; pieces that were begun are done.</exception>
    public static void Run<TState>(
        int pieces, int threads, CancellationToken cancellation, Func<TState> state, Action<int, TState> work)
        where TState : IDisposable
    {
        int next = -1;
        ExceptionDispatchInfo? failure = null;
        int torchThreads = get_num_threads();
        Thread[] others =
        [
            .. Enumerable.Range(1, Math.Max(0, Math.Min(threads, pieces) - 1)).Select(index => new Thread(Work)
            {
                IsBackground = true,
                Name = FormattableString.Invariant($"worker {index}"),
            }),
        ];
        foreach (Thread other in others)
            other.Start();
        Work();
        foreach (Thread other in others)
            other.Join();
        // Also the number that libtorch gives to threads it has not seen yet.
        set_num_threads(torchThreads);
        failure?.Throw();
        cancellation.ThrowIfCancellationRequested();

        void Work()
        {
            set_num_threads(1);
            int blasThreads = Blas.IsAvailable ? Blas.UseThreads(1) : 0;
            try
            {
                using IDisposable graph = enable_grad();
                using TState own = state();
                while (failure is null && !cancellation.IsCancellationRequested)
                {
                    int piece = Interlocked.Increment(ref next);
                    if (piece >= pieces)
                        return;
                    work(piece, own);
                }
            }
            catch (Exception thrown)
            {
                _ = Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(thrown), null);
            }
            finally
            {
                if (Blas.IsAvailable)
                    _ = Blas.UseThreads(blasThreads);
            }
        }
    }

    /// <summary>As above, with a dispose scope for each piece and no state.</summary>
    public static void Run(int pieces, int threads, CancellationToken cancellation, Action<int> work) =>
        Run(pieces, threads, cancellation, NoState, (piece, _) =>
        {
            using IDisposable scope = NewDisposeScope();
            work(piece);
        });

    private static MemoryStream NoState() => new();
}
