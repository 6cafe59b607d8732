using System.Collections.Immutable;
using Spectral.Core.Bundles;

namespace Spectral.Cli.Library;

/// <summary>What a user asked <c>ls</c> for.</summary>
/// <param name="Folder">The folder as given.</param>
/// <param name="IsRecursive">Whether to look at any depth.</param>
/// <param name="Where">Conditions, all of which must hold.</param>
/// <param name="Sort">The path of the fact to sort by, or null for the folders' names.</param>
/// <param name="IsReversed">Whether the largest comes first.</param>
/// <param name="Columns">Paths of facts to show in place of the standard ones; empty for those.</param>
internal sealed record ListRequest(
    string Folder,
    bool IsRecursive,
    ImmutableArray<Condition> Where,
    string? Sort,
    bool IsReversed,
    ImmutableArray<string> Columns);
