using System.Collections.Immutable;
using Spectral.Cli.Terminal;
using Spectral.Core.Plans;

namespace Spectral.Cli.Running;

/// <summary>What a user asked <c>run</c> for.</summary>
/// <param name="Spec">The spec's path as given.</param>
/// <param name="Overrides">The overrides in order, --threads among them.</param>
/// <param name="OutFolder">The folder that the bundle goes into, as given.</param>
/// <param name="Device">The device as given.</param>
/// <param name="Folders">Where data sets are kept.</param>
/// <param name="Cache">The cache's folder; null for none.</param>
/// <param name="SignKey">The file of the private key to sign with; null for no signature.</param>
/// <param name="Force">Whether to run even where a complete bundle stands.</param>
/// <param name="FailOnDiverge">Whether a loss that stops being finite is a failure.</param>
/// <param name="RequireClean">Whether the spec must be wholly committed.</param>
/// <param name="Point">The only point of the sweep to run, by its number; null for all.</param>
/// <param name="Jobs">How many points of a sweep run at once, 1 or more.</param>
/// <param name="KeepGoing">Whether the points of a sweep after a failure run all the same.</param>
internal sealed record RunRequest(
    string Spec,
    ImmutableArray<string> Overrides,
    string OutFolder,
    string Device,
    DataFolders Folders,
    string? Cache,
    string? SignKey,
    bool Force,
    bool FailOnDiverge,
    bool RequireClean,
    int? Point,
    int Jobs,
    bool KeepGoing)
{
    /// <summary>How problems of the spec are written.</summary>
    public DiagnosticFormat Format { get; init; }
}
