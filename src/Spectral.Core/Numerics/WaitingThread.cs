namespace Spectral.Core.Numerics;

/// <summary>A thread that does the same piece of work each time it is woken, and keeps its settings between.</summary>
internal sealed class WaitingThread : IDisposable
{
    private readonly SemaphoreSlim _woken = new(0);
    private readonly Thread _thread;
    private volatile bool _isOver;

    /// <summary>Starts the thread.</summary>
    /// <param name="name">What a debugger shows.</param>
    /// <param name="settle">Done once, before the first work.</param>
    /// <param name="work">The work; it does not throw.</param>
    public WaitingThread(string name, Action settle, Action work)
    {
        _thread = new Thread(() =>
        {
            settle();
            for (_woken.Wait(); !_isOver; _woken.Wait())
                work();
        })
        { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Has the work done once more.</summary>
    public void Wake() => _woken.Release();

    /// <summary>Ends the thread once its work is done.</summary>
    public void Dispose()
    {
        _isOver = true;
        _ = _woken.Release();
        _thread.Join();
        _woken.Dispose();
    }
}
