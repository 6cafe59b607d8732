using Spectral.Core.Formats;
using Xunit;

namespace Spectral.Core.Tests.Formats;

/// <summary>Which names lead to a file in the folder, and that none leads out of it.</summary>
public sealed class ArtifactFolderTests
{
    [Fact]
    public void What_is_written_can_be_read()
    {
        using var temporary = new TemporaryFolder();
        var folder = new ArtifactFolder(temporary.File("bundle"));
        Assert.False(folder.Contains("data/a.npy"));
        folder.Write("data/a.npy", [1, 2]);
        Assert.True(folder.Contains("data/a.npy"));
        Assert.False(folder.Contains("data"));
        Assert.Equal([1, 2], folder.Read("data/a.npy"));
        Assert.Equal([1, 2], File.ReadAllBytes(temporary.File("bundle/data/a.npy")));
    }

    [Fact]
    public void A_missing_file_cannot_be_read()
    {
        using var temporary = new TemporaryFolder();
        var folder = new ArtifactFolder(temporary.Path);
        Assert.Throws<FileNotFoundException>(() => folder.Read("a"));
    }

    [Fact]
    public void Files_are_listed_at_every_depth_in_the_order_of_their_bytes()
    {
        using var temporary = new TemporaryFolder();
        var folder = new ArtifactFolder(temporary.Path);
        string[] sorted = [".keep", "A", "a-b", "a/.hidden", "a/b/c", "a/z", "a0", "\ufb33", "\ud83d\ude00"];
        foreach (var name in sorted.Reverse())
            folder.Write(name, []);
        Directory.CreateDirectory(temporary.File("empty"));
        Assert.Equal(sorted, folder.Files());
    }

    [Fact]
    public void A_folder_that_does_not_exist_holds_no_files()
    {
        using var temporary = new TemporaryFolder();
        Assert.Empty(new ArtifactFolder(temporary.File("missing")).Files());
    }

    [Fact]
    public void A_relative_root_is_resolved_at_once() =>
        Assert.Equal(Path.Combine(Environment.CurrentDirectory, "somewhere"), new ArtifactFolder("somewhere").Root);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("C:/x", "absolute")]
    [InlineData("c:x", "absolute")]
    [InlineData("..", "'..'")]
    [InlineData("../x", "'..'")]
    [InlineData("a/../../x", "'..'")]
    [InlineData("a/..", "'..'")]
    [InlineData(".", "'.'")]
    [InlineData("./a", "'.'")]
    [InlineData("a//b", "segment is empty")]
    [InlineData("a/", "segment is empty")]
    [InlineData("a\\b", "backslash")]
    [InlineData("~/x", "'~'")]
    [InlineData("~root", "'~'")]
    [InlineData("a\0b", "control character")]
    [InlineData("a\nb", "control character")]
    [InlineData("a\u007fb", "control character")]
    public void A_name_that_could_lead_elsewhere_is_refused(string name, string message)
    {
        using var temporary = new TemporaryFolder();
        var folder = new ArtifactFolder(temporary.File("root"));
        Action[] uses = [() => folder.Write(name, [1]), () => folder.Read(name), () => folder.Contains(name)];
        foreach (var use in uses)
            Assert.Contains(message, Assert.Throws<ArgumentException>(use).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(temporary.Path));
    }

    [Theory]
    [InlineData("a~")]
    [InlineData("..a")]
    [InlineData("a...b/c d")]
    [InlineData("data/:x")]
    public void A_name_that_only_looks_odd_is_accepted(string name) => Assert.Null(ArtifactName.Fault(name));

    [Fact]
    public void A_symbolic_link_is_named_and_never_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege on Windows");
        const StringComparison ordinal = StringComparison.Ordinal;
        using var temporary = new TemporaryFolder();
        Directory.CreateDirectory(temporary.File("outside"));
        File.WriteAllText(temporary.File("outside/secret"), "secret");
        var folder = new ArtifactFolder(temporary.File("root"));
        folder.Write("plain", [1]);

        Directory.CreateSymbolicLink(temporary.File("root/out"), temporary.File("outside"));
        Assert.Contains("'out'", Assert.Throws<IOException>(() => folder.Files()).Message, ordinal);
        Assert.Throws<IOException>(() => folder.Read("out/secret"));
        Assert.Throws<IOException>(() => folder.Contains("out/secret"));
        Assert.Throws<IOException>(() => folder.Write("out/new", [1]));
        Assert.False(File.Exists(temporary.File("outside/new")));

        Directory.Delete(temporary.File("root/out"));
        File.CreateSymbolicLink(temporary.File("root/dangling"), temporary.File("nowhere"));
        Assert.Contains("'dangling'", Assert.Throws<IOException>(() => folder.Files()).Message, ordinal);
        Assert.Throws<IOException>(() => folder.Contains("dangling"));
    }

    [Fact]
    public void A_file_whose_name_is_refused_is_not_listed_but_reported()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names");
        using var temporary = new TemporaryFolder();
        File.WriteAllText(temporary.File("a\\b"), "");
        var error = Assert.Throws<IOException>(() => new ArtifactFolder(temporary.Path).Files());
        Assert.Contains("backslash", error.Message, StringComparison.Ordinal);
    }
}
