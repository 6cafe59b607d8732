using System.Text;
using Spectral.Core.Formats;
using Xunit;

namespace Spectral.Core.Tests.Formats;

/// <summary>The vectors are those of FIPS 180-4's examples.</summary>
public sealed class ContentHashTests
{
    private const string Abc256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private const string Abc512 = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";

    [Fact]
    public void The_digests_of_abc_are_the_published_ones()
    {
        Assert.Equal(Abc256, ContentHash.Sha256("abc"u8));
        Assert.Equal(Abc512, ContentHash.Sha512("abc"u8));
    }

    [Fact]
    public void The_digest_of_nothing_is_the_published_one() =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", ContentHash.Sha256([]));

    [Fact]
    public void A_file_has_the_digest_of_its_bytes()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("abc");
        File.WriteAllText(path, "abc", new UTF8Encoding(false));
        Assert.Equal(Abc256, ContentHash.Sha256OfFile(path));
        Assert.Equal(Abc512, ContentHash.Sha512OfFile(path));
    }

    [Fact]
    public void A_missing_file_has_no_digest()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<FileNotFoundException>(() => ContentHash.Sha256OfFile(folder.File("missing")));
        Assert.Throws<FileNotFoundException>(() => ContentHash.Sha512OfFile(folder.File("missing")));
    }
}
