namespace Spectral.Core.Execution;

/// <summary>A rate, or a time, of one thread and of all cores together.</summary>
/// <param name="One">With one thread.</param>
/// <param name="All">With a thread for each core.</param>
public sealed record ThreadedRate(double One, double All)
{
    /// <summary>With a number of threads: evenly in between; above the cores as with all of them.</summary>
    /// <param name="threads">1 or more.</param>
    /// <param name="cores">The machine's cores, 1 or more.</param>
    public double With(int threads, int cores) => cores <= 1 || threads <= 1
        ? One
        : One + ((All - One) * (Math.Min(threads, cores) - 1) / (cores - 1));

    /// <summary>A part of the way to another rate.</summary>
    /// <param name="other">The other rate.</param>
    /// <param name="part">The part, in [0, 1].</param>
    public ThreadedRate Towards(ThreadedRate other, double part)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new ThreadedRate(One + (part * (other.One - One)), All + (part * (other.All - All)));
    }
}
