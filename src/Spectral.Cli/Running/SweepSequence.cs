using System.Collections.Immutable;
using Spectral.Core.Plans;

namespace Spectral.Cli.Running;

/// <summary>Runs the points of a sweep one after the other in this process.</summary>
internal static class SweepSequence
{
    /// <summary>Runs all points, or those up to the first that fails.</summary>
    /// <param name="points">The points.</param>
    /// <param name="keepGoing">Whether a failure leaves the points after it to run.</param>
    /// <param name="run">Runs one; its result is an exit code.</param>
    /// <returns>The worst exit code.</returns>
    /// <exception cref="OperationCanceledException">The user asked to stop; bundles that are sealed stay.</exception>
    public static int Run(ImmutableArray<Experiment> points, bool keepGoing, Func<Experiment, int> run)
    {
        int worst = ExitCode.Ok;
        for (int index = 0; index < points.Length; index++)
        {
            Console.Error.WriteLine(points[index].Point?.Title);
            int code = CodeOf(points[index], run);
            worst = Math.Max(worst, code);
            if (code != ExitCode.Ok && !keepGoing)
            {
                SayStopped(points[index], points.Length - index - 1);
                break;
            }
        }

        return worst;
    }

    /// <summary>Says which point ended a sweep, where any were left to run.</summary>
    public static void SayStopped(Experiment failed, int left)
    {
        if (left > 0)
        {
            Console.Error.WriteLine(FormattableString.Invariant(
                $"spectral run: point {failed.Point?.Number} failed; points left to run: {left}; --keep-going runs them all the same"));
        }
    }

    private static int CodeOf(Experiment point, Func<Experiment, int> run)
    {
        try
        {
            return run(point);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return Failure.Report(failure);
        }
    }
}
