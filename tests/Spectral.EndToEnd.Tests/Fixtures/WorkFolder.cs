namespace Spectral.EndToEnd.Tests.Fixtures;

/// <summary>A fresh folder for one test, removed with everything in it at the end.</summary>
public sealed class WorkFolder : IDisposable
{
    /// <summary>Its absolute path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("spectral-e2e-").FullName;

    /// <summary>The absolute path of a name in the folder.</summary>
    public string Locate(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file and gives its name, which is relative to the folder.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(Locate(name), text);
        return name;
    }

    /// <summary>Makes a folder and gives its absolute path.</summary>
    public string Make(string name) => Directory.CreateDirectory(Locate(name)).FullName;

    /// <summary>The names of all entries, hidden ones too, in order.</summary>
    public string[] Entries() =>
        [.. Directory.EnumerateFileSystemEntries(Path).Select(path => System.IO.Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
