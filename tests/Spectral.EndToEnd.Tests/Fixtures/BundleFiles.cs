using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Spectral.EndToEnd.Tests.Fixtures;

/// <summary>
/// A bundle as files, told from the format's description alone and with none of the product's code: copies, snapshots,
/// hashes, and a seal of its own for bundles whose results were changed.
/// </summary>
public static partial class BundleFiles
{
    /// <summary>Every file below a folder with '/' between segments, hidden ones too, in the order of the bytes.</summary>
    public static string[] Names(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Name, time of last change and SHA-256 of every file and folder below a folder: equal where nothing was touched.</summary>
    public static string[] Snapshot(string folder) =>
    [
        .. new DirectoryInfo(folder)
            .EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Prepend(new DirectoryInfo(folder))
            .Select(entry => string.Create(CultureInfo.InvariantCulture,
                $"{entry.FullName} {entry.LastWriteTimeUtc.Ticks} {(entry is FileInfo ? Sha256(entry.FullName) : "folder")}"))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Copies a bundle and gives the copy's path.</summary>
    public static string Copy(string bundle, string to)
    {
        foreach (string name in Names(bundle))
        {
            string target = Path.Combine(to, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(bundle, name), target);
        }

        return to;
    }

    /// <summary>The value of a label of <c>bag-info.txt</c>.</summary>
    public static string Info(string bundle, string label) =>
        File.ReadLines(Path.Combine(bundle, "bag-info.txt")).Single(line => line.StartsWith(label + ": ", StringComparison.Ordinal))[(label.Length + 2)..];

    /// <summary>SHA-256 of a file, lower-case hexadecimal.</summary>
    public static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    /// <summary>SHA-512 of a file, lower-case hexadecimal.</summary>
    public static string Sha512(string path) => Convert.ToHexStringLower(SHA512.HashData(File.ReadAllBytes(path)));

    /// <summary>The files that the content digest covers, without their <c>data/</c>.</summary>
    public static string[] Content(string bundle) =>
    [
        .. Names(Path.Combine(bundle, "data")).Where(name => name == "plan.json"
            || name.StartsWith("results/", StringComparison.Ordinal)
            || name.StartsWith("checkpoints/", StringComparison.Ordinal)
            || name.StartsWith("dataset/", StringComparison.Ordinal)),
    ];

    /// <summary>The content digest of the files as they are: SHA-256 over <c>{"path":"sha256",...}</c>, sorted, without spaces.</summary>
    public static string ContentDigest(string bundle) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ContentMap(bundle))));

    /// <summary>Makes every hash of a changed bundle true again; the plan may not have been changed.</summary>
    public static void Reseal(string bundle)
    {
        string digest = ContentDigest(bundle);
        File.WriteAllText(
            Path.Combine(bundle, "data", "content.json"), $$"""{"content":1,"digest":"{{digest}}","files":{{ContentMap(bundle)}}}""");
        string[] payload = [.. Names(Path.Combine(bundle, "data")).Select(name => "data/" + name)];
        long octets = payload.Sum(name => new FileInfo(Path.Combine(bundle, name)).Length);
        string info = File.ReadAllText(Path.Combine(bundle, "bag-info.txt"));
        info = DigestLine().Replace(info, "Spectral-Content-Digest: " + digest);
        info = OxumLine().Replace(info, string.Create(CultureInfo.InvariantCulture, $"Payload-Oxum: {octets}.{payload.Length}"));
        File.WriteAllText(Path.Combine(bundle, "bag-info.txt"), info);
        WriteManifest(bundle, "manifest-sha512.txt", payload);
        WriteManifest(bundle, "tagmanifest-sha512.txt", ["bag-info.txt", "bagit.txt", "manifest-sha512.txt"]);
    }

    /// <summary>Multiplies the first number of an array of float64 in a bundle's payload; the seal is broken then.</summary>
    public static void Multiply(string bundle, string name, double factor)
    {
        string path = Path.Combine(bundle, "data", name);
        byte[] bytes = File.ReadAllBytes(path);
        Span<byte> first = bytes.AsSpan(10 + bytes[8] + (256 * bytes[9]), 8);
        BinaryPrimitives.WriteDoubleLittleEndian(first, BinaryPrimitives.ReadDoubleLittleEndian(first) * factor);
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Flips one bit in the middle of a file.</summary>
    public static void FlipBit(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private static string ContentMap(string bundle) =>
        "{" + string.Join(',', Content(bundle).Select(name => $"\"{name}\":\"{Sha256(Path.Combine(bundle, "data", name))}\"")) + "}";

    private static void WriteManifest(string bundle, string manifest, string[] names) => File.WriteAllText(
        Path.Combine(bundle, manifest),
        string.Concat(names.Select(name => $"{Sha512(Path.Combine(bundle, name))}  {name}\n")));

    [GeneratedRegex("^Spectral-Content-Digest: .*$", RegexOptions.Multiline)]
    private static partial Regex DigestLine();

    [GeneratedRegex("^Payload-Oxum: .*$", RegexOptions.Multiline)]
    private static partial Regex OxumLine();
}
