using System.Collections.Immutable;

namespace Spectral.Core.Plans;

/// <summary>The folders in which a machine keeps data sets, in the order in which they are searched.</summary>
/// <param name="Paths">Absolute or relative paths; one that does not exist is passed over.</param>
public sealed record DataFolders(ImmutableArray<string> Paths)
{
    /// <summary>No folders: enough for data that is embedded or made.</summary>
    public static DataFolders None { get; } = new([]);
}
