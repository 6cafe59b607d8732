using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Spectral.EndToEnd.Tests.Fixtures;

namespace Spectral.EndToEnd.Tests.Hostile;

/// <summary>Harm in <c>attest/</c>, which no manifest lists.</summary>
internal static class HostileSignatures
{
    private static readonly string Id = new('a', 64);

    /// <summary>All of them.</summary>
    public static ImmutableArray<HostileCase> All { get; } =
    [
        new("a file of another name in attest", bundle => bundle.Put("attest/readme.txt", "x")),
        new("a signature named in upper case", bundle => Envelope(bundle, Id.ToUpperInvariant(), _ => _)),
        new("a signature with a short name", bundle => Envelope(bundle, "abc", text => text)),
        new("a folder in attest", bundle => bundle.Put($"attest/more/{Id}.dsse.json", "{}")),
        new("a file named attest", bundle => bundle.Put("attest", "x")),
        new("a temporary file in attest", bundle => bundle.Put("attest/.spectral-1.tmp", "x")),
        new("an empty signature file", bundle => bundle.Put($"attest/{Id}.dsse.json", "")),
        new("a signature file that is no JSON", bundle => bundle.Put($"attest/{Id}.dsse.json", "rubbish")),
        new("a signature file that is a list", bundle => bundle.Put($"attest/{Id}.dsse.json", "[]")),
        new("a signature file nested deeply", bundle => bundle.Put($"attest/{Id}.dsse.json", new string('[', 60_000))),
        new("a signature file of 70 kB", bundle => Envelope(bundle, Id, text => text + new string(' ', 70_000))),
        new("a signature file of 20 MB", bundle => bundle.Put($"attest/{Id}.dsse.json", new byte[20_000_000])),
        new("a signature over rubbish", bundle => Envelope(bundle, Id, text => text, "rubbish")),
        new("a signature over another statement", bundle => Envelope(bundle, Id, text => text, """{"_type":"https://in-toto.io/Statement/v1","subject":[]}""")),
        new("a signature under another key's name", bundle => Envelope(bundle, Id, text => text.Replace(Id, new string('b', 64), StringComparison.Ordinal))),
        new("a signature without a keyid", bundle => Envelope(bundle, Id, text => text.Replace("\"keyid\":\"" + Id + "\",", "", StringComparison.Ordinal))),
        new("two signatures in one file", bundle => Envelope(bundle, Id, text => text.Replace("\"signatures\":[", "\"signatures\":[{\"keyid\":\"" + Id + "\",\"sig\":\"AA==\"},", StringComparison.Ordinal))),
        new("a file without signatures", bundle => bundle.Put($"attest/{Id}.dsse.json", """{"payload":"AA==","payloadType":"application/vnd.in-toto+json","signatures":[]}""")),
        new("another type of payload", bundle => Envelope(bundle, Id, text => text.Replace("vnd.in-toto+json", "json", StringComparison.Ordinal))),
        new("a payload that is no base64", bundle => bundle.Put($"attest/{Id}.dsse.json", $$"""{"payload":"%%%","payloadType":"application/vnd.in-toto+json","signatures":[{"keyid":"{{Id}}","sig":"AA=="}]}""")),
        new("a key twice in the signature file", bundle => Envelope(bundle, Id, text => "{\"payload\":\"AA==\"," + text[1..])),
        new("a signature that is the bundle of another name", Other),
    ];

    /// <summary>The statement of a sound signature, taken from a bundle that was signed, with another name in it.</summary>
    private static void Other(BundleForgery bundle)
    {
        string manifest = BundleFiles.Sha512(bundle.Locate("tagmanifest-sha512.txt"));
        string digest = BundleFiles.Info(bundle.Root, "Spectral-Content-Digest"), plan = BundleFiles.Info(bundle.Root, "Spectral-Plan-Hash");
        const string form = """
            {"_type":"https://in-toto.io/Statement/v1","predicate":{"buildDefinition":{"buildType":"https://spectral.invalid/run/v1","externalParameters":{"name":"another","plan_hash":"PLAN"}},"runDetails":{"builder":{"id":"https://spectral.invalid/","version":{"spectral":"0.1.0"}}}},"predicateType":"https://slsa.dev/provenance/v1","subject":[{"digest":{"sha256":"CONTENT"},"name":"content"},{"digest":{"sha512":"TAGS"},"name":"tagmanifest-sha512.txt"}]}
            """;
        Envelope(bundle, Id, text => text, form
            .Replace("PLAN", plan, StringComparison.Ordinal)
            .Replace("CONTENT", digest, StringComparison.Ordinal)
            .Replace("TAGS", manifest, StringComparison.Ordinal));
    }

    private static void Envelope(BundleForgery bundle, string id, Func<string, string> edit, string payload = "{}")
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] bytes = Encoding.UTF8.GetBytes(payload);
        string signature = Convert.ToBase64String(key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        bundle.Put(
            $"attest/{id}.dsse.json",
            edit($$"""{"payload":"{{Convert.ToBase64String(bytes)}}","payloadType":"application/vnd.in-toto+json","signatures":[{"keyid":"{{id}}","sig":"{{signature}}"}]}"""));
    }
}
