using System.Collections.Immutable;

namespace Spectral.Core.Plans;

/// <summary>One file of a published data set: where it may lie, and what its content must be.</summary>
/// <param name="Name">Its name; the file may also lie there compressed, as <c>NAME.gz</c>.</param>
/// <param name="Folders">The folders below a data folder in which it may lie, besides the data folder itself.</param>
/// <param name="Length">Bytes of the decompressed content: no reader takes more.</param>
/// <param name="Sha256">SHA-256 of the decompressed content, 64 lower-case hexadecimal digits.</param>
public sealed record DataFile(string Name, ImmutableArray<string> Folders, long Length, string Sha256)
{
    /// <summary>Every path at which the file may lie, in the order of search.</summary>
    public IEnumerable<string> Places(DataFolders folders) =>
        from folder in folders.Paths
        from place in Folders.Append("")
        from suffix in (string[])["", ".gz"]
        select Path.Combine(folder, place, Name + suffix);

    /// <summary>Where the file lies, or null.</summary>
    public string? Find(DataFolders folders) => Places(folders).FirstOrDefault(File.Exists);

    /// <summary>Where the file lies.</summary>
    /// <param name="folders">The folders to search.</param>
    /// <param name="dataset">The data set's kind, for the message.</param>
    /// <param name="remedy">What to do where it is missing.</param>
    /// <exception cref="FileNotFoundException">It lies nowhere; the message lists where it was looked for.</exception>
    public string Require(DataFolders folders, string dataset, string remedy)
    {
        if (Find(folders) is { } path)
            return path;
        string searched = folders.Paths.IsEmpty
            ? "no folder of data sets was named"
            : $"looked in {string.Join(", ", folders.Paths)} and in {string.Join(", ", Folders.Select(name => name + "/"))} below each";
        throw new FileNotFoundException($"{dataset}: found no {Name} and no {Name}.gz: {searched}; {remedy}");
    }
}
