namespace Spectral.EndToEnd.Tests.Fixtures;

/// <summary>
/// A folder <c>runs</c> with copies of the two sealed bundles, which a test may damage, and a cache folder of its own, so
/// that no test sees the index of another or of the person who runs them.
/// </summary>
public sealed class Shelf : IDisposable
{
    private readonly WorkFolder _folder = new();

    /// <summary>Copies the bundles.</summary>
    public Shelf(SealedBundles bundles)
    {
        Quickstart = BundleFiles.Copy(bundles.Quickstart, Locate("runs", Path.GetFileName(bundles.Quickstart)));
        Tiny = BundleFiles.Copy(bundles.Tiny, Locate("runs", Path.GetFileName(bundles.Tiny)));
        Spectral = CommandLine.In(_folder).With("SPECTRAL_CACHE", Locate("cache"));
    }

    /// <summary>The program in the folder that holds <c>runs</c>.</summary>
    public CommandLine Spectral { get; }

    /// <summary>The quickstart's copy, absolute.</summary>
    public string Quickstart { get; }

    /// <summary>The tiny bundle's copy, absolute.</summary>
    public string Tiny { get; }

    /// <summary>The index.</summary>
    public string Index => Locate("cache", "bundles-1.sqlite");

    /// <summary>The absolute path of a name in the folder.</summary>
    public string Locate(params string[] names) => Path.Combine([_folder.Path, .. names]);

    /// <summary>The names in a list of bundles, in its order.</summary>
    public async Task<string[]> Names(params string[] arguments)
    {
        Outcome list = (await Spectral.Run(["ls", "--columns", "name", .. arguments])).Expect(0);
        return list.Lines.Length == 0 ? [] : [.. list.Lines[1..].Select(line => line.TrimEnd())];
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
