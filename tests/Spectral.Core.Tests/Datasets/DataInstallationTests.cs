using System.Formats.Tar;
using System.IO.Compression;
using Spectral.Core.Datasets;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Datasets;

/// <summary>Downloads go on after a drop, keep nothing that is wrong, and no archive writes outside its folder.</summary>
public sealed class DataInstallationTests : IDisposable
{
    private static readonly byte[] Train = MadeSet.Cifar(1, [.. Enumerable.Range(0, 60).Select(at => (byte)(at % 10))]);
    private static readonly byte[] Test = MadeSet.Cifar(1, 0, 1, 2);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_archive_is_fetched_checked_and_unpacked()
    {
        byte[] archive = Archive(("made/readme.html", [1, 2]), ("made/train.bin", Train), ("made/test.bin", Test));
        using LocalServer server = new(_ => archive);
        List<DownloadProgress> progress = await Fetch(server, Set(archive));
        RequireWhole();
        Assert.Equal(archive.Length, progress[^1].Bytes);
        Assert.Equal(archive.Length, progress[^1].Total);
    }

    [Fact]
    public async Task A_dropped_connection_is_gone_on_with_where_it_ended()
    {
        byte[] archive = Archive(("made/train.bin", Noise), ("made/test.bin", Test));
        using LocalServer server = new(_ => archive, new Manners(DropAfter: number => number < 3 ? archive.Length / 4 : null));
        await Fetch(server, Set(archive, Noise));
        Assert.Equal([null, archive.Length / 4, archive.Length / 4 * 2, archive.Length / 4 * 3], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task A_server_that_always_drops_leaves_a_part_for_the_next_try()
    {
        byte[] archive = Archive(("made/train.bin", Noise), ("made/test.bin", Test));
        using (LocalServer dropping = new(_ => archive, new Manners(DropAfter: number => number == 0 ? 10_000 : 0)))
            Says(await Assert.ThrowsAsync<IOException>(() => Fetch(dropping, Set(archive, Noise))), "10000 bytes are kept", ".part", "run the same command again");
        using LocalServer sound = new(_ => archive);
        await Fetch(sound, Set(archive, Noise));
        Assert.Equal([10_000L], sound.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task A_server_that_ignores_the_range_starts_over()
    {
        byte[] archive = Archive(("made/train.bin", Noise), ("made/test.bin", Test));
        using LocalServer server = new(_ => archive, new Manners(DropAfter: number => number == 0 ? 10_000 : null, IgnoresRange: true));
        await Fetch(server, Set(archive, Noise));
        Assert.Equal([null, 10_000L], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task A_part_of_other_bytes_is_thrown_away_once_and_loaded_anew()
    {
        byte[] archive = Archive(("made/train.bin", Train), ("made/test.bin", Test));
        Directory.CreateDirectory(_folder.File("made"));
        File.WriteAllBytes(_folder.File("made/made.tar.gz.part"), [1, 2, 3]);
        using LocalServer server = new(_ => archive);
        await Fetch(server, Set(archive));
        Assert.Equal([3L, null], server.Requests.Select(request => request.From));
        RequireWhole();

        File.WriteAllBytes(_folder.File("made/made.tar.gz.part"), archive); // whole already: 416
        await Fetch(server, Set(archive));
        RequireWhole();
    }

    [Fact]
    public async Task Wrong_bytes_too_many_bytes_and_a_missing_file_leave_nothing()
    {
        byte[] archive = Archive(("made/train.bin", Train), ("made/test.bin", Test));
        byte[] wrong = [.. archive];
        wrong[^20] ^= 1;
        using (LocalServer server = new(_ => wrong))
            Says(await Assert.ThrowsAsync<InvalidDataException>(() => Fetch(server, Set(archive))), "SHA-256", "nothing was kept");
        using (LocalServer server = new(_ => [.. archive, .. new byte[100_000]]))
            Says(await Assert.ThrowsAsync<InvalidDataException>(() => Fetch(server, Set(archive))), server.Url, "found more than");
        using (LocalServer server = new(_ => null))
            Says(await Assert.ThrowsAsync<IOException>(() => Fetch(server, Set(archive))), server.Url, "404 Not Found", "--from");
        using (LocalServer server = new(_ => archive, new Manners(Status: 503)))
            Says(await Assert.ThrowsAsync<IOException>(() => Fetch(server, Set(archive))), "503");
        Assert.Empty(Directory.GetFileSystemEntries(_folder.File("made")));
    }

    public static TheoryData<string, string> Hostile { get; } = new()
    {
        { "dotdot", "stay in the archive's folder" },
        { "absolute", "stay in the archive's folder" },
        { "symlink", "plain files and folders only" },
        { "hardlink", "plain files and folders only" },
        { "fifo", "plain files and folders only" },
        { "large", "expected one train.bin of" },
        { "twice", "expected one train.bin of" },
        { "bomb", "unpacked bytes" },
        { "lacking", "found no test.bin" },
        { "content", "SHA-256" },
        { "truncated", ".part" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_hostile_archive_is_refused_whole_and_leaves_nothing(string kind, string said)
    {
        (string, byte[]) train = ("made/train.bin", Train), test = ("made/test.bin", Test);
        byte[] archive = kind switch
        {
            "dotdot" => Archive(train, test, ("made/../../escaped", [1])),
            "absolute" => Archive(train, test, (_folder.File("escaped"), [1])),
            "symlink" => Archive([train, test], new PaxTarEntry(TarEntryType.SymbolicLink, "made/link") { LinkName = "/etc/passwd" }),
            "hardlink" => Archive([train, test], new PaxTarEntry(TarEntryType.HardLink, "made/link") { LinkName = "made/train.bin" }),
            "fifo" => Archive([train, test], new PaxTarEntry(TarEntryType.Fifo, "made/pipe")),
            "large" => Archive(("made/train.bin", [.. Train, 0]), test),
            "twice" => Archive(train, train, test),
            "bomb" => Archive(("made/zeros", new byte[30 << 20]), train, test),
            "lacking" => Archive(train),
            "content" => Archive(("made/train.bin", [.. Train.Reverse()]), test),
            _ => Archive(train, test)[..2000],
        };
        using LocalServer server = new(_ => archive);
        Says(await Assert.ThrowsAsync<InvalidDataException>(() => Fetch(server, Set(archive))), said);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.File("made")));
        Assert.Equal(["made"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(_folder.Path)!, "escaped")));
    }

    [Fact]
    public async Task Single_files_are_fetched_packed_and_what_is_sound_already_is_not()
    {
        byte[] images = MadeSet.IdxImages(3), labels = MadeSet.IdxLabels(0, 1, 2);
        IdxSource set = (IdxSource)Mnist.Published with
        {
            TrainFiles = [Pinned("images", images), Pinned("labels", labels)],
            TestFiles = [],
            Remotes = [new RemoteFile("http://nowhere/images.gz", 0, ""), new RemoteFile("http://nowhere/labels.gz", 0, "")],
        };
        using LocalServer server = new(path => Packed(path == "/deep/images.gz" ? images : labels));
        DataInstallation installation = new(set, _folder.Path);
        using HttpClient client = new();
        await installation.Fetch(server.Url + "deep/", client, new Unheard(), TimeSpan.Zero, CancellationToken.None);
        await installation.Fetch(server.Url + "deep/", client, new Unheard(), TimeSpan.Zero, CancellationToken.None);
        Assert.Equal(["/deep/images.gz", "/deep/labels.gz"], server.Requests.Select(request => request.Path));
        Assert.Equal("verified", DataState.Word(DataState.Of(set, new DataFolders([_folder.Path]))));
        File.WriteAllBytes(_folder.File("made/images"), [1]);
        Assert.Equal("damaged", DataState.Word(DataState.Of(set, new DataFolders([_folder.Path]))));
    }

    [Fact]
    public void Files_are_added_from_a_folder_a_file_or_an_archive_only_when_sound()
    {
        byte[] archive = Archive(("made/train.bin", Train), ("made/test.bin", Test));
        DataInstallation installation = new(Set(archive), _folder.File("target"));
        Directory.CreateDirectory(_folder.File("from/made"));
        Says(Assert.Throws<FileNotFoundException>(() => installation.Add(_folder.File("from"), CancellationToken.None)), "found nothing of cifar10", "train.bin");
        File.WriteAllBytes(_folder.File("from/made/train.bin"), Train);
        File.WriteAllBytes(_folder.File("from/made/test.bin"), [1]);
        Says(Assert.Throws<InvalidDataException>(() => installation.Add(_folder.File("from"), CancellationToken.None)), "test.bin", "SHA-256");
        Assert.Empty(Directory.GetFileSystemEntries(installation.Folder));
        Assert.Equal(["train.bin"], installation.Add(_folder.File("from/made/train.bin"), CancellationToken.None));
        File.WriteAllBytes(_folder.File("from/made.tar.gz"), archive);
        Assert.Equal(["train.bin", "test.bin"], installation.Add(_folder.File("from/made.tar.gz"), CancellationToken.None));
        Assert.Equal(Test, File.ReadAllBytes(Path.Combine(installation.Folder, "test.bin")));
        Assert.True(File.Exists(_folder.File("from/made.tar.gz")));
    }

    /// <summary>Training records that do not compress, so that an archive has some size.</summary>
    private static byte[] Noise { get; } = Noisy();

    private static byte[] Noisy()
    {
        byte[] bytes = [.. Train];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static DataFile Pinned(string name, byte[] content) => new(name, ["made"], content.Length, ContentHash.Sha256(content));

    private static CifarSource Set(byte[] archive, byte[]? train = null) => (CifarSource)Cifar10.Published with
    {
        TrainFiles = [Pinned("train.bin", train ?? Train)],
        TestFiles = [Pinned("test.bin", Test)],
        Remotes = [new RemoteFile("http://nowhere/made.tar.gz", archive.Length, ContentHash.Sha256(archive))],
    };

    private static byte[] Archive(params (string Name, byte[] Content)[] files) => Archive(files, []);

    private static byte[] Archive((string Name, byte[] Content)[] files, params TarEntry[] more)
    {
        using MemoryStream bytes = new();
        using (GZipStream packed = new(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (TarWriter writer = new(packed))
        {
            foreach ((string name, byte[] content) in files)
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            foreach (TarEntry entry in more)
                writer.WriteEntry(entry);
        }

        return bytes.ToArray();
    }

    private static byte[] Packed(byte[] content)
    {
        using MemoryStream bytes = new();
        using (GZipStream packed = new(bytes, CompressionLevel.Fastest, leaveOpen: true))
            packed.Write(content);
        return bytes.ToArray();
    }

    private async Task<List<DownloadProgress>> Fetch(LocalServer server, ImageSource set)
    {
        Unheard progress = new();
        using HttpClient client = new();
        await new DataInstallation(set, _folder.Path)
            .Fetch(server.Url + "made.tar.gz", client, progress, TimeSpan.Zero, CancellationToken.None);
        return progress.All;
    }

    private void RequireWhole()
    {
        Assert.Equal(["test.bin", "train.bin"], Directory.GetFileSystemEntries(_folder.File("made")).Select(Path.GetFileName).Order());
        Assert.Equal(Train, File.ReadAllBytes(_folder.File("made/train.bin")));
    }

    private static void Says(Exception failure, params string[] said) =>
        Assert.All(said, text => Assert.Contains(text, failure.Message, StringComparison.Ordinal));

    private sealed class Unheard : IProgress<DownloadProgress>
    {
        public List<DownloadProgress> All { get; } = [];

        public void Report(DownloadProgress value) => All.Add(value);
    }
}
