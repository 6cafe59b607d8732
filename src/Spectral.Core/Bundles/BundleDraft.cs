using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// A bundle in the making: a hidden folder beside the place where the bundle will stand. Sealing renames it, so that a
/// bundle folder that exists is complete; disposing without sealing leaves nothing behind. Not for several threads.
/// </summary>
public sealed class BundleDraft : IDisposable
{
    private readonly BundleIdentity _identity;
    private readonly string _outFolder;
    private readonly string _draft;
    private readonly ImmutableArray<string> _created;
    private bool _isOver;

    private BundleDraft(BundleIdentity identity, string outFolder)
    {
        _identity = identity;
        _outFolder = Path.GetFullPath(outFolder);
        _draft = Path.Combine(_outFolder, DraftName.New(identity));
        _created = MissingFolders(_outFolder);
        Payload = new ArtifactFolder(Path.Combine(_draft, BagLayout.PayloadFolder));
    }

    /// <summary>The bundle's <c>data/</c>, to be filled.</summary>
    public ArtifactFolder Payload { get; }

    /// <summary>
    /// Begins a draft. Drafts of the same run that processes on this machine left behind when they died are removed.
    /// </summary>
    /// <param name="outFolder">Where the bundle will stand; created where it is missing.</param>
    /// <param name="identity">What the bundle is of.</param>
    /// <exception cref="ArgumentException">The folder's path is empty.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static BundleDraft Open(string outFolder, BundleIdentity identity)
    {
        ArgumentException.ThrowIfNullOrEmpty(outFolder);
        ArgumentNullException.ThrowIfNull(identity);
        var draft = new BundleDraft(identity, outFolder);
        try
        {
            // This first file creates the folders on the way, durably.
            DurableFile.Write(Path.Combine(draft._draft, BagLayout.Declaration), BagLayout.DeclarationBytes);
            Directory.CreateDirectory(draft.Payload.Root);
            DraftName.RemoveAbandoned(draft._outFolder, identity);
            return draft;
        }
        catch
        {
            draft.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Completes the bundle and puts it in its place: content digest, RO-Crate, bag files, all on the disk before the
    /// folder gets its name, the identity's folder name, or that with <c>-2</c>, <c>-3</c> where it is taken.
    /// </summary>
    /// <remarks>
    /// Nothing may still be writing into the payload. Empty folders are dropped: no manifest can list them.
    /// </remarks>
    /// <param name="record">What the provenance says beside the files.</param>
    /// <param name="key">Signs the bundle before it gets its name; null for no signature.</param>
    /// <returns>The absolute path of the bundle.</returns>
    /// <exception cref="InvalidOperationException">
    /// The draft is sealed or disposed, or the payload's <c>plan.json</c> is missing or not the identity's plan.
    /// </exception>
    /// <exception cref="ArgumentException">As <see cref="RoCrate.Serialize"/> says.</exception>
    /// <exception cref="IOException">Reading or writing failed, or a symbolic link lies in the payload.</exception>
    public string Seal(BundleRecord record, SigningKey? key = null)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (_isOver)
            throw new InvalidOperationException("this draft is sealed or disposed");
        CheckPlan();
        RemoveEmptyFolders(Payload.Root);
        var content = ContentDigest.Compute(Payload);
        Payload.Write(BagLayout.Content, content.ToBytes());
        Payload.Write(BagLayout.Crate, RoCrate.Serialize(_identity, record, Payload));
        BagWriter.Write(_draft, Payload, oxum => BagInfo.Of(_identity, content.Digest, oxum, record.Finished));
        if (key is not null)
            Attestation.SignDraft(_draft, key);
        var bundle = MoveToFreeName();
        _isOver = true;
        DurableFile.SyncFolder(_outFolder);
        return bundle;
    }

    /// <summary>
    /// Deletes the draft unless it was sealed, and the out folder too where it was made for it and is empty.
    /// </summary>
    public void Dispose()
    {
        if (_isOver)
            return;
        _isOver = true;
        try
        {
            if (Directory.Exists(_draft))
                Directory.Delete(_draft, recursive: true);
            foreach (var folder in _created.Where(Directory.Exists))
                Directory.Delete(folder); // refuses a folder that has come into use
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // An exception here would hide the one that ended the run; the next draft of this run cleans up.
        }
    }

    private void CheckPlan()
    {
        if (!Payload.Contains(BagLayout.Plan))
            throw new InvalidOperationException($"the payload has no {BagLayout.Plan}");
        var found = ContentHash.Sha256(Payload.Read(BagLayout.Plan));
        if (found != _identity.PlanHash)
            throw new InvalidOperationException(
                $"{BagLayout.Plan} has the SHA-256 {found}, expected the plan hash {_identity.PlanHash}");
    }

    private string MoveToFreeName()
    {
        for (var number = 1; ; number++)
        {
            var suffix = number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number}");
            var bundle = Path.Combine(_outFolder, _identity.FolderName + suffix);
            if (IsTaken(bundle))
                continue;
            try
            {
                // A rename never replaces a folder that holds something, as every bundle does, so of two
                // processes that chose the same free name one fails here and goes on to the next.
                Directory.Move(_draft, bundle);
                return bundle;
            }
            catch (IOException) when (IsTaken(bundle))
            {
            }
        }
    }

    // A link that leads nowhere does not exist for Path.Exists, but takes the name.
    private static bool IsTaken(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private static void RemoveEmptyFolders(string root)
    {
        foreach (var folder in Directory.GetDirectories(root))
        {
            if (new DirectoryInfo(folder).LinkTarget is not null)
                continue;
            RemoveEmptyFolders(folder);
            if (!Directory.EnumerateFileSystemEntries(folder).Any())
                Directory.Delete(folder);
        }
    }

    private static ImmutableArray<string> MissingFolders(string folder)
    {
        var missing = ImmutableArray.CreateBuilder<string>();
        for (string? at = folder; at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at))
            missing.Add(at);
        return missing.ToImmutable();
    }
}
