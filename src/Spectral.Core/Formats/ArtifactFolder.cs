using System.Collections.Immutable;

namespace Spectral.Core.Formats;

/// <summary>
/// A folder of artefacts under checked relative names, such as a bundle's payload. No name and no symbolic link leads
/// out of it; files are written whole or not at all.
/// </summary>
public sealed class ArtifactFolder
{
    // Hidden files count too; links are found by looking, not skipped.
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
    };

    /// <summary>Names a folder. It is created by the first write, and may be a symbolic link itself.</summary>
    /// <param name="root">Its path; a relative one is resolved now.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public ArtifactFolder(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        Root = Path.GetFullPath(root);
    }

    /// <summary>The absolute path of the folder.</summary>
    public string Root { get; }

    /// <summary>Writes a file durably (<see cref="DurableFile.Write"/>), in place of any file of that name.</summary>
    /// <param name="relativePath">Its name, with '/' between segments.</param>
    /// <param name="bytes">Its whole content.</param>
    /// <exception cref="ArgumentException"><see cref="ArtifactName"/> refuses the path.</exception>
    /// <exception cref="IOException">Writing failed, or a symbolic link lies on the way.</exception>
    public void Write(string relativePath, ReadOnlySpan<byte> bytes) => DurableFile.Write(Locate(relativePath), bytes);

    /// <summary>Reads a whole file.</summary>
    /// <param name="relativePath">Its name, with '/' between segments.</param>
    /// <param name="atMost">The most bytes that it may have.</param>
    /// <exception cref="ArgumentException"><see cref="ArtifactName"/> refuses the path.</exception>
    /// <exception cref="IOException">
    /// The file is missing, unreadable, no regular file or too large, or a symbolic link lies on the way.
    /// </exception>
    public byte[] Read(string relativePath, int atMost = int.MaxValue)
    {
        var file = new FileInfo(Locate(relativePath));
        if (!RegularFile.Is(file))
            throw new IOException($"'{relativePath}' is a pipe, socket or device; expected a regular file");
        if (file.Length > atMost)
            throw new IOException($"'{relativePath}' has {file.Length} bytes; expected at most {atMost}");
        return File.ReadAllBytes(file.FullName);
    }

    /// <summary>Whether a file (not a folder) of that name exists.</summary>
    /// <param name="relativePath">Its name, with '/' between segments.</param>
    /// <exception cref="ArgumentException"><see cref="ArtifactName"/> refuses the path.</exception>
    /// <exception cref="IOException">A symbolic link lies on the way.</exception>
    public bool Contains(string relativePath) => File.Exists(Locate(relativePath));

    /// <summary>
    /// Every file below the root, at any depth, with '/' between segments and in the order of the UTF-8 bytes; empty
    /// folders leave no trace. Empty when the root does not exist.
    /// </summary>
    /// <exception cref="IOException">A symbolic link, or a name that <see cref="ArtifactName"/> refuses.</exception>
    public ImmutableArray<string> Files()
    {
        var names = new List<string>();
        if (Directory.Exists(Root))
            Collect(new DirectoryInfo(Root), "", names);
        names.Sort(Utf8Order.Instance);
        return [.. names];
    }

    private static void Collect(DirectoryInfo folder, string prefix, List<string> names)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos("*", Everything))
        {
            var name = prefix + entry.Name;
            if (entry.LinkTarget is not null)
                throw new IOException($"'{name}' in '{folder.FullName}' is a symbolic link; expected a plain file");
            if (ArtifactName.Fault(name) is { } fault)
                throw new IOException($"the file name '{name}' in '{folder.FullName}' cannot be used: {fault}");
            if (entry is DirectoryInfo child)
                Collect(child, name + "/", names);
            else
                names.Add(name);
        }
    }

    private string Locate(string relativePath)
    {
        ArgumentNullException.ThrowIfNull(relativePath);
        if (ArtifactName.Fault(relativePath) is { } fault)
            throw new ArgumentException($"the path '{relativePath}' cannot be used: {fault}", nameof(relativePath));

        var path = Root;
        foreach (var segment in relativePath.Split('/'))
        {
            path = Path.Combine(path, segment);
            if (new FileInfo(path).LinkTarget is not null)
                throw new IOException($"'{path}' is a symbolic link; expected a plain file or folder");
        }

        return path;
    }
}
