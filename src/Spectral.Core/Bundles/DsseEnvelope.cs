using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// A payload with one signature: the Dead Simple Signing Envelope, version 1, in the one spelling that we write.
/// </summary>
/// <remarks>Source: github.com/secure-systems-lab/dsse, protocol.md and envelope.md.</remarks>
/// <param name="Payload">The bytes that are signed, a statement.</param>
/// <param name="KeyId">Names the key: no secret, and no proof.</param>
/// <param name="Signature">ECDSA in DER over <see cref="SignedBytes"/>.</param>
internal sealed record DsseEnvelope(ImmutableArray<byte> Payload, string KeyId, ImmutableArray<byte> Signature)
{
    private const string PayloadType = "application/vnd.in-toto+json";

    /// <summary>Signs a payload.</summary>
    public static DsseEnvelope Sign(byte[] payload, SigningKey key) =>
        new([.. payload], key.Id, [.. key.Sign(SignedBytes(payload))]);

    /// <summary>Whether a key made the signature.</summary>
    public bool IsSignedBy(VerificationKey key) => key.Verifies(SignedBytes(Payload.AsSpan()), Signature.AsSpan());

    /// <summary>The whole file, canonical JSON.</summary>
    public byte[] ToBytes() => CanonicalJson.Serialize(new JsonObject
    {
        ["payloadType"] = PayloadType,
        ["payload"] = Convert.ToBase64String(Payload.AsSpan()),
        ["signatures"] = new JsonArray((JsonNode)new JsonObject
        {
            ["keyid"] = KeyId,
            ["sig"] = Convert.ToBase64String(Signature.AsSpan()),
        }),
    });

    /// <summary>Reads a file from a source that is not trusted; the signature is not checked.</summary>
    /// <exception cref="FormatException">It is not an envelope with one signature in our spelling.</exception>
    public static DsseEnvelope Parse(ReadOnlySpan<byte> utf8)
    {
        if (CanonicalJson.Parse(utf8) is not JsonObject { Count: 3 } root
            || Text(root["payloadType"]) != PayloadType
            || Bytes(root["payload"]) is not { } payload
            || root["signatures"] is not JsonArray { Count: 1 } signatures
            || signatures[0] is not JsonObject { Count: 2 } signature
            || Text(signature["keyid"]) is not { } keyId || !Hex.IsSha256(keyId)
            || Bytes(signature["sig"]) is not { Length: > 0 } bytes)
            throw new FormatException(
                $"found no DSSE envelope of the type {PayloadType} with exactly one signature and its keyid");
        var envelope = new DsseEnvelope([.. payload], keyId, [.. bytes]);
        return envelope.ToBytes().AsSpan().SequenceEqual(utf8)
            ? envelope
            : throw new FormatException("found an envelope in another spelling than canonical JSON (RFC 8785)");
    }

    // DSSE's pre-authentication encoding: no two pairs of type and payload have the same bytes.
    private static byte[] SignedBytes(ReadOnlySpan<byte> payload) =>
    [
        .. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"DSSEv1 {PayloadType.Length} {PayloadType} {payload.Length} ")),
        .. payload,
    ];

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static byte[]? Bytes(JsonNode? node)
    {
        if (Text(node) is not { } text)
            return null;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count) ? bytes[..count] : null;
    }
}
