using System.Collections.Immutable;
using Spectral.Core;
using Spectral.Core.Execution;
using Spectral.Core.Plans;

namespace Spectral.Cli.Running;

/// <summary>Runs the points of a sweep in several processes at once. stdout gets their bundles in the order of the points.</summary>
/// <param name="arguments">The command line of <c>run</c>, from the verb on, without <c>--jobs</c>.</param>
/// <param name="jobs">How many points run at once, 1 or more.</param>
/// <param name="keepGoing">Whether a failure leaves the points after it to run.</param>
/// <param name="sharesStages">Whether the points take stages from one cache.</param>
internal sealed class SweepProcesses(ImmutableArray<string> arguments, int jobs, bool keepGoing, bool sharesStages)
{
    private readonly List<PointProcess> _running = [];
    private readonly Dictionary<Experiment, string> _trainings = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _trained = [];

    /// <summary>Runs all points, or those that were started before the first failure.</summary>
    /// <returns>The worst exit code.</returns>
    /// <exception cref="OperationCanceledException">The user asked to stop; all processes have ended.</exception>
    public int Run(ImmutableArray<Experiment> points, CancellationToken cancellation)
    {
        foreach (Experiment point in points)
            _trainings[point] = StageKeys.Of(point.Plan, Catalog.Components).Single(stage => stage.Stage == Stages.Training).Key;
        List<Experiment> waiting = [.. points];
        Dictionary<Experiment, string> outputs = new(ReferenceEqualityComparer.Instance);
        int worst = ExitCode.Ok, printed = 0;
        using CancellationTokenRegistration stop = cancellation.Register(StopAll);
        while (true)
        {
            while (!cancellation.IsCancellationRequested && (worst == ExitCode.Ok || keepGoing) && Next(waiting) is { } next)
                Start(waiting, next);
            if (cancellation.IsCancellationRequested)
                StopAll(); // one may have started while the others were told
            PointProcess[] running = Running();
            if (running.Length == 0)
                break;
            PointEnd end = Task.WhenAny(running.Select(process => process.End)).Unwrap().GetAwaiter().GetResult();
            Forget(end.Process);
            outputs[end.Process.Experiment] = end.Output;
            printed = Print(points, outputs, printed);
            if (end.ExitCode == ExitCode.Ok)
                _ = _trained.Add(_trainings[end.Process.Experiment]);
            else if (worst == ExitCode.Ok && !keepGoing && !cancellation.IsCancellationRequested)
                SweepSequence.SayStopped(end.Process.Experiment, waiting.Count);
            // A process that a signal ended has a code of the system's, which is none of ours.
            worst = Math.Max(worst, end.ExitCode is < 0 or > ExitCode.Interrupted ? ExitCode.Failed : end.ExitCode);
        }

        foreach (Experiment point in points[printed..].Where(outputs.ContainsKey))
            Console.Write(outputs[point]);
        if (cancellation.IsCancellationRequested && (waiting.Count > 0 || worst != ExitCode.Ok))
            throw Stopped(cancellation);
        return worst;
    }

    private OperationCanceledException Stopped(CancellationToken cancellation)
    {
        OperationCanceledException stopped = new(cancellation);
        return sharesStages ? new SavedRunException(stopped) : stopped;
    }

    /// <summary>
    /// The next point to start; null where none may. One waits while another trains the same network for it, since the
    /// cache then has it.
    /// </summary>
    private Experiment? Next(List<Experiment> waiting)
    {
        PointProcess[] running = Running();
        if (running.Length >= jobs)
            return null;
        HashSet<string> training = [.. running.Select(process => _trainings[process.Experiment])];
        return waiting.Find(point =>
            !sharesStages || _trained.Contains(_trainings[point]) || !training.Contains(_trainings[point]));
    }

    private void Start(List<Experiment> waiting, Experiment next)
    {
        _ = waiting.Remove(next);
        Console.Error.WriteLine(next.Point?.Title);
        PointProcess process = PointProcess.Start(next, arguments);
        lock (_running)
            _running.Add(process);
    }

    private PointProcess[] Running()
    {
        lock (_running)
            return [.. _running];
    }

    private void Forget(PointProcess process)
    {
        lock (_running)
            _ = _running.Remove(process);
        process.Dispose();
    }

    private void StopAll()
    {
        lock (_running)
        {
            foreach (PointProcess process in _running)
                process.Stop();
        }
    }

    /// <summary>Prints what no earlier point is waited for, and says how many points are printed.</summary>
    private static int Print(ImmutableArray<Experiment> points, Dictionary<Experiment, string> outputs, int printed)
    {
        while (printed < points.Length && outputs.TryGetValue(points[printed], out string? output))
        {
            Console.Write(output);
            printed++;
        }

        return printed;
    }
}
