using System.Collections.Immutable;

namespace Spectral.EndToEnd.Tests.Hostile;

/// <summary>Harm in the bag's own files.</summary>
internal static class HostileTags
{
    private static readonly string Zeros = new('0', 128);

    private static readonly ImmutableArray<string> Paths =
    [
        "../outside", "data/../../outside", "/etc/hostname", "~/outside", "~root/x", "data/~root", "data\\outside", "C:/outside",
        "\\\\server\\share", "data//twice", "data/./here", "data/..", "./data/plan.json", "data/", "data/line%0Aend", "data/line%0Dend",
        "data/%2e%2e/x", "data/%zz", "data/100%", "data/x%00y", "data/x\0y", "data/x\u001b[2J", "data/\u202etxt.npy", "file:///etc/hostname",
        "bag-info.txt", "manifest-sha512.txt", "attest/x", "data",
    ];

    /// <summary>All of them.</summary>
    public static ImmutableArray<HostileCase> All { get; } =
    [
        .. Paths.Select(path => new HostileCase($"the manifest lists '{path.Replace('\u001b', '^')}'", bundle => bundle.List(path))),
        new("a manifest line twice", bundle => bundle.Manifest(text => text[..(text.IndexOf('\n') + 1)] + text)),
        new("a path twice with two hashes", bundle => bundle.Manifest(text => text + Zeros + text[128..(text.IndexOf('\n') + 1)])),
        new("hashes in upper case", bundle => bundle.Manifest(text => text[..128].ToUpperInvariant() + text[128..])),
        new("manifest lines in another order", bundle => bundle.Manifest(text => string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Reverse().Select(line => line + "\n")))),
        new("no newline at the manifest's end", bundle => bundle.Manifest(text => text.TrimEnd('\n'))),
        new("an empty line in the manifest", bundle => bundle.Manifest(text => text + "\n")),
        new("CR LF in the manifest", bundle => bundle.Manifest(text => text.Replace("\n", "\r\n", StringComparison.Ordinal))),
        new("a tab in the manifest", bundle => bundle.Manifest(text => text.Replace("  ", "\t", StringComparison.Ordinal))),
        new("one space in the manifest", bundle => bundle.Manifest(text => text.Replace("  ", " ", StringComparison.Ordinal))),
        new("binary marks in the manifest", bundle => bundle.Manifest(text => text.Replace("  ", " *", StringComparison.Ordinal))),
        new("short hashes", bundle => bundle.Manifest(text => text[64..])),
        new("hashes that are no digits", bundle => bundle.Manifest(text => "zz" + text[2..])),
        new("a byte order mark in the manifest", bundle => bundle.Manifest(text => "\ufeff" + text)),
        new("a manifest that is not UTF-8", bundle => bundle.Manifest([0xff, 0xfe, 0])),
        new("a manifest with a zero byte", bundle => bundle.Manifest(text => text + "\0\n")),
        new("a manifest in UTF-16", bundle => bundle.Manifest(System.Text.Encoding.Unicode.GetBytes(File.ReadAllText(bundle.Locate("manifest-sha512.txt"))))),
        new("an empty manifest", bundle => bundle.Manifest([])),
        new("a manifest that leaves a file out", bundle => bundle.Manifest(text => text[(text.IndexOf('\n') + 1)..])),
        new("a manifest of 20 MB", bundle => bundle.Manifest(text => text + string.Concat(Enumerable.Repeat(Zeros + "  data/x\n", 150_000)))),
        new("a manifest line of 10 MB", bundle => bundle.Manifest(text => text + new string('a', 10_000_000) + "\n")),
        new("a manifest that is a hole of 1 TB", bundle => bundle.Hole("manifest-sha512.txt", 1L << 40)),
        new("no manifest", bundle => File.Delete(bundle.Locate("manifest-sha512.txt"))),
        new("no tag manifest", bundle => File.Delete(bundle.Locate("tagmanifest-sha512.txt"))),
        new("an empty tag manifest", bundle => bundle.TagManifest(_ => "")),
        new("a tag manifest that leaves a file out", bundle => bundle.TagManifest(text => text[(text.IndexOf('\n') + 1)..])),
        new("a tag manifest that lists the payload", bundle => bundle.TagManifest(text => text + Zeros + "  data/plan.json\n")),
        new("a tag manifest that lists itself", bundle => bundle.TagManifest(text => text + Zeros + "  tagmanifest-sha512.txt\n")),
        new("a tag manifest that leads out", bundle => bundle.TagManifest(text => text + Zeros + "  ../x\n")),
        new("an older BagIt", bundle => bundle.Tag("bagit.txt", "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"u8.ToArray())),
        new("another encoding", bundle => bundle.Tag("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n"u8.ToArray())),
        new("one more line in bagit.txt", bundle => bundle.Tag("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nX: y\n"u8.ToArray())),
        new("a bagit.txt of 10 MB", bundle => bundle.Tag("bagit.txt", new byte[10_000_000])),
        new("a size of 1 TB", bundle => bundle.EditInfo(text => Replaced(text, "Payload-Oxum", "1099511627776.9"))),
        new("a size of 2^70 bytes", bundle => bundle.EditInfo(text => Replaced(text, "Payload-Oxum", "1180591620717411303424.1"))),
        new("a negative size", bundle => bundle.EditInfo(text => Replaced(text, "Payload-Oxum", "-1.-1"))),
        new("a size with a million digits", bundle => bundle.EditInfo(text => Replaced(text, "Payload-Oxum", new string('9', 1_000_000)))),
        new("a name that leads out", bundle => bundle.EditInfo(text => Replaced(text, "External-Identifier", "../../evil"))),
        new("an empty name", bundle => bundle.EditInfo(text => Replaced(text, "External-Identifier", ""))),
        new("an escape sequence in the description", bundle => bundle.EditInfo(text => Replaced(text, "External-Description", "\u001b[2J\u001b]0;evil\a"))),
        new("another bundle version", bundle => bundle.EditInfo(text => Replaced(text, "Spectral-Bundle-Version", "2"))),
        new("a plan hash that is none", bundle => bundle.EditInfo(text => Replaced(text, "Spectral-Plan-Hash", "0"))),
        new("a content digest of another result", bundle => bundle.EditInfo(text => Replaced(text, "Spectral-Content-Digest", new string('0', 64)))),
        new("a label twice", bundle => bundle.EditInfo(text => text + "Spectral-Bundle-Version: 1\n")),
        new("a folded line", bundle => bundle.EditInfo(text => text + " more\n")),
        new("a label that is missing", bundle => bundle.EditInfo(text => text[(text.IndexOf('\n') + 1)..])),
        new("no newline at the end of bag-info.txt", bundle => bundle.EditInfo(text => text.TrimEnd('\n'))),
        new("a bag-info.txt that is not UTF-8", bundle => bundle.Tag("bag-info.txt", [0xff, 0xfe, 0])),
        new("a bag-info.txt of 20 MB", bundle => bundle.EditInfo(text => text + "X: " + new string('x', 20_000_000) + "\n")),
    ];

    private static string Replaced(string text, string label, string value) => string.Concat(text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => (line.StartsWith(label + ":", StringComparison.Ordinal) ? $"{label}: {value}" : line) + "\n"));
}
