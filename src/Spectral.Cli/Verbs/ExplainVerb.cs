using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectral.Cli.Running;
using Spectral.Core;
using Spectral.Core.Bundles;
using Spectral.Core.Caching;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Plans;

namespace Spectral.Cli.Verbs;

/// <summary><c>explain SPEC</c>: why each stage would run or be taken from the cache, with the place in the spec.</summary>
internal static class ExplainVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Argument<string> spec = SharedOptions.Spec();
        Option<string[]> set = SharedOptions.Set();
        Option<int?> threads = SharedOptions.Threads();
        Option<string> device = SharedOptions.Device();
        Option<string?> cache = SharedOptions.Cache();
        Option<string?> against = new("--against")
        {
            Description = "A bundle: say what differs from the run that made it, in place of the cache.",
            HelpName = "bundle",
        };
        Option<int?> point = SharedOptions.Point();
        Option<bool> json = SharedOptions.Json();
        return VerbCommand.Of(
            "explain",
            "Say why each stage would run or is in the cache already, with the place in the spec. Runs nothing.",
            [spec],
            [set, threads, device, cache, against, point, json],
            (parsed, cancellation) => Run(
                parsed.GetRequiredValue(spec),
                [.. SpecReading.Overrides(parsed.GetRequiredValue(set), parsed.GetValue(threads))],
                parsed.GetRequiredValue(device),
                CacheVerb.Named(parsed.GetValue(cache)),
                parsed.GetValue(against),
                parsed.GetValue(point),
                parsed.GetValue(json),
                cancellation));
    }

    private static int Run(
        string spec,
        string[] overrides,
        string device,
        StageCache cache,
        string? against,
        int? point,
        bool json,
        CancellationToken cancellation)
    {
        Compilation whole = SpecReading.Compile(spec, overrides, point, cancellation: cancellation);
        if (whole.Experiments.IsEmpty)
            return ExitCode.Usage;
        // Each point has places of its own.
        Compilation[] points = whole.Experiment is not null
            ? [whole]
            : [.. whole.Experiments.Select(found => SpecReading.Read(spec, overrides, found.Point!.Number, cancellation))];
        NumericEnvironment environment = NumericEnvironment.Read(ComputeDevice.Resolve(device));
        JsonArray all = [];
        foreach (Compilation compilation in points)
        {
            if (compilation.Experiment is not { } experiment)
                throw new IOException($"{spec} has changed while it was read; run the command again");
            StageExplanation explanation = new(experiment.Plan, Catalog.Components, environment);
            ImmutableArray<StageFate> fates = against is null ? explanation.With(cache) : Against(explanation, against);
            JsonArray stages = new([.. fates.Select(fate => (JsonNode)Json(fate, compilation))]);
            if (points.Length > 1)
            {
                all.Add((JsonNode)new JsonObject
                {
                    ["number"] = experiment.Point?.Number,
                    ["point"] = PointJson.Of(experiment.Point),
                    ["stages"] = stages,
                });
            }
            else
            {
                all = stages;
            }

            if (!json)
                Write(compilation, experiment.Point, fates, against is null ? "in the cache" : $"as in {against}");
        }

        if (json)
            Console.WriteLine(all.ToJsonString());
        return ExitCode.Ok;
    }

    private static void Write(
        Compilation compilation, SweepPoint? point, ImmutableArray<StageFate> fates, string source)
    {
        if (point is not null)
            Console.WriteLine(point.Title);
        HashSet<string> said = [];
        string? upstream = null;
        foreach (StageFate fate in fates)
        {
            Console.WriteLine($"{fate.Stage,-9} {(fate.Part.Length > 0 ? fate.Part + ": " : "")}{Text(fate, source, upstream, said)}");
            foreach (LeafDifference leaf in fate.Settings.Where(leaf => said.Add(leaf.Path)))
                Console.WriteLine($"            {Text(leaf)}{Place(compilation, leaf.Path)}");
            foreach (LeafDifference fact in fate.Facts.Where(fact => said.Add("environment." + fact.Path)))
                Console.WriteLine($"            numeric environment: {Text(fact)}");
            if (fate.Kind is FateKind.Runs or FateKind.GoesOn)
                upstream ??= fate.Stage;
        }
    }

    private static ImmutableArray<StageFate> Against(StageExplanation explanation, string path)
    {
        BundleFolder bundle = BundleReading.Open(path);
        JsonObject plan = (JsonObject)PlanTree(bundle, ResultFiles.Plan);
        JsonNode? numeric = PlanTree(bundle, "record/environment.json")["numeric"];
        return explanation.Against(bundle.Name, plan, numeric as JsonObject ?? []);
    }

    private static JsonNode PlanTree(BundleFolder bundle, string name)
    {
        try
        {
            return CanonicalJson.Parse(bundle.Payload.Read(name)) is JsonObject tree
                ? tree
                : throw new FormatException("expected an object");
        }
        catch (Exception error) when (error is FormatException or IOException)
        {
            throw new DamagedBundleException($"{bundle.Payload.Root}: {name}: {error.Message}", error);
        }
    }

    private static string Text(StageFate fate, string source, string? upstream, HashSet<string> said)
    {
        string made = fate.Made is { } at
            ? string.Create(CultureInfo.InvariantCulture, $", computed {at.ToLocalTime():yyyy-MM-dd HH:mm} by {fate.Run}")
            : "";
        bool isNews = fate.Settings.Any(leaf => !said.Contains(leaf.Path))
            || fate.Facts.Any(fact => !said.Contains("environment." + fact.Path));
        string runs = fate.Kind == FateKind.GoesOn ? "goes on where an earlier process ended" : "runs";
        return fate.Kind switch
        {
            FateKind.Always => "always runs: it reads its inputs",
            FateKind.Hit => $"{source}{made}",
            _ when !isNews && !fate.Settings.IsEmpty && upstream is not null => $"{runs}, for {upstream} does",
            _ when !isNews && !fate.Facts.IsEmpty => $"{runs}, for the same reason",
            _ when fate.Settings.IsEmpty && fate.Facts.IsEmpty => $"{runs}: nothing like it is {source}",
            _ => $"{runs}; the nearest is of {fate.Run}, and differs in",
        };
    }

    private static string Text(LeafDifference leaf) => $"{leaf.Path}: {leaf.A ?? "nothing"} -> {leaf.B ?? "nothing"}";

    /// <summary>Where a setting was written; the plan has checkpoints in another order than the spec may.</summary>
    private static SourceSpan? SpanOf(Compilation compilation, string path) => compilation.NearestPlace(
        path.StartsWith("jacobian.at.", StringComparison.Ordinal) ? "jacobian.at" : path);

    private static string Place(Compilation compilation, string path) =>
        SpanOf(compilation, path) is { } span
            ? string.Create(CultureInfo.InvariantCulture, $" ({span.Source}:{span.Line}:{span.Column})")
            : " (a default)";

    private static JsonObject Json(StageFate fate, Compilation compilation) => new()
    {
        ["stage"] = fate.Stage,
        ["part"] = fate.Part,
        ["key"] = fate.Key,
        ["fate"] = fate.Kind switch
        {
            FateKind.Always => "always",
            FateKind.Hit => "hit",
            FateKind.GoesOn => "goes on",
            _ => "runs",
        },
        ["run"] = fate.Run,
        ["made"] = fate.Made?.ToString("o", CultureInfo.InvariantCulture),
        ["settings"] = new JsonArray([.. fate.Settings.Select(leaf => (JsonNode)new JsonObject
        {
            ["path"] = leaf.Path,
            ["before"] = leaf.A,
            ["now"] = leaf.B,
            ["place"] = SpanOf(compilation, leaf.Path) is { } span
                ? new JsonObject { ["source"] = span.Source, ["line"] = span.Line, ["column"] = span.Column }
                : null,
        })]),
        ["environment"] = new JsonArray([.. fate.Facts.Select(fact => (JsonNode)new JsonObject
        {
            ["fact"] = fact.Path,
            ["before"] = fact.A,
            ["now"] = fact.B,
        })]),
    };
}
