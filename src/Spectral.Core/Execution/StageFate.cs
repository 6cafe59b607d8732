using System.Collections.Immutable;
using Spectral.Core.Formats;

namespace Spectral.Core.Execution;

/// <summary>What a run would do about one stage, or one part of a stage, and why.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Part">Which part, such as <c>final, train</c>; empty for the whole.</param>
/// <param name="Key">Its key in this environment, 64 hexadecimal digits; empty for a stage that is never kept.</param>
/// <param name="Kind">What would happen.</param>
public sealed record StageFate(string Stage, string Part, string Key, FateKind Kind)
{
    /// <summary>The entry that is the same, or else the nearest: the run that made it.</summary>
    public string Run { get; init; } = "";

    /// <summary>When that entry was computed; null where there is none.</summary>
    public DateTimeOffset? Made { get; init; }

    /// <summary>The settings that make the difference to that entry; none where the stage is the same.</summary>
    public ImmutableArray<LeafDifference> Settings { get; init; } = [];

    /// <summary>The facts of the numeric environment that do.</summary>
    public ImmutableArray<LeafDifference> Facts { get; init; } = [];
}

/// <summary>What a run would do about a stage.</summary>
public enum FateKind
{
    /// <summary>It is never kept: it reads its inputs each time.</summary>
    Always,

    /// <summary>Its results are there.</summary>
    Hit,

    /// <summary>It goes on where an earlier process ended.</summary>
    GoesOn,

    /// <summary>It is computed.</summary>
    Runs,
}
