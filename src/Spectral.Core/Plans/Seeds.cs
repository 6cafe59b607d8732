using System.Collections.Immutable;

namespace Spectral.Core.Plans;

/// <summary>
/// The seeds of a run: one root, from which every named stream takes its number unless it has one of its own. Seeds lie
/// in [0, 2^53], so that every JSON reader holds them exactly.
/// </summary>
/// <param name="Root">The seed of every stream that is not named.</param>
/// <param name="Own">Streams with a seed of their own, by name; only names of <see cref="StreamNames"/>.</param>
public sealed record Seeds(long Root, ImmutableSortedDictionary<string, long> Own)
{
    /// <summary>The largest seed: 2^53.</summary>
    public const long Maximum = 1L << 53;

    /// <summary>
    /// The streams: <c>data</c> chooses examples, <c>noise</c> corrupts labels, <c>init</c> draws weights and
    /// <c>batches</c> orders examples in every epoch.
    /// </summary>
    public static ImmutableArray<string> StreamNames { get; } = ["data", "noise", "init", "batches"];

    /// <summary>The seed of a stream.</summary>
    /// <exception cref="ArgumentException">No stream has that name.</exception>
    public ulong Of(string stream) =>
        StreamNames.Contains(stream)
            ? (ulong)Own.GetValueOrDefault(stream, Root)
            : throw new ArgumentException($"no stream is named '{stream}'", nameof(stream));
}
