using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// What lies in a folder that claims to be a bundle, and what of it may not be there. Nothing is opened but what is
/// plainly a file, and no link is followed, so that a hostile folder can neither lead out nor make the reader wait.
/// </summary>
internal sealed class BundleInventory
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly SortedDictionary<string, long> _files = new(Utf8Order.Instance);
    private readonly List<BundleProblem> _problems;

    private readonly CancellationToken _cancellation;

    private BundleInventory(string root, List<BundleProblem> problems, CancellationToken cancellation)
    {
        Root = root;
        _problems = problems;
        _cancellation = cancellation;
    }

    /// <summary>The bundle's folder.</summary>
    public string Root { get; }

    /// <summary>Every regular file that may be looked at, by its path from the root, with its length.</summary>
    public IReadOnlyDictionary<string, long> Files => _files;

    /// <summary>Walks a folder; what must not be there goes to the problems.</summary>
    /// <exception cref="OperationCanceledException">It was asked to stop, here or at any file read later.</exception>
    public static BundleInventory Take(
        string root, List<BundleProblem> problems, CancellationToken cancellation = default)
    {
        var inventory = new BundleInventory(root, problems, cancellation);
        inventory.Walk(new DirectoryInfo(root), "");
        return inventory;
    }

    /// <summary>The place of a file on the disk.</summary>
    public string Locate(string path) => Path.Combine(Root, path);

    /// <summary>
    /// The bytes of a file that is parsed; null, with a problem, where it is missing, too large or unreadable.
    /// </summary>
    public byte[]? Read(string path, int atMost = BagLayout.LargestParsedFile)
    {
        if (!_files.TryGetValue(path, out var length))
        {
            _problems.Add(new BundleProblem(path, "no such file", "a file"));
            return null;
        }

        if (length > atMost)
        {
            _problems.Add(new BundleProblem(path, $"{length} bytes", $"at most {atMost} bytes"));
            return null;
        }

        return Attempt(path, () => File.ReadAllBytes(Locate(path)));
    }

    /// <summary>Does something that reads a file; null, with a problem, where the disk says no.</summary>
    public T? Attempt<T>(string path, Func<T> action) where T : class
    {
        _cancellation.ThrowIfCancellationRequested();
        try
        {
            return action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _problems.Add(Unreadable(path, error));
            return null;
        }
    }

    private void Walk(DirectoryInfo folder, string prefix)
    {
        var name = prefix.TrimEnd('/');
        var entries = Attempt(name.Length == 0 ? "." : name, () => folder.GetFileSystemInfos("*", Everything));
        if (entries is { Length: 0 } && name.Length > 0)
            _problems.Add(new BundleProblem(name, "an empty folder", "files only: no manifest can list a folder"));
        foreach (var entry in entries ?? [])
            Enter(entry, prefix + entry.Name);
    }

    private void Enter(FileSystemInfo entry, string path)
    {
        if (entry.LinkTarget is not null)
            _problems.Add(new BundleProblem(path, "a symbolic link", "plain files and folders only"));
        else if (NameFault(path) is { } fault)
            _problems.Add(new BundleProblem(path, $"a file name that cannot be used: {fault}", "a safe name"));
        else if (!IsExpected(path, entry is DirectoryInfo))
            _problems.Add(new BundleProblem(path,
                entry is DirectoryInfo ? "an unexpected folder" : "an unexpected file", "nothing of that name"));
        else if (entry is DirectoryInfo folder)
            Walk(folder, path + "/");
        else
            Count((FileInfo)entry, path);
    }

    private void Count(FileInfo file, string path)
    {
        try
        {
            if (!RegularFile.Is(file))
                _problems.Add(new BundleProblem(path, "a pipe, socket or device", "a regular file"));
            else if (file.Length > BagLayout.LargestFile)
                _problems.Add(new BundleProblem(
                    path, $"{file.Length} bytes", $"at most {BagLayout.LargestFile} bytes, as every file of a bundle"));
            else
                _files.Add(path, file.Length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _problems.Add(Unreadable(path, error));
        }
    }

    private static BundleProblem Unreadable(string path, Exception error) =>
        new(path, $"unreadable: {error.Message}", "a readable file");

    private static bool IsExpected(string path, bool isFolder) => isFolder
        ? path is BagLayout.PayloadFolder or BagLayout.AttestationFolder
            || path.StartsWith(BagLayout.PayloadPrefix, StringComparison.Ordinal)
        : path == BagLayout.TagManifest || BagLayout.TagFiles.Contains(path) || Attestation.KeyIdIn(path) is not null
            || path.StartsWith(BagLayout.PayloadPrefix, StringComparison.Ordinal);

    // The same rule that manifests follow: a payload file is a name below data/ too.
    private static string? NameFault(string path) => ArtifactName.Fault(path)
        ?? (path.StartsWith(BagLayout.PayloadPrefix, StringComparison.Ordinal)
            ? ArtifactName.Fault(path[BagLayout.PayloadPrefix.Length..]) : null);
}
