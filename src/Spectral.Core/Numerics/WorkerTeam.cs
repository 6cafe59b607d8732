using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// Threads that work together, the calling one among them, each with one torch thread and one BLAS thread, and with
/// gradients recorded: a task's bits depend on the task alone, so that work cut into tasks by a fixed grid gives the
/// same bits with any number of threads. Whoever runs a task must write where no other task of the same run writes.
/// </summary>
/// <remarks>
/// The threads are started when a run first has work for them, and wait for the next run. One caller at a time, and no
/// run within a run of the same team. The caller's own numbers of threads are given back after each run.
/// </remarks>
public sealed class WorkerTeam : IDisposable
{
    private readonly List<WaitingThread> _others = [];
    private readonly CountdownEvent _done = new(1);
    private Barrier _barrier = new(1);
    private Action<int> _work = _ => { };
    private ExceptionDispatchInfo? _failure;
    private int _next;
    private bool _isOver;

    /// <summary>A team whose threads start when they are needed.</summary>
    /// <param name="threads">How many, 1 or more; with 1 the calling thread works alone.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 1.</exception>
    public WorkerTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
    }

    /// <summary>How many threads there are, the calling one among them.</summary>
    public int Threads { get; }

    /// <summary>Runs one piece of work on the calling thread, whose torch and BLAS compute on one thread.</summary>
    public void Run(Action body) => Work(1, _ => body());

    /// <summary>
    /// Runs tasks 0 .. <paramref name="tasks"/>-1, each once, begun in order and side by side, and returns when all are
    /// done. Which thread takes which task is left to chance.
    /// </summary>
    /// <param name="tasks">How many, 0 or more.</param>
    /// <param name="body">The task of a number, within a dispose scope of its thread's that ends with the task. The
    /// first exception stops the taking of further tasks and is thrown here as it was.</param>
    /// <param name="cancellation">Asked before each task.</param>
    /// <exception cref="OperationCanceledException">Cancelled; tasks that were begun are done.</exception>
    public void Run(int tasks, Action<int> body, CancellationToken cancellation = default) =>
        Run(
            tasks,
            NewDisposeScope,
            (task, scope) =>
            {
                body(task);
                scope.DisposeEverything();
            },
            cancellation);

    /// <summary>As above, with something of its own for each thread, such as memory to work in.</summary>
    /// <param name="tasks">How many, 0 or more.</param>
    /// <param name="own">Makes what a thread has of its own; it is disposed of at the end of the run.</param>
    /// <param name="body">The task of a number, with its thread's own.</param>
    /// <param name="cancellation">Asked before each task.</param>
    /// <exception cref="OperationCanceledException">Cancelled; tasks that were begun are done.</exception>
    public void Run<TOwn>(
        int tasks, Func<TOwn> own, Action<int, TOwn> body, CancellationToken cancellation = default)
        where TOwn : IDisposable
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tasks);
        Work(Math.Min(tasks, Threads), _ =>
        {
            using TOwn mine = own();
            for (int task = Take(); task < tasks && !cancellation.IsCancellationRequested; task = Take())
                body(task, mine);
        });
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Runs over 0 .. <paramref name="length"/>-1 in the blocks of a fixed grid, a block a task.</summary>
    /// <param name="length">0 or more.</param>
    /// <param name="block">A block's length, 1 or more; the last block has what is left.</param>
    /// <param name="body">Gets a block's first element and its length.</param>
    /// <param name="cancellation">Asked before each block.</param>
    /// <exception cref="OperationCanceledException">Cancelled; blocks that were begun are done.</exception>
    public void RunBlocks(int length, int block, Action<int, int> body, CancellationToken cancellation = default) =>
        Run(
            (int)(((long)length + block - 1) / block),
            task => body(task * block, Math.Min(block, length - (task * block))),
            cancellation);

    /// <summary>Runs a body on every thread at once, for work in rounds: see <see cref="Meet"/>.</summary>
    /// <param name="body">Gets its worker's number, 0 for the calling thread; every worker meets as often as any other.
    /// The first exception ends the others where they next take or meet, and is thrown here as it was.</param>
    public void RunTogether(Action<int> body) => Work(Threads, body);

    /// <summary>Within a run: the next task of this round, counted from 0, that no worker has taken.</summary>
    public int Take()
    {
        ThrowIfBroken();
        return Interlocked.Increment(ref _next) - 1;
    }

    /// <summary>
    /// Within <see cref="RunTogether"/>: waits for all workers; then the next round's tasks are counted from 0.
    /// </summary>
    public void Meet()
    {
        _barrier.SignalAndWait();
        ThrowIfBroken();
    }

    /// <summary>Within a run: ends this worker where another one has failed, for what it waits for will not
    /// come.</summary>
    public void ThrowIfBroken()
    {
        if (Volatile.Read(ref _failure) is not null)
            throw new BrokenTeamException();
    }

    /// <summary>Ends the threads. No run may be going on.</summary>
    public void Dispose()
    {
        _isOver = true;
        foreach (WaitingThread other in _others)
            other.Dispose();
        _others.Clear();
        _done.Dispose();
        _barrier.Dispose();
    }

    private void Work(int workers, Action<int> work)
    {
        ObjectDisposedException.ThrowIf(_isOver, this);
        if (workers == 0)
            return;
        using Barrier barrier = new(workers, _ => _next = 0);
        (_barrier, _work, _next, _failure) = (barrier, work, 0, null);
        _done.Reset(workers - 1);
        using (new OneThread())
        {
            for (int other = 1; other < workers; other++)
                Wake(other);
            Try(0);
            // Threads that have just started have set themselves to one thread by then: the caller's number stays last.
            _done.Wait();
        }

        _failure?.Throw();
    }

    private void Wake(int worker)
    {
        if (worker > _others.Count)
        {
            string name = FormattableString.Invariant($"worker {worker}");
            _others.Add(new WaitingThread(name, () => _ = new OneThread(), () => Finish(worker)));
        }

        _others[worker - 1].Wake();
    }

    private void Finish(int worker)
    {
        Try(worker);
        _ = _done.Signal();
    }

    private void Try(int worker)
    {
        try
        {
            using IDisposable graph = enable_grad();
            _work(worker);
        }
        catch (BrokenTeamException)
        {
            _barrier.RemoveParticipant();
        }
        catch (Exception failure)
        {
            _ = Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null);
            _barrier.RemoveParticipant();
        }
    }

    private sealed class BrokenTeamException : Exception;
}
