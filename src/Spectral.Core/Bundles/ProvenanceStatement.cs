using System.Text.Json.Nodes;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// What a signature says of a bundle: an in-toto Statement v1 whose subjects are the content digest and the tag
/// manifest, through which every byte of the bundle is meant, with SLSA provenance v1 as its predicate.
/// </summary>
/// <remarks>
/// Source: https://in-toto.io/Statement/v1 and https://slsa.dev/provenance/v1. When and in which stages the run took
/// place stands in the bundle, which is signed as a whole.
/// </remarks>
/// <param name="Content">The content digest, SHA-256.</param>
/// <param name="TagManifest">The SHA-512 of <c>tagmanifest-sha512.txt</c>.</param>
/// <param name="Name">The run's name.</param>
/// <param name="PlanHash">SHA-256 of the plan.</param>
/// <param name="Software">The program that sealed the bundle, such as <c>spectral 0.1.0</c>.</param>
public sealed record ProvenanceStatement(
    string Content, string TagManifest, string Name, string PlanHash, string Software)
{
    /// <summary>What identifies the program. It has no public address yet, and the reserved name says so.</summary>
    public const string BuilderId = "https://spectral.invalid/";

    /// <summary>What identifies the kind of build: a run of a plan.</summary>
    public const string BuildType = "https://spectral.invalid/run/v1";

    private const string StatementType = "https://in-toto.io/Statement/v1";
    private const string PredicateType = "https://slsa.dev/provenance/v1";
    private const string ContentName = "content";

    /// <summary>The statement as canonical JSON.</summary>
    public byte[] ToBytes() => CanonicalJson.Serialize(new JsonObject
    {
        ["_type"] = StatementType,
        ["subject"] = new JsonArray(
            Subject(ContentName, "sha256", Content), Subject(BagLayout.TagManifest, "sha512", TagManifest)),
        ["predicateType"] = PredicateType,
        ["predicate"] = new JsonObject
        {
            ["buildDefinition"] = new JsonObject
            {
                ["buildType"] = BuildType,
                ["externalParameters"] = new JsonObject { ["name"] = Name, ["plan_hash"] = PlanHash },
            },
            ["runDetails"] = new JsonObject
            {
                ["builder"] = new JsonObject { ["id"] = BuilderId, ["version"] = Version() },
            },
        },
    });

    /// <summary>What a bundle that lies in a folder lets one state of it. Its hashes are not checked.</summary>
    /// <param name="info">The metadata of its bag.</param>
    /// <param name="tagManifest">The bytes of its tag manifest.</param>
    internal static ProvenanceStatement Of(BagInfo info, ReadOnlySpan<byte> tagManifest) => new(
        info[BagInfo.ContentDigestLabel] ?? "",
        ContentHash.Sha512(tagManifest),
        info[BagInfo.Identifier] ?? "",
        info[BagInfo.PlanHash] ?? "",
        info[BagInfo.SoftwareAgent] ?? "");

    // SLSA wants versions by component; the label holds the component and its version in one text.
    private JsonObject Version()
    {
        var space = Software.LastIndexOf(' ');
        return new JsonObject
        {
            [space < 0 ? Software : Software[..space]] = space < 0 ? "unknown" : Software[(space + 1)..],
        };
    }

    private static JsonNode Subject(string name, string algorithm, string digest) => new JsonObject
    {
        ["name"] = name,
        ["digest"] = new JsonObject { [algorithm] = digest },
    };
}
