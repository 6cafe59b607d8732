using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// Threads that work off numbered tasks together, each with one torch thread and one BLAS thread of its own, so that a
/// task's bits depend on the task alone: work that is cut into tasks by a fixed grid gives the same bits with any
/// number of threads. Whoever runs a task must write where no other task of the same run writes.
/// </summary>
public sealed class WorkerTeam : IDisposable
{
    private readonly Thread[] _threads;
    private readonly SemaphoreSlim _start = new(0);
    private readonly CountdownEvent _done = new(1);
    private readonly int _torchThreads = get_num_threads();
    private Action<int> _body = _ => { };
    private int _tasks;
    private int _next;
    private bool _isOver;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Starts the threads; libtorch must be loadable.</summary>
    /// <param name="threads">How many, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 1.</exception>
    public WorkerTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _threads = new Thread[threads];
        for (int i = 0; i < threads; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = FormattableString.Invariant($"worker {i}") };
            _threads[i].Start();
        }
    }

    /// <summary>How many threads there are.</summary>
    public int Threads => _threads.Length;

    /// <summary>
    /// Runs tasks 0 .. <paramref name="tasks"/>-1, each once, in any order and side by side, and returns when all are
    /// done. One caller at a time.
    /// </summary>
    /// <param name="tasks">How many, 0 or more.</param>
    /// <param name="body">The task of a number. Its first exception ends the run and is thrown here.</param>
    public void Run(int tasks, Action<int> body)
    {
        ObjectDisposedException.ThrowIf(_isOver, this);
        if (tasks == 0)
            return;
        (_body, _tasks, _next, _failure) = (body, tasks, 0, null);
        int woken = Math.Min(tasks, _threads.Length);
        _done.Reset(woken);
        _start.Release(woken);
        _done.Wait();
        _failure?.Throw();
    }

    /// <summary>Runs one piece of work on a thread of the team, whose torch and BLAS compute on one thread.</summary>
    public void Run(Action body) => Run(1, _ => body());

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isOver)
            return;
        _isOver = true;
        _start.Release(_threads.Length);
        foreach (Thread thread in _threads)
            thread.Join();
        set_num_threads(_torchThreads);
        _start.Dispose();
        _done.Dispose();
    }

    private void Work()
    {
        // libtorch keeps the number for each thread, but also hands the last one given to threads that come later.
        set_num_threads(1);
        if (Blas.IsAvailable)
            _ = Blas.UseThreads(1);
        while (true)
        {
            _start.Wait();
            if (_isOver)
                return;
            for (int task = Interlocked.Increment(ref _next) - 1; task < _tasks; task = Interlocked.Increment(ref _next) - 1)
                Try(task);
            _done.Signal();
        }
    }

    private void Try(int task)
    {
        try
        {
            _body(task);
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null);
            Volatile.Write(ref _next, _tasks);
        }
    }
}
