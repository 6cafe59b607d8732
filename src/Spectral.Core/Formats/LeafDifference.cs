using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Spectral.Core.Formats;

/// <summary>One setting or fact that two sides have or lack.</summary>
/// <param name="Path">Its dotted path.</param>
/// <param name="A">As the first has it, as JSON; null where it does not.</param>
/// <param name="B">As the second has it; null where it does not.</param>
public sealed record LeafDifference(string Path, string? A, string? B)
{
    /// <summary>Whether both have the same.</summary>
    public bool IsSame => A is not null && A == B;

    /// <summary>The leaves of two trees side by side, in the order of the first, then of the second.</summary>
    /// <param name="a">The first tree.</param>
    /// <param name="b">The second tree.</param>
    public static ImmutableArray<LeafDifference> Of(JsonNode? a, JsonNode? b)
    {
        Dictionary<string, string> first = Leaves(a), second = Leaves(b);
        return
        [
            .. first.Keys.Union(second.Keys)
                .Select(path => new LeafDifference(path, first.GetValueOrDefault(path), second.GetValueOrDefault(path))),
        ];
    }

    private static Dictionary<string, string> Leaves(JsonNode? tree)
    {
        Dictionary<string, string> leaves = new(StringComparer.Ordinal);
        foreach ((string path, JsonNode? leaf) in JsonLeaves.Of(tree))
            leaves.TryAdd(path, leaf?.ToJsonString() ?? "null");
        return leaves;
    }
}
