using System.Collections.Immutable;
using Spectral.Core.Plans;

namespace Spectral.Core.Datasets;

/// <summary>What a machine has of a published file.</summary>
/// <param name="File">The file.</param>
/// <param name="Path">Where it lies; null where it lies nowhere.</param>
/// <param name="Bytes">Its size on disk.</param>
/// <param name="Problem">Why it is not the published file; null where it is, or is missing.</param>
public sealed record DataState(DataFile File, string? Path, long Bytes, string? Problem)
{
    /// <summary>Whether it is there and sound.</summary>
    public bool IsVerified => Path is not null && Problem is null;

    /// <summary>Looks at every file of a set and holds it against its digest.</summary>
    public static ImmutableArray<DataState> Of(ImageSource set, DataFolders folders) =>
        [.. set.Files.Select(file => Of(file, file.Find(folders)))];

    /// <summary>A set's state in one word: <c>verified</c>, <c>damaged</c>, <c>incomplete</c> or <c>missing</c>.</summary>
    public static string Word(ImmutableArray<DataState> states) =>
        states.Any(state => state.Problem is not null) ? "damaged"
        : states.All(state => state.IsVerified) ? "verified"
        : states.Any(state => state.IsVerified) ? "incomplete"
        : "missing";

    private static DataState Of(DataFile file, string? path)
    {
        if (path is null)
            return new DataState(file, null, 0, null);
        long bytes = new FileInfo(path).Length;
        try
        {
            FoundFile.Read(file, path).RequireDigest();
            return new DataState(file, path, bytes, null);
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return new DataState(file, path, bytes, problem.Message);
        }
    }
}
