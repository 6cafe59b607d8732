using System.Text.Json.Nodes;
using Spectral.Core.Caching;
using Spectral.Core.Formats;
using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>
/// One run's dealings with the cache. A cache that fails never fails the run: it is told of once, and the run goes on
/// without. Without a store nothing is found and nothing is kept.
/// </summary>
/// <param name="store">The cache; null for none.</param>
/// <param name="experiment">The run.</param>
/// <param name="progress">Told what came from the cache, and what went wrong with it.</param>
internal sealed class KeptStages(StageStore? store, Experiment experiment, IProgress<RunEvent> progress)
{
    private readonly JsonObject _plan = PlanJson.Write(experiment.Plan, Catalog.Components);
    private readonly List<CacheHeader> _restored = [];
    private readonly HashSet<string> _computed = [];
    private StageStore? _store = store;

    /// <summary>How long work may go on before it is kept; endless without a cache.</summary>
    public TimeSpan SaveEvery => _store?.SaveEvery ?? Timeout.InfiniteTimeSpan;

    /// <summary>The cache's key of a stage's key: the same plan elsewhere is another computation.</summary>
    public static string KeyIn(NumericEnvironment environment, string stageKey) =>
        ContentHash.Sha256(CanonicalJson.Serialize(
            new JsonObject { ["stage"] = stageKey, ["environment"] = environment.Hash }));

    /// <summary>What is read from the cache, or null.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="stageKey">Its key by the plan.</param>
    /// <param name="read">Reads the entry.</param>
    public T? Read<T>(string stage, string stageKey, Func<ArtifactFolder, T> read)
        where T : class
    {
        if (_store is not { } open)
            return null;
        CacheHeader? header = null;
        T? found = open.Cache.Read(
            KeyIn(open.Environment, stageKey),
            entry =>
            {
                header = entry.Header;
                return read(entry.Files);
            },
            message => progress.Report(new RunWarning(message)));
        if (found is null)
        {
            _computed.Add(stage);
            return null;
        }

        // A process that died between keeping its results and clearing up.
        if (open.Cache.HasWork(header!.Key))
            Guarded(() => open.Cache.DiscardWork(header.Key));
        _restored.Add(header);
        progress.Report(new StageRestored(stage, header.Part, header.Finished));
        return found;
    }

    /// <summary>When a stage was computed; null where this run computed any of it, or keeps none of it.</summary>
    /// <param name="stage">The stage's name.</param>
    public StageTiming? Earlier(string stage)
    {
        CacheHeader[] parts = [.. _restored.Where(header => header.Stage == stage)];
        return _computed.Contains(stage) || parts.Length == 0
            ? null
            : new StageTiming(stage, parts.Min(part => part.Started), parts.Max(part => part.Finished), IsRestored: true);
    }

    /// <summary>Keeps a finished stage.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="part">Which part of it; empty for the whole.</param>
    /// <param name="stageKey">Its key by the plan.</param>
    /// <param name="started">When it began.</param>
    /// <param name="write">Writes its files.</param>
    public void Keep(
        string stage, string part, string stageKey, DateTimeOffset started, Action<ArtifactFolder> write) =>
        Guarded<object>(open =>
        {
            open.Cache.Keep(
                new CacheHeader(
                    stage,
                    KeyIn(open.Environment, stageKey),
                    part,
                    experiment.Name,
                    _plan,
                    open.Environment.ToJson(),
                    started,
                    DateTimeOffset.UtcNow),
                write);
            return null;
        });

    /// <summary>A place for unfinished work; null without a cache, or where another process does the same work.</summary>
    /// <param name="stageKey">Its key by the plan.</param>
    public WorkFolder? Work(string stageKey) =>
        Guarded(open => open.Cache.Work(KeyIn(open.Environment, stageKey)));

    /// <summary>Does something with the cache; where that fails, the run has no cache from then on.</summary>
    public void Guarded(Action work) => Guarded<object>(_ =>
    {
        work();
        return null;
    });

    private T? Guarded<T>(Func<StageStore, T?> work)
        where T : class
    {
        if (_store is not { } open)
            return null;
        try
        {
            return work(open);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _store = null;
            progress.Report(new RunWarning(
                $"the cache {open.Cache.Root} cannot be written, and the run goes on without it: {error.Message}"));
            return null;
        }
    }
}
