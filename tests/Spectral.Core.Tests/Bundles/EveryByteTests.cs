using Spectral.Core.Bundles;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Bundles;

/// <summary>That a single byte, a file more, a file less or a file of another name never goes unseen.</summary>
public sealed class EveryByteTests : IDisposable
{
    private const int Sampled = 2000;

    private readonly TemporaryFolder _temporary = new();
    private readonly string _bundle;

    public EveryByteTests()
    {
        using var key = SampleKeys.New(_temporary.File("key.pem"));
        _bundle = SampleBundle.Seal(_temporary.File("runs"));
        Attestation.Sign(_bundle, key);
        Assert.Empty(BundleVerifier.Verify(_bundle));
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Two_thousand_flipped_bytes_over_all_files_are_each_found()
    {
        var places = SampleBundle.Files(_bundle)
            .Where(file => !file.StartsWith("attest/", StringComparison.Ordinal))
            .SelectMany(file => Enumerable.Range(0, (int)new FileInfo(Path.Combine(_bundle, file)).Length)
                .Select(at => (File: file, At: at)))
            .ToArray();
        var random = new Random(1906); // a fixed seed: the same places every time
        for (var i = 0; i < Sampled; i++)
        {
            var (file, at) = places[random.Next(places.Length)];
            AssertFound(file, at, (byte)(1 << random.Next(8)));
        }

        Assert.Empty(BundleVerifier.Verify(_bundle));
    }

    [Theory]
    [InlineData("bagit.txt")]
    [InlineData("bag-info.txt")]
    [InlineData("tagmanifest-sha512.txt")]
    [InlineData("manifest-sha512.txt")]
    public void Every_flipped_byte_of_a_tag_file_is_found(string file)
    {
        var length = new FileInfo(Path.Combine(_bundle, file)).Length;
        for (var at = 0; at < length; at++)
            AssertFound(file, at, (byte)(1 << at % 8));
        Assert.Empty(BundleVerifier.Verify(_bundle));
    }

    [Fact]
    public void Every_flipped_byte_of_a_signature_is_found_with_the_key()
    {
        var file = SampleBundle.Files(_bundle).Single(name => name.StartsWith("attest/", StringComparison.Ordinal));
        using var key = SigningKey.Read(_temporary.File("key.pem"));
        using var verification = key.Public();
        var sound = File.ReadAllBytes(Path.Combine(_bundle, file));
        for (var at = 0; at < sound.Length; at++)
        {
            var damaged = sound.ToArray();
            damaged[at] ^= (byte)(1 << at % 8);
            SampleBundle.Write(_bundle, file, damaged);
            Assert.True(
                !BundleVerifier.Verify(_bundle).IsEmpty || Attestation.Fault(_bundle, verification) is not null,
                $"{file}, byte {at}");
        }

        SampleBundle.Write(_bundle, file, sound);
        Assert.Null(Attestation.Fault(_bundle, verification));
    }

    [Fact]
    public void Every_file_that_is_removed_renamed_or_joined_by_another_is_found()
    {
        foreach (var file in SampleBundle.Files(_bundle))
        {
            var path = Path.Combine(_bundle, file);
            foreach (var other in (string[])[file + "x", Path.Combine(Path.GetDirectoryName(file)!, "new.bin")])
            {
                File.Move(path, Path.Combine(_bundle, other));
                Assert.NotEmpty(BundleVerifier.Verify(_bundle));
                File.Move(Path.Combine(_bundle, other), path);
                File.Copy(path, Path.Combine(_bundle, other));
                Assert.NotEmpty(BundleVerifier.Verify(_bundle));
                File.Delete(Path.Combine(_bundle, other));
            }

            // A signature is the one file that may go: the bundle is then a sound one that nobody signed.
            var bytes = File.ReadAllBytes(path);
            File.Delete(path);
            Assert.NotEmpty(BundleVerifier.Verify(_bundle));
            File.WriteAllBytes(path, bytes);
        }

        Assert.Empty(BundleVerifier.Verify(_bundle));
    }

    [Fact]
    public void Two_files_that_change_places_are_found()
    {
        var files = SampleBundle.Files(_bundle).Where(file => file.StartsWith("data/", StringComparison.Ordinal)).ToArray();
        for (var i = 1; i < files.Length; i++)
        {
            Swap(files[i - 1], files[i]);
            Assert.NotEmpty(BundleVerifier.Verify(_bundle));
            Swap(files[i - 1], files[i]);
        }

        Assert.Empty(BundleVerifier.Verify(_bundle));
    }

    private void Swap(string first, string second)
    {
        byte[] a = File.ReadAllBytes(Path.Combine(_bundle, first)), b = File.ReadAllBytes(Path.Combine(_bundle, second));
        SampleBundle.Write(_bundle, first, b);
        SampleBundle.Write(_bundle, second, a);
    }

    private void AssertFound(string file, int at, byte bits)
    {
        var path = Path.Combine(_bundle, file);
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite))
            Flip(stream, at, bits);
        Assert.False(BundleVerifier.Verify(_bundle).IsEmpty, $"{file}, byte {at}, bits {bits}");
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite))
            Flip(stream, at, bits);
    }

    private static void Flip(FileStream stream, int at, byte bits)
    {
        stream.Position = at;
        var old = stream.ReadByte();
        stream.Position = at;
        stream.WriteByte((byte)(old ^ bits));
    }
}
