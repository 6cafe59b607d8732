using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Spectral.EndToEnd.Tests.Fixtures;

namespace Spectral.EndToEnd.Tests.Hostile;

/// <summary>Harm in JSON: of the record, the digest, the crate and the plan; all hashes fit.</summary>
internal static class HostileJson
{
    private static readonly ImmutableArray<(string Name, byte[] Bytes)> Documents =
    [
        ("empty", []),
        ("100,000 arrays deep", Encoding.UTF8.GetBytes(new string('[', 100_000))),
        ("100,000 objects deep", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 100_000)))),
        ("with a key twice", "{\"a\":1,\"a\":2}"u8.ToArray()),
        ("with a number of a million digits", Encoding.UTF8.GetBytes($"{{\"a\":{new string('9', 1_000_000)}}}")),
        ("with a number beyond doubles", "{\"a\":1e999}"u8.ToArray()),
        ("with NaN", "{\"a\":NaN}"u8.ToArray()),
        ("with half a surrogate pair", "{\"a\":\"\\ud800\"}"u8.ToArray()),
        ("with a comment", "{/* x */}"u8.ToArray()),
        ("with a comma too many", "{\"a\":1,}"u8.ToArray()),
        ("with a byte order mark", [0xef, 0xbb, 0xbf, .. "{}"u8]),
        ("with two values", "{}{}"u8.ToArray()),
        ("that is not UTF-8", [.. "{\"a\":\""u8, 0xff, .. "\"}"u8]),
        ("that is cut short", "{\"a\":"u8.ToArray()),
        ("of 17 MB", Encoding.UTF8.GetBytes($"{{\"a\":\"{new string('x', 17 << 20)}\"}}")),
    ];

    private static readonly ImmutableArray<string> Files =
        ["data/overrides.json", "data/dataset/facts.json", "data/record/environment.json", "data/ro-crate-metadata.json"];

    /// <summary>Edits of the plan: a text, and what takes its place.</summary>
    private static readonly ImmutableArray<(string Name, string Pattern, string Replacement)> Plans =
    [
        ("data of an unknown kind", "\"digits\"", "\"evil\""),
        ("a network of an unknown kind", "\"mlp\"", "\"evil\""),
        ("a cutoff of an unknown kind", "\"cutoff\":\\{\"rank\"", "\"cutoff\":{\"evil\""),
        ("an analysis of an unknown kind", "\"label_alignment\"", "\"evil\""),
        ("2^40 training examples", "\"train\":30", "\"train\":1099511627776"),
        ("2^31 hidden units", "\"hidden\":\\[4\\]", "\"hidden\":[2147483648]"),
        ("10^30 epochs", "\"epochs\":4", "\"epochs\":1e+30"),
        ("2^31 threads", "\"threads\":1", "\"threads\":2147483648"),
        ("a rank of 0", "\"cutoff\":\\{\"rank\":\\{\"rank\":5", "\"cutoff\":{\"rank\":{\"rank\":0"),
        ("a negative batch", "\"batch_size\":10", "\"batch_size\":-10"),
        ("half a batch", "\"batch_size\":10", "\"batch_size\":0.5"),
        ("a batch in words", "\"batch_size\":10", "\"batch_size\":\"10\""),
        ("no batch", "\"batch_size\":10,", ""),
        ("a key too many", "\"batch_size\":10", "\"batch_size\":10,\"bbb\":1"),
        ("another version", "\"plan\":1", "\"plan\":2"),
        ("a split that leads out", "\"test\"", "\"../../evil\""),
        ("a split with an escape sequence", "\"test\"", "\"\\u001b[2J\""),
        ("two kinds at once", "\"threads\":1", "\"threads\":1,\"threads\":2"),
        ("spaces", "\"threads\":1", "\"threads\": 1"),
        ("another spelling of a number", "\"threads\":1", "\"threads\":1.0"),
    ];

    /// <summary>All of them.</summary>
    public static ImmutableArray<HostileCase> All { get; } =
    [
        .. Files.SelectMany(file => Documents.Select(row =>
            new HostileCase($"{file} {row.Name}", bundle => bundle.PutAndSeal(file, row.Bytes)))),
        .. Documents.Select(row => new HostileCase($"a digest {row.Name}", bundle => Content(bundle, row.Bytes))),
        .. Documents.Select(row => new HostileCase($"a plan {row.Name}", bundle => Plan(bundle, row.Bytes))),
        .. Plans.Select(row => new HostileCase($"a plan with {row.Name}", bundle => bundle.Plan(
            text => Regex.Replace(text, row.Pattern, row.Replacement.Replace("$", "$$", StringComparison.Ordinal))))),
        new("a plan of 6 MB", bundle => bundle.Plan(text => text[..^1] + ",\"x\":\"" + new string('x', 6 << 20) + "\"}")),
        new("a digest that names a file outside", bundle => Content(bundle, "{\"content\":1,\"digest\":\"0\",\"files\":{\"../x\":\"0\"}}"u8.ToArray())),
        new("a crate without a graph", bundle => bundle.PutAndSeal("data/ro-crate-metadata.json", "{\"@graph\":{}}")),
        new("a crate that names a file outside", bundle => Crate(bundle, "\"@id\":\"spec.yaml\"", "\"@id\":\"../../etc/passwd\"")),
        new("a crate that names a URL", bundle => Crate(bundle, "\"@id\":\"spec.yaml\"", "\"@id\":\"file:///etc/passwd\"")),
    ];

    private static void Plan(BundleForgery bundle, byte[] bytes) => bundle.Plan(text => Encoding.Latin1.GetString(bytes) is var other && other != text ? other : text + " ");

    // The manifests are made to fit; the digest's own label cannot be.
    private static void Content(BundleForgery bundle, byte[] bytes)
    {
        bundle.Put("data/content.json", bytes);
        string hash = BundleFiles.Sha512(bundle.Locate("data/content.json"));
        bundle.Manifest(text => Regex.Replace(text, "[0-9a-f]{128}(  data/content.json\n)", hash + "$1"));
    }

    private static void Crate(BundleForgery bundle, string text, string replacement) => bundle.PutAndSeal(
        "data/ro-crate-metadata.json",
        File.ReadAllText(bundle.Locate("data/ro-crate-metadata.json")).Replace(text, replacement, StringComparison.Ordinal));
}
