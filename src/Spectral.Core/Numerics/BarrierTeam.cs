using System.Runtime.ExceptionServices;

namespace Spectral.Core.Numerics;

/// <summary>
/// Threads that run one body together and meet at a barrier. Each computes with one BLAS thread: whichever worker takes
/// a block, the block's bits are the same.
/// </summary>
internal sealed class BarrierTeam
{
    private readonly Barrier _barrier;
    private readonly List<Exception> _failures = [];
    private volatile bool _broken;
    private int _next;

    private BarrierTeam(int threads) => _barrier = new Barrier(threads, _ => _next = 0);

    /// <summary>
    /// Runs the body on <paramref name="threads"/> threads, the calling one among them, and waits for all.
    /// </summary>
    /// <param name="threads">At least 1.</param>
    /// <param name="body">Gets the team and the worker's number, 0 for the calling thread. Every worker meets as often
    /// as any other.</param>
    /// <exception cref="OperationCanceledException">The body was cancelled; any other failure of a worker comes out as
    /// it is.</exception>
    public static void Run(int threads, Action<BarrierTeam, int> body)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        BarrierTeam team = new(threads);
        Thread[] others =
        [
            .. Enumerable.Range(1, threads - 1).Select(worker =>
                new Thread(() => team.Work(body, worker)) { IsBackground = true, Name = $"spectral-{worker}" }),
        ];
        foreach (Thread other in others)
            other.Start();
        team.Work(body, 0);
        foreach (Thread other in others)
            other.Join();
        team._barrier.Dispose();
        if (team._failures.Count > 0)
            ExceptionDispatchInfo.Throw(team._failures[0]);
    }

    /// <summary>Waits for all workers; then the next round's blocks are counted from 0 again.</summary>
    public void Meet()
    {
        _barrier.SignalAndWait();
        ThrowIfBroken();
    }

    /// <summary>The next block of this round that no worker has taken, counted from 0.</summary>
    public int TakeBlock() => Interlocked.Increment(ref _next) - 1;

    /// <summary>Ends this worker where another one has failed: what it waits for will not come.</summary>
    public void ThrowIfBroken()
    {
        if (_broken)
            throw new BrokenTeamException();
    }

    private void Work(Action<BarrierTeam, int> body, int worker)
    {
        int before = Blas.UseThreads(1);
        try
        {
            body(this, worker);
        }
        catch (BrokenTeamException)
        {
            _barrier.RemoveParticipant();
        }
        catch (Exception failure)
        {
            lock (_failures)
                _failures.Add(failure);
            _broken = true;
            _barrier.RemoveParticipant();
        }
        finally
        {
            _ = Blas.UseThreads(before);
        }
    }

    private sealed class BrokenTeamException : Exception;
}
