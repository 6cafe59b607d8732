namespace Spectral.Core.Numerics;

/// <summary>
/// How an eigenvalue problem is worked on; threads, progress and cancellation change no bit of the result.
/// </summary>
/// <param name="Threads">Workers, at least 1.</param>
/// <param name="Progress">Hears now and then which fraction of the work, in [0, 1], is done; called on the caller's
/// thread.</param>
/// <param name="Cancellation">Ends the work within about one panel.</param>
public sealed record EigenSettings(
    int Threads = 1, IProgress<double>? Progress = null, CancellationToken Cancellation = default)
{
    /// <summary>
    /// w, the half-bandwidth of the first stage, a multiple of 32; it changes the last bits. MKL multiplies in tiles of
    /// 24: with w = 96 it reaches 38 GF/s where 64 and 128 stay at 24 and 31.
    /// </summary>
    public int Width { get; init; } = 96;

    /// <summary>Hears how long each stage took.</summary>
    public Action<string, TimeSpan>? Stage { get; init; }
}
