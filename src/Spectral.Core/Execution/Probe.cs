using System.Diagnostics;

namespace Spectral.Core.Execution;

/// <summary>Takes times.</summary>
internal static class Probe
{
    /// <summary>The shortest time that is told from nothing.</summary>
    private const double Least = 1e-9;

    /// <summary>The shortest of several times of the same work, in seconds, above 0.</summary>
    /// <param name="repeats">1 or more.</param>
    /// <param name="work">The work.</param>
    public static double Seconds(int repeats, Action work)
    {
        double shortest = double.PositiveInfinity;
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            shortest = Math.Min(shortest, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return Math.Max(Least, shortest);
    }

    /// <summary>What is left of a time beside a known part of it; at least a tenth, for times are noisy.</summary>
    public static double Rest(double seconds, double known) => Math.Max(seconds / 10, seconds - known);
}
