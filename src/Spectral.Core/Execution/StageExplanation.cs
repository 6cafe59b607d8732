using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Spectral.Core.Caching;
using Spectral.Core.Components;
using Spectral.Core.Formats;
using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>
/// Why each stage of a plan would run or be taken from the cache: what differs from the nearest result that there is. A
/// setting matters to a stage exactly where giving it the other value changes the stage's key.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="catalog">What components there are.</param>
/// <param name="environment">This machine's numeric environment.</param>
public sealed class StageExplanation(RunPlan plan, ComponentCatalog catalog, NumericEnvironment environment)
{
    /// <summary>Entries that are looked at in full to find the nearest.</summary>
    private const int Candidates = 200;

    private readonly JsonObject _plan = PlanJson.Write(plan, catalog);

    /// <summary>What a run would do with a cache.</summary>
    /// <param name="cache">The cache.</param>
    public ImmutableArray<StageFate> With(StageCache cache)
    {
        ILookup<(string, string), CacheHeader> known = cache.Entries()
            .OrderByDescending(entry => entry.LastUsed)
            .Select(entry => entry.Header)
            .ToLookup(header => (header.Stage, header.Part));
        return
        [
            new StageFate(Stages.Data, "", "", FateKind.Always),
            .. Keyed().Select(stage =>
            {
                string key = KeptStages.KeyIn(environment, stage.KeyOf(plan));
                StageFate fate = new(stage.Name, stage.Part, key, FateKind.Runs);
                if (cache.Find(key)?.Header is { } same)
                    return fate with { Kind = FateKind.Hit, Run = same.Run, Made = same.Finished };
                StageFate run = fate with { Kind = cache.HasWork(key) ? FateKind.GoesOn : FateKind.Runs };
                return known[(stage.Name, stage.Part)]
                    .Take(Candidates)
                    .OrderBy(header => Different(LeafDifference.Of(header.Plan, _plan)).Length)
                    .FirstOrDefault() is { } nearest
                    ? Compared(run, stage, nearest.Plan, nearest.Environment) with { Run = nearest.Run, Made = nearest.Finished }
                    : run;
            }),
        ];
    }

    /// <summary>What differs from a run that another plan and environment made.</summary>
    /// <param name="run">The run's name.</param>
    /// <param name="earlier">Its plan.</param>
    /// <param name="itsEnvironment">Its numeric environment.</param>
    public ImmutableArray<StageFate> Against(string run, JsonObject earlier, JsonObject itsEnvironment) =>
    [
        new StageFate(Stages.Data, "", "", FateKind.Always),
        .. Keyed().Select(stage =>
        {
            StageFate fate = Compared(
                new StageFate(stage.Name, stage.Part, KeptStages.KeyIn(environment, stage.KeyOf(plan)), FateKind.Runs),
                stage,
                earlier,
                itsEnvironment);
            return fate with
            {
                Run = run,
                Kind = fate.Settings.IsEmpty && fate.Facts.IsEmpty ? FateKind.Hit : FateKind.Runs,
            };
        }),
    ];

    private StageFate Compared(StageFate fate, KeyedStage stage, JsonObject earlier, JsonObject itsEnvironment) => fate with
    {
        Settings = [.. Different(LeafDifference.Of(earlier, _plan)).Where(leaf => Matters(stage, leaf, earlier))],
        Facts = Different(LeafDifference.Of(itsEnvironment, environment.ToJson())),
    };

    /// <summary>Whether the stage's key would be another with the earlier value, or there would be no plan.</summary>
    private bool Matters(KeyedStage stage, LeafDifference leaf, JsonObject earlier)
    {
        JsonObject mixed = (JsonObject)_plan.DeepClone();
        // A component of another kind comes as a whole, and so does a list of another length.
        string path = SharedPath(mixed, earlier, leaf.Path);
        Set(mixed, path, At(earlier, path)?.DeepClone());
        try
        {
            return stage.KeyOf(PlanJson.Parse(CanonicalJson.Serialize(mixed), catalog)) != stage.KeyOf(plan);
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException)
        {
            return true;
        }
    }

    private static ImmutableArray<LeafDifference> Different(ImmutableArray<LeafDifference> leaves) =>
        [.. leaves.Where(leaf => !leaf.IsSame)];

    /// <summary>The longest part of a path whose parent has the same keys, or as many items, on both sides.</summary>
    private static string SharedPath(JsonObject one, JsonObject other, string path)
    {
        string[] parts = path.Split('.');
        JsonNode? a = one, b = other;
        for (int length = 0; length < parts.Length; length++)
        {
            bool isSameShape = (a, b) switch
            {
                (JsonObject left, JsonObject right) =>
                    length == 0 || left.Select(key => key.Key).ToHashSet().SetEquals(right.Select(key => key.Key)),
                (JsonArray left, JsonArray right) => left.Count == right.Count,
                _ => false,
            };
            if (!isSameShape)
                return string.Join('.', parts[..length]);
            (a, b) = (Child(a, parts[length]), Child(b, parts[length]));
        }

        return path;
    }

    private static JsonNode? At(JsonNode? tree, string path) => path.Split('.').Aggregate(tree, Child);

    private static JsonNode? Child(JsonNode? node, string key) => node switch
    {
        JsonObject keys => keys[key],
        JsonArray items when int.TryParse(key, out int index) && index < items.Count => items[index],
        _ => null,
    };

    private static void Set(JsonObject tree, string path, JsonNode? value)
    {
        int last = path.LastIndexOf('.');
        string key = path[(last + 1)..];
        switch (last < 0 ? tree : At(tree, path[..last]))
        {
            case JsonObject keys when value is null:
                keys.Remove(key);
                break;
            case JsonObject keys:
                keys[key] = value;
                break;
            case JsonArray items when int.TryParse(key, out int index) && index < items.Count:
                items[index] = value;
                break;
        }
    }

    private IEnumerable<KeyedStage> Keyed() =>
    [
        new KeyedStage(Stages.Training, "", of => Key(of, Stages.Training)),
        .. plan.Jacobian.At.SelectMany(checkpoint => plan.Jacobian.Splits.Select(split => new KeyedStage(
            Stages.Spectrum,
            $"{checkpoint.Name}, {split}",
            of => StageKeys.OfSpectrum(of, catalog, checkpoint.Name, split)))),
        new KeyedStage(Stages.Analyses, "", of => Key(of, Stages.Analyses)),
    ];

    private string Key(RunPlan of, string name) => StageKeys.Of(of, catalog).Single(stage => stage.Stage == name).Key;

    private sealed record KeyedStage(string Name, string Part, Func<RunPlan, string> KeyOf);
}
