using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// The provenance of a bundle as an RO-Crate 1.1 whose root is the payload, with the Process Run Crate profile 0.5:
/// every file an entity, every stage a <c>CreateAction</c> from the files it used to the files it made.
/// </summary>
/// <remarks>Source: https://w3id.org/ro/crate/1.1 and https://w3id.org/ro/wfrun/process/0.5.</remarks>
public static class RoCrate
{
    private const string Specification = "https://w3id.org/ro/crate/1.1";
    private const string Profile = "https://w3id.org/ro/wfrun/process/0.5";
    private const string RootId = "./";
    private const string AgentId = "#agent";
    private const string EnvironmentId = "#numeric-environment";

    /// <summary>The whole of <c>ro-crate-metadata.json</c>, as canonical JSON.</summary>
    /// <param name="identity">What the bundle is of.</param>
    /// <param name="record">When, in which stages and by whom.</param>
    /// <param name="payload">The payload with all its other files.</param>
    /// <exception cref="ArgumentException">
    /// A stage names a path that the payload lacks, or the software's URL is not an absolute http or https URL.
    /// </exception>
    /// <exception cref="IOException">The payload cannot be read.</exception>
    public static byte[] Serialize(BundleIdentity identity, BundleRecord record, ArtifactFolder payload)
    {
        if (!IsWebUrl(record.SoftwareUrl))
            throw new ArgumentException(
                $"found the software URL '{record.SoftwareUrl}', expected http or https", nameof(record));
        var files = payload.Files().Where(path => path != BagLayout.Crate).ToImmutableArray();
        var license = License(record.License);
        var actions = record.Stages
            .Select((stage, index) => Action(stage, index, record, files))
            .OfType<JsonObject>()
            .ToImmutableArray();
        return CanonicalJson.Serialize(new JsonObject
        {
            ["@context"] = new JsonArray($"{Specification}/context", "https://w3id.org/ro/terms/workflow-run/context"),
            ["@graph"] = new JsonArray(
            [
                Descriptor(),
                Root(identity, record, license, files, actions),
                new JsonObject
                {
                    ["@id"] = Profile,
                    ["@type"] = "CreativeWork",
                    ["name"] = "Process Run Crate",
                    ["version"] = "0.5",
                },
                license,
                new JsonObject { ["@id"] = AgentId, ["@type"] = "Person", ["name"] = record.Agent },
                Software(identity, record),
                new JsonObject
                {
                    ["@id"] = EnvironmentId,
                    ["@type"] = "PropertyValue",
                    ["name"] = "SHA-256 of the numeric environment",
                    ["value"] = identity.NumericEnvironment,
                },
                .. actions,
                .. files.Select(path => FileEntity(path, payload)),
            ]),
        });
    }

    /// <summary>The identifier of a payload's file: its path as a relative URI.</summary>
    internal static string FileId(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static JsonObject Descriptor() => new()
    {
        ["@id"] = BagLayout.Crate,
        ["@type"] = "CreativeWork",
        ["about"] = Reference(RootId),
        ["conformsTo"] = Reference(Specification),
    };

    private static JsonObject Root(
        BundleIdentity identity, BundleRecord record, JsonObject license,
        ImmutableArray<string> files, ImmutableArray<JsonObject> actions) => new()
        {
            ["@id"] = RootId,
            ["@type"] = "Dataset",
            ["name"] = identity.Name,
            // The specification demands one, and an author need not write any.
            ["description"] = string.IsNullOrWhiteSpace(identity.Description)
                ? $"The run {identity.Name} of {identity.Software}" : identity.Description,
            ["datePublished"] = Time(record.Finished),
            ["license"] = Reference((string)license["@id"]!),
            ["conformsTo"] = Reference(Profile),
            ["hasPart"] = References(files.Select(FileId)),
            ["mentions"] = References(actions.Select(action => (string)action["@id"]!)),
        };

    private static JsonObject License(string license)
    {
        var text = license.Trim();
        if (IsWebUrl(text))
            return Entity(text, text, $"The terms at {text}");
        return text.Length > 0
            ? Entity("#license", text, $"These results may be used under the terms of {text}.")
            : Entity("#license", "No license given", "Nobody granted a license; ask whoever made this before reuse.");

        static JsonObject Entity(string id, string name, string description) => new()
        {
            ["@id"] = id,
            ["@type"] = "CreativeWork",
            ["name"] = name,
            ["description"] = description,
        };
    }

    private static JsonObject Software(BundleIdentity identity, BundleRecord record)
    {
        var space = identity.Software.LastIndexOf(' ');
        return new JsonObject
        {
            ["@id"] = record.SoftwareUrl,
            ["@type"] = "SoftwareApplication",
            ["name"] = space < 0 ? identity.Software : identity.Software[..space],
            ["softwareVersion"] = space < 0 ? "unknown" : identity.Software[(space + 1)..],
            ["url"] = record.SoftwareUrl,
        };
    }

    private static JsonObject? Action(StageRecord stage, int index, BundleRecord record, ImmutableArray<string> files)
    {
        var made = Expand(stage, stage.Makes, files);
        var used = Expand(stage, stage.Uses, files);
        if (made.IsEmpty)
            return null; // a CreateAction that created nothing is none
        return new JsonObject
        {
            ["@id"] = string.Create(CultureInfo.InvariantCulture, $"#stage-{index + 1}"),
            ["@type"] = "CreateAction",
            ["name"] = stage.Name,
            ["description"] = stage.Description,
            ["startTime"] = Time(stage.Start),
            ["endTime"] = Time(stage.End),
            ["agent"] = Reference(AgentId),
            ["instrument"] = Reference(record.SoftwareUrl),
            ["environment"] = References([EnvironmentId]),
            ["object"] = References(used.Select(FileId)),
            ["result"] = References(made.Select(FileId)),
            // A plain string: the profile's shapes refuse the reference that schema.org would have.
            ["actionStatus"] = "http://schema.org/CompletedActionStatus",
        };
    }

    private static ImmutableArray<string> Expand(
        StageRecord stage, ImmutableArray<string> paths, ImmutableArray<string> files) =>
    [
        .. paths.SelectMany(path => files.Where(file => Matches(file, path)) is var found && found.Any()
            ? found
            : throw new ArgumentException(
                $"stage '{stage.Name}' names '{path}', which the payload lacks", nameof(stage)))
            .Distinct(),
    ];

    private static bool Matches(string file, string path) =>
        path.EndsWith('/') ? file.StartsWith(path, StringComparison.Ordinal) : file == path;

    private static JsonObject FileEntity(string path, ArtifactFolder payload) => new()
    {
        ["@id"] = FileId(path),
        ["@type"] = "File",
        ["name"] = path,
        ["encodingFormat"] = MediaTypes.Of(path),
        ["contentSize"] = new FileInfo(Path.Combine(payload.Root, path)).Length.ToString(CultureInfo.InvariantCulture),
    };

    // The profile's shapes accept neither 'Z' nor more than milliseconds.
    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+00:00'", CultureInfo.InvariantCulture);

    private static JsonObject Reference(string id) => new() { ["@id"] = id };

    private static JsonArray References(IEnumerable<string> ids) => new([.. ids.Select(Reference)]);

    private static bool IsWebUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);
}
