using Spectral.Core.Bundles;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Bundles;

/// <summary>One bundle, one archive: the same bytes always, and the same bundle back.</summary>
public sealed class BundleArchiveTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly string _bundle;

    public BundleArchiveTests() => _bundle = SampleBundle.Seal(_temporary.File("runs"));

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Another_day_another_path_and_other_rights_give_the_same_bytes()
    {
        var first = Packed(_bundle, "first.tar");
        var moved = _temporary.File("a folder of another name");
        foreach (var file in SampleBundle.Files(_bundle).Reverse())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(moved, file))!);
            File.Copy(Path.Combine(_bundle, file), Path.Combine(moved, file));
            File.SetLastWriteTimeUtc(Path.Combine(moved, file), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(Path.Combine(moved, file), UnixFileMode.UserRead);
        }

        Assert.Equal(first, Packed(moved, "second.tar"));
        Assert.Equal(first, Packed(_bundle, "third.tar"));
    }

    [Fact]
    public void Unpacking_gives_the_same_files_under_the_name_that_the_bundle_had_first()
    {
        Packed(_bundle, "a.tar");
        var bundle = BundleUnpacking.Unpack(_temporary.File("a.tar"), _temporary.File("new/folder"), Token);
        Assert.Equal(Path.GetFileName(_bundle), Path.GetFileName(bundle));
        Assert.Equal([bundle], Directory.GetFileSystemEntries(_temporary.File("new/folder")));
        Assert.Equal(SampleBundle.Files(_bundle), SampleBundle.Files(bundle));
        Assert.All(SampleBundle.Files(_bundle), file => Assert.Equal(
            File.ReadAllBytes(Path.Combine(_bundle, file)), File.ReadAllBytes(Path.Combine(bundle, file))));
    }

    [Fact]
    public void A_signature_travels_with_its_bundle()
    {
        using var key = SampleKeys.New(_temporary.File("key.pem"));
        using var mine = key.Public();
        Attestation.Sign(_bundle, key);
        Packed(_bundle, "a.tar");
        Assert.Null(Attestation.Fault(BundleUnpacking.Unpack(_temporary.File("a.tar"), _temporary.File("new"), Token), mine));
    }

    [Fact]
    public void The_longest_name_survives_the_way_there_and_back()
    {
        var identity = new BundleIdentity(
            new string('a', 200), "", SampleBundle.Identity().PlanHash, SampleBundle.Identity().NumericEnvironment, "spectral 0.1.0");
        var bundle = SampleBundle.Seal(_temporary.File("long"), identity);
        Packed(bundle, "long.tar");
        var unpacked = BundleUnpacking.Unpack(_temporary.File("long.tar"), _temporary.File("new"), Token);
        Assert.Equal(SampleBundle.Files(bundle), SampleBundle.Files(unpacked));
    }

    [Fact]
    public void What_stands_is_never_replaced()
    {
        var first = Packed(_bundle, "a.tar");
        Assert.Throws<IOException>(() => BundleArchive.Pack(_bundle, _temporary.File("a.tar"), Token));
        Assert.Equal(first, File.ReadAllBytes(_temporary.File("a.tar")));
        Assert.Throws<BundleExistsException>(
            () => BundleUnpacking.Unpack(_temporary.File("a.tar"), Path.GetDirectoryName(_bundle)!, Token));
        Assert.Equal([_bundle], Directory.GetFileSystemEntries(Path.GetDirectoryName(_bundle)!));
    }

    [Fact]
    public void Who_stops_half_way_leaves_nothing()
    {
        Packed(_bundle, "a.tar");
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(
            () => BundleArchive.Pack(_bundle, _temporary.File("out/b.tar"), stopped.Token));
        Assert.ThrowsAny<OperationCanceledException>(
            () => BundleUnpacking.Unpack(_temporary.File("a.tar"), _temporary.File("out"), stopped.Token));
        Assert.Equal(
            ["a.tar", "runs"], Directory.GetFileSystemEntries(_temporary.Path).Select(Path.GetFileName).Order());
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private byte[] Packed(string bundle, string name)
    {
        BundleArchive.Pack(bundle, _temporary.File(name), Token);
        return File.ReadAllBytes(_temporary.File(name));
    }
}
