using System.Runtime.InteropServices;

namespace Spectral.Cli.Terminal;

/// <summary>
/// The first Ctrl-C or SIGTERM asks a verb to stop in order; the same signal once more ends the program where it stands,
/// for work that does not get to the next place where it would notice. One of each is one request: a terminal sends Ctrl-C
/// to a sweep and to its points alike, and the sweep passes it on as SIGTERM.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _termination;
    private readonly CancellationTokenSource _stop = new();
    private int _interrupts;
    private int _terminations;
    private volatile bool _isTermination;

    /// <summary>Listens from now on.</summary>
    public StopSignals()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Count);
        _termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Count);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Whether SIGTERM was the first signal.</summary>
    public bool IsTermination => _isTermination;

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        _termination.Dispose();
        _stop.Dispose();
    }

    private void Count(PosixSignalContext context)
    {
        context.Cancel = true;
        bool isTermination = context.Signal == PosixSignal.SIGTERM;
        if (Interlocked.Increment(ref isTermination ? ref _terminations : ref _interrupts) > 1)
            Environment.Exit(ExitCode.Interrupted);
        if (_stop.IsCancellationRequested)
            return;
        _isTermination = isTermination;
        _stop.Cancel();
    }
}
