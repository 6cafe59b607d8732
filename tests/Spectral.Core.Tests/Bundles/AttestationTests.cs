using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Spectral.Core.Bundles;
using Spectral.Core.Formats;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Bundles;

/// <summary>Signatures: what they say, whom they convince, and what breaks them.</summary>
public sealed class AttestationTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly SigningKey _key;
    private readonly string _bundle;

    public AttestationTests()
    {
        _key = SampleKeys.New(_temporary.File("key.pem"));
        _bundle = SampleBundle.Seal(_temporary.File("runs"));
    }

    public void Dispose()
    {
        _key.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public void A_signed_bundle_is_sound_and_its_key_and_no_other_covers_it()
    {
        using var other = SampleKeys.New(_temporary.File("other.pem"));
        using VerificationKey mine = _key.Public(), theirs = VerificationKey.Read(_temporary.File("other.pem.pub"));
        Assert.NotNull(Attestation.Fault(_bundle, mine));
        var path = Attestation.Sign(_bundle, _key);
        Assert.Equal($"attest/{_key.Id}.dsse.json", path);
        Assert.Equal([_bundle], Directory.GetFileSystemEntries(Path.GetDirectoryName(_bundle)!));
        Assert.Empty(BundleVerifier.Verify(_bundle));
        Assert.Null(Attestation.Fault(_bundle, mine));
        Assert.NotNull(Attestation.Fault(_bundle, theirs));
        Attestation.Sign(_bundle, other);
        Assert.Empty(BundleVerifier.Verify(_bundle));
        Assert.Null(Attestation.Fault(_bundle, theirs));
        Assert.Equal(new[] { _key.Id, other.Id }.Order(StringComparer.Ordinal), Attestation.KeyIds(_bundle));
    }

    [Fact]
    public void A_draft_is_sealed_with_its_signature()
    {
        using var draft = BundleDraft.Open(_temporary.File("signed"), SampleBundle.Identity());
        SampleBundle.Fill(draft.Payload);
        var bundle = draft.Seal(SampleBundle.Record(), _key);
        using var mine = _key.Public();
        Assert.Empty(BundleVerifier.Verify(bundle));
        Assert.Null(Attestation.Fault(bundle, mine));
        Assert.Equal([bundle], Directory.GetFileSystemEntries(_temporary.File("signed")));
    }

    [Fact]
    public void The_key_identifier_is_the_hash_of_the_public_half_in_DER()
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(_temporary.File("key.pem.pub")));
        Assert.Equal(ContentHash.Sha256(key.ExportSubjectPublicKeyInfo()), _key.Id);
    }

    [Fact]
    public void The_statement_names_the_content_digest_and_the_tag_manifest()
    {
        var envelope = Envelope(Attestation.Sign(_bundle, _key));
        Assert.Equal("application/vnd.in-toto+json", (string)envelope["payloadType"]!);
        var payload = Convert.FromBase64String((string)envelope["payload"]!);
        var statement = CanonicalJson.Parse(payload)!;
        Assert.Equal(payload, CanonicalJson.Serialize(statement));
        Assert.Equal("https://in-toto.io/Statement/v1", (string)statement["_type"]!);
        Assert.Equal("https://slsa.dev/provenance/v1", (string)statement["predicateType"]!);
        Assert.Equal(BundleFolder.Open(_bundle).ContentDigest, (string)statement["subject"]![0]!["digest"]!["sha256"]!);
        Assert.Equal(
            ContentHash.Sha512OfFile(Path.Combine(_bundle, "tagmanifest-sha512.txt")),
            (string)statement["subject"]![1]!["digest"]!["sha512"]!);
        var predicate = statement["predicate"]!;
        Assert.NotEmpty((string)predicate["buildDefinition"]!["buildType"]!);
        Assert.Equal(
            ContentHash.Sha256(SampleBundle.Plan),
            (string)predicate["buildDefinition"]!["externalParameters"]!["plan_hash"]!);
        Assert.NotEmpty((string)predicate["runDetails"]!["builder"]!["id"]!);
    }

    [Fact]
    public void A_signature_of_another_bundle_is_reported_though_the_key_is_right()
    {
        var other = SampleBundle.Seal(_temporary.File("others"), SampleBundle.Identity(environment: "f"));
        var path = Attestation.Sign(other, _key);
        Directory.CreateDirectory(Path.Combine(_bundle, "attest"));
        File.Copy(Path.Combine(other, path), Path.Combine(_bundle, path));
        Assert.Equal(path, Assert.Single(BundleVerifier.Verify(_bundle)).Path);
        using var mine = _key.Public();
        Assert.NotNull(Attestation.Fault(_bundle, mine));
    }

    [Fact]
    public void A_bundle_that_was_edited_and_sealed_anew_is_no_longer_what_was_signed()
    {
        var path = Attestation.Sign(_bundle, _key);
        SampleBundle.Write(_bundle, "data/spec.yaml", "spectral: 1\nseed: 2\n"u8.ToArray());
        SampleBundle.CoverTraces(_bundle);
        Assert.Equal(path, Assert.Single(BundleVerifier.Verify(_bundle)).Path);
    }

    [Fact]
    public void A_signature_by_a_key_under_the_name_of_another_is_seen_with_the_key_alone()
    {
        using var other = SampleKeys.New(_temporary.File("other.pem"));
        var envelope = Envelope(Attestation.Sign(_bundle, other));
        Directory.Delete(Path.Combine(_bundle, "attest"), recursive: true);
        envelope["signatures"]![0]!["keyid"] = _key.Id;
        Directory.CreateDirectory(Path.Combine(_bundle, "attest"));
        SampleBundle.Write(_bundle, $"attest/{_key.Id}.dsse.json", CanonicalJson.Serialize(envelope));
        Assert.Empty(BundleVerifier.Verify(_bundle));
        using var mine = _key.Public();
        Assert.NotNull(Attestation.Fault(_bundle, mine));
    }

    private JsonObject Envelope(string path) =>
        CanonicalJson.Parse(File.ReadAllBytes(Path.Combine(_bundle, path)))!.AsObject();
}
