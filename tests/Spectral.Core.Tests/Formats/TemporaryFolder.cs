namespace Spectral.Core.Tests.Formats;

/// <summary>A fresh folder for one test, removed with everything in it at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>The absolute path of the folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("spectral-test-").FullName;

    /// <summary>The absolute path of a name in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
