using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Spectral.EndToEnd.Tests.Fixtures;

/// <summary>A process that has been started; whatever of it is left when it is disposed is killed.</summary>
public sealed class RunningProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _cache;
    private readonly StringBuilder _error = new();
    private readonly Task<string> _output;
    private readonly Task _errorEnd;

    private RunningProcess(Process process, string cache)
    {
        (_process, _cache) = (process, cache);
        _output = process.StandardOutput.ReadToEndAsync();
        _errorEnd = ReadError();
    }

    /// <summary>Its number.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a process and closes its stdin.</summary>
    /// <param name="start">What to start.</param>
    /// <param name="cache">A folder that it may make and that goes with it.</param>
    public static RunningProcess Start(ProcessStartInfo start, string cache)
    {
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"cannot start {start.FileName}");
        process.StandardInput.Close();
        return new RunningProcess(process, cache);
    }

    /// <summary>Waits until stderr holds a text.</summary>
    /// <exception cref="TimeoutException">It never came.</exception>
    public async Task Says(string text)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!Error().Contains(text, StringComparison.Ordinal))
        {
            if (_process.HasExited || waited.Elapsed > CommandLine.Patience)
                throw new TimeoutException($"never said '{text}' on stderr:\n{Error()}");
            await Task.Delay(20);
        }
    }

    /// <summary>Waits until stderr holds a text or the process has ended.</summary>
    public async Task SaysOrEnds(string text)
    {
        while (!Error().Contains(text, StringComparison.Ordinal) && !_process.HasExited)
            await Task.Delay(5);
    }

    /// <summary>Sends a signal, on systems that have them.</summary>
    public void Signal(int number) => _ = Kill(_process.Id, number);

    /// <summary>Waits for its end; kills it and all its children where that takes too long.</summary>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public async Task<Outcome> End(TimeSpan patience)
    {
        string command = string.Join(' ', _process.StartInfo.ArgumentList.Prepend(_process.StartInfo.FileName));
        using CancellationTokenSource tooLong = new(patience);
        try
        {
            await _process.WaitForExitAsync(tooLong.Token);
            await _errorEnd;
            return new Outcome(command, _process.ExitCode, await _output, Error());
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{command} still ran after {patience.TotalSeconds} s:\n{Error()}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
        if (Directory.Exists(_cache))
            Directory.Delete(_cache, recursive: true);
    }

    private async Task ReadError()
    {
        char[] buffer = new char[4096];
        while (await _process.StandardError.ReadAsync(buffer) is > 0 and var count)
        {
            lock (_error)
                _error.Append(buffer, 0, count);
        }
    }

    private string Error()
    {
        lock (_error)
            return _error.ToString();
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
