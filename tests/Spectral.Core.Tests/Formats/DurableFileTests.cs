using Spectral.Core.Formats;
using Xunit;

namespace Spectral.Core.Tests.Formats;

/// <summary>What a durable write leaves behind, in success and in failure.</summary>
public sealed class DurableFileTests
{
    [Fact]
    public void A_file_is_written_whole_and_nothing_else_is_left()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.bin");
        DurableFile.Write(path, [1, 2, 3]);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void An_older_file_is_replaced()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.bin");
        DurableFile.Write(path, [1, 2, 3]);
        DurableFile.Write(path, []);
        Assert.Empty(File.ReadAllBytes(path));
    }

    [Fact]
    public void A_reader_of_the_old_file_keeps_the_old_bytes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "an open file cannot be replaced on Windows");
        using var folder = new TemporaryFolder();
        var path = folder.File("a.bin");
        DurableFile.Write(path, [1, 2, 3]);
        using var reader = File.OpenRead(path);
        DurableFile.Write(path, [9]);
        Assert.Equal(1, reader.ReadByte());
        Assert.Equal(3, reader.Length);
    }

    [Fact]
    public void Missing_parent_folders_are_created()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x/y/z/a.bin");
        DurableFile.Write(path, [7]);
        Assert.Equal([7], File.ReadAllBytes(path));
    }

    [Fact]
    public void A_name_as_long_as_names_can_be_is_written()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File(new string('n', 255));
        DurableFile.Write(path, [7]);
        Assert.True(File.Exists(path));
    }

    [Fact]
    public void A_write_that_fails_leaves_no_temporary_file()
    {
        using var folder = new TemporaryFolder();
        var occupied = folder.File("occupied");
        Directory.CreateDirectory(Path.Combine(occupied, "child"));
        var error = Record.Exception(() => DurableFile.Write(occupied, [1]));
        Assert.True(error is IOException or UnauthorizedAccessException, $"got {error}");
        Assert.Equal([occupied], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_parent_that_is_a_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        DurableFile.Write(folder.File("a"), [1]);
        Assert.ThrowsAny<IOException>(() => DurableFile.Write(folder.File("a/b"), [1]));
        Assert.Equal([1], File.ReadAllBytes(folder.File("a")));
    }

    [Fact]
    public void A_folder_is_synchronised_and_a_missing_one_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such call");
        using var folder = new TemporaryFolder();
        Assert.Null(Record.Exception(() => DurableFile.SyncFolder(folder.Path)));
        var missing = folder.File("missing-ä");
        var error = Assert.Throws<IOException>(() => DurableFile.SyncFolder(missing));
        Assert.Contains(missing, error.Message, StringComparison.Ordinal);
    }
}
