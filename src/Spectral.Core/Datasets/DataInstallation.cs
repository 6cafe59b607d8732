using System.Collections.Immutable;
using Spectral.Core.Formats;
using Spectral.Core.Plans;

namespace Spectral.Core.Datasets;

/// <summary>Puts the files of a published set into a data folder, after checking each against its published digest.</summary>
/// <param name="set">The set.</param>
/// <param name="dataFolder">The data folder; the files go into the set's own folder below it.</param>
public sealed class DataInstallation(ImageSource set, string dataFolder)
{
    /// <summary>Bytes by which a compressed file may be longer than its content, besides a thousandth of it.</summary>
    private const int GzipFrame = 4096;

    /// <summary>Where the files go.</summary>
    public string Folder { get; } = Path.Combine(dataFolder, set.Folder);

    /// <summary>Downloads what is not there yet.</summary>
    /// <param name="from">The address of the archive, or of the folder that has the files; null for the published one.</param>
    /// <param name="client">Makes the requests.</param>
    /// <param name="progress">Told now and then how far it is.</param>
    /// <param name="pause">The wait before a new try.</param>
    /// <param name="cancellation">Asks to stop; what was loaded stays in <c>.part</c> files.</param>
    /// <exception cref="IOException">The server refuses or stops answering, or a file cannot be written.</exception>
    /// <exception cref="InvalidDataException">What came is not what was published; nothing of it is kept.</exception>
    public async Task Fetch(
        string? from, HttpClient client, IProgress<DownloadProgress> progress, TimeSpan pause, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Folder);
        Download download = new(client, progress, pause);
        foreach (RemoteFile remote in set.Remotes)
        {
            string url = from is null ? remote.Url : remote.IsArchive ? from : $"{from.TrimEnd('/')}/{remote.Name}";
            DataFile? file = set.Files.FirstOrDefault(file => file.Name + ".gz" == remote.Name);
            if (file is not null && IsSound(file))
                continue;
            string part = Path.Combine(Folder, remote.Name + ".part");
            long most = remote.IsArchive ? remote.Length : file!.Length + (file.Length / 1000) + GzipFrame;
            bool resumed = await download.ToEnd(url, part, most, cancellation);
            try
            {
                Take(part, remote, file, cancellation);
            }
            catch (InvalidDataException) when (resumed)
            {
                // The former part may have been of another server: once more, from the start.
                File.Delete(part);
                await download.ToEnd(url, part, most, cancellation);
                Take(part, remote, file, cancellation);
            }
        }
    }

    /// <summary>Copies the files, or what an archive has of them, after checking.</summary>
    /// <param name="path">A folder that has the files, one of the files, or the published archive.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <returns>The names of the files that were put into the folder.</returns>
    /// <exception cref="IOException">There is nothing of the set at the path.</exception>
    /// <exception cref="InvalidDataException">A file is not the published one; the message names it.</exception>
    public ImmutableArray<string> Add(string path, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Folder);
        if (File.Exists(path) && path.EndsWith(".tar.gz", StringComparison.Ordinal))
        {
            Unpack(path, cancellation);
            return [.. set.Files.Select(file => file.Name)];
        }

        ImmutableArray<(DataFile File, string Path)> found = Directory.Exists(path)
            ? [.. from file in set.Files let place = file.Find(new DataFolders([path])) where place is not null select (file, place)]
            : [.. from file in set.Files where Path.GetFileName(path) == file.Name || Path.GetFileName(path) == file.Name + ".gz" select (file, path)];
        if (found.IsEmpty || (File.Exists(path) is false && Directory.Exists(path) is false))
        {
            throw new FileNotFoundException(
                $"{path}: found nothing of {set.Kind}, expected a folder with, or one of, {string.Join(", ", set.Files.Select(file => file.Name))} (or .gz)");
        }

        foreach ((DataFile file, string place) in found)
            FoundFile.Read(file, place).RequireDigest();
        foreach ((DataFile file, string place) in found)
        {
            cancellation.ThrowIfCancellationRequested();
            DurableFile.Write(Path.Combine(Folder, Path.GetFileName(place)), File.ReadAllBytes(place));
        }

        return [.. found.Select(pair => pair.File.Name)];
    }

    private bool IsSound(DataFile file) =>
        new[] { file.Name, file.Name + ".gz" }.Select(name => Path.Combine(Folder, name)).FirstOrDefault(File.Exists) is { } path
        && FoundFile.Read(file, path).Sha256 == file.Sha256;

    /// <summary>Checks a finished download and gives it its name; removes it where it is wrong.</summary>
    private void Take(string part, RemoteFile remote, DataFile? file, CancellationToken cancellation)
    {
        try
        {
            if (file is not null)
            {
                FoundFile.Read(file, part).RequireDigest();
                File.Move(part, Path.Combine(Folder, remote.Name), overwrite: true);
                return;
            }

            if (ContentHash.Sha256OfFile(part) is var digest && digest != remote.Sha256)
            {
                throw new InvalidDataException(
                    $"{part}: found content of SHA-256 {digest}, expected {remote.Sha256}: the server gave other bytes; nothing was kept");
            }

            Unpack(part, cancellation);
            File.Delete(part);
        }
        catch (InvalidDataException)
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>Unpacks into a folder beside the files and moves them only when all are sound.</summary>
    private void Unpack(string archive, CancellationToken cancellation)
    {
        string draft = Directory.CreateDirectory(Path.Combine(Folder, ".spectral-" + Path.GetRandomFileName())).FullName;
        try
        {
            ArchiveUnpacking.Into(archive, set.Files, draft, cancellation);
            foreach (DataFile file in set.Files)
                FoundFile.Read(file, Path.Combine(draft, file.Name)).RequireDigest();
            foreach (DataFile file in set.Files)
                File.Move(Path.Combine(draft, file.Name), Path.Combine(Folder, file.Name), overwrite: true);
        }
        finally
        {
            Directory.Delete(draft, recursive: true);
        }
    }
}
