#pragma warning disable
namespace Spectral.Core.Randomness { public sealed class RandomStream(ulong seed, string name, ulong index = 0) { public int[] Permutation(int n) => []; public int NextIndex(int n) => 0; public double NextUniform() => 0; public double NextNormal() => 0; } }
namespace Spectral.Core.Formats {
public static class CanonicalJson { public static byte[] Serialize(System.Text.Json.Nodes.JsonNode? n) => System.Text.Encoding.UTF8.GetBytes(n!.ToJsonString()); public static System.Text.Json.Nodes.JsonNode? Parse(System.ReadOnlySpan<byte> b) => System.Text.Json.Nodes.JsonNode.Parse(b); }
public static class ContentHash { public static string Sha256(System.ReadOnlySpan<byte> b) => System.Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(b)); }
}
