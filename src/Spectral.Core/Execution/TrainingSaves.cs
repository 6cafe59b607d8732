using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Spectral.Core.Caching;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>
/// Saves a training between steps, so that another process goes on from there with the same bits: a journal of records,
/// one file of weights and the optimizer's vectors, one for each checkpoint, and the outputs of each split, which only
/// grow. A record is written when all that it speaks of is on the disk.
/// </summary>
internal sealed class TrainingSaves : IDisposable
{
    private const string JournalName = "journal", StateStem = "state-", KeptStem = "kept-";

    /// <summary>Saving takes no more than this part of the time.</summary>
    private const int LeastWorkPerSave = 20;

    private readonly WorkFolder _work;
    private readonly TrainingFiles _files;
    private readonly KeptStages _stages;
    private readonly Journal _journal;
    private readonly Dictionary<string, ReachedCheckpoint> _known = [];
    private readonly Dictionary<string, SavedFile> _keptFiles = [];
    private readonly Dictionary<string, int> _recorded = [];
    private TimeSpan _pause;
    private long _last = Stopwatch.GetTimestamp();
    private string? _state;
    private int _rows;

    /// <summary>Reads what an earlier process saved; tensors belong to the caller's dispose scope.</summary>
    /// <param name="work">The place, which this takes over.</param>
    /// <param name="files">Reads and writes weights.</param>
    /// <param name="splits">The splits' names.</param>
    /// <param name="stages">Guards against a disk that fails.</param>
    public TrainingSaves(WorkFolder work, TrainingFiles files, ImmutableArray<string> splits, KeptStages stages)
    {
        (_work, _files, _stages, _pause) = (work, files, stages, stages.SaveEvery);
        _journal = Journal.Open(PathOf(JournalName));
        SavesReader reader = new(work, files, splits);
        RestoredSaves? restored = reader.Read(_journal.Records);
        _journal.Truncate(restored?.Count ?? 0);
        foreach (string split in splits)
            _recorded[split] = restored?.Training.Outputs[split].Epochs.Length ?? 0;
        if (restored is { Training: var training })
        {
            (Last, _state, _rows) = (training, restored.State, training.Rows.Length);
            _known = new(training.Reached);
            _keptFiles = new(restored.KeptFiles);
        }

        Clean();
    }

    /// <summary>The state that was saved last; null where training begins.</summary>
    public SavedTraining? Last { get; }

    /// <summary>Whether it is time to save.</summary>
    public bool IsDue => Stopwatch.GetElapsedTime(_last) >= _pause;

    /// <summary>Saves the state between two steps. A disk that fails ends saving, not training.</summary>
    /// <param name="position">Where training stands.</param>
    /// <param name="weights">The network's weights.</param>
    /// <param name="memory">The optimizer's memory.</param>
    /// <param name="log">What training left so far.</param>
    public void Save(
        TrainingPosition position, ImmutableArray<Tensor> weights, OptimizerMemory memory, TrainingOutcome log) =>
        _stages.Guarded(() =>
        {
            long begun = Stopwatch.GetTimestamp();
            string before = _state ?? "";
            SavedFile state = WriteState(position.Step, weights, memory);
            var kept = ImmutableSortedDictionary.CreateBuilder<string, (ReachedCheckpoint, SavedFile)>(StringComparer.Ordinal);
            List<string> outdated = [];
            foreach (ReachedCheckpoint checkpoint in log.Reached.Values)
            {
                if (ReferenceEquals(_known.GetValueOrDefault(checkpoint.Name), checkpoint))
                    continue;
                if (_keptFiles.TryGetValue(checkpoint.Name, out SavedFile? old))
                    outdated.Add(old.Name);
                SavedFile file = Write(
                    Numbered(KeptStem + checkpoint.Name + "-", position.Step), _files.Bytes(checkpoint.Weights));
                kept[checkpoint.Name] = (checkpoint, file);
                (_known[checkpoint.Name], _keptFiles[checkpoint.Name]) = (checkpoint, file);
            }

            var outputs = ImmutableSortedDictionary.CreateBuilder<string, SavedOutputs>(StringComparer.Ordinal);
            foreach ((string split, RecordedOutputs recorded) in log.Outputs)
                outputs[split] = Append(split, recorded);
            _journal.Append(new SaveRecord(
                position, state, memory.Numbers, log.Rows[_rows..], outputs.ToImmutable(), kept.ToImmutable()).ToLine());
            _rows = log.Rows.Length;
            _state = state.Name;
            foreach (string name in outdated.Append(before).Where(name => name.Length > 0 && name != state.Name))
                File.Delete(PathOf(name));
            // Small tensors that a save makes come to lie between a step's large ones, and the heap grows around them.
            NativeRuntime.ReleaseFreedMemory();
            _last = Stopwatch.GetTimestamp();
            TimeSpan took = Stopwatch.GetElapsedTime(begun, _last);
            // No pause at all is a pause that somebody asked for: to see every step saved.
            _pause = _stages.SaveEvery == TimeSpan.Zero
                ? TimeSpan.Zero
                : TimeSpan.FromTicks(Math.Max(_stages.SaveEvery.Ticks, LeastWorkPerSave * took.Ticks));
        });

    /// <summary>Removes everything: training has ended and is kept elsewhere.</summary>
    public void Discard()
    {
        _journal.Dispose();
        _work.Discard();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _journal.Dispose();
        _work.Dispose();
    }

    private SavedFile WriteState(long step, ImmutableArray<Tensor> weights, OptimizerMemory memory) => Write(
        Numbered(StateStem, step),
        _files.Bytes(weights, memory.Vectors.Select(vector => CheckpointFile.Entry(SavesReader.OptimizerStem + vector.Key, vector.Value))));

    private SavedFile Write(string name, byte[] bytes)
    {
        _work.Files.Write(name, bytes);
        return new SavedFile(name, ContentHash.Sha256(bytes));
    }

    private SavedOutputs Append(string split, RecordedOutputs recorded)
    {
        int done = _recorded[split], all = recorded.Epochs.Length;
        int each = all == 0 ? 0 : recorded.Values.Length / all;
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(recorded.Values[(done * each)..]);
        using FileStream file = new(PathOf(SavesReader.OutputsOf(split)), FileMode.Append, FileAccess.Write, FileShare.Read, 0);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
        _recorded[split] = all;
        return new SavedOutputs([.. recorded.Epochs[done..]], bytes.Length, ContentHash.Sha256(bytes));
    }

    /// <summary>Removes files that no record speaks of.</summary>
    private void Clean()
    {
        foreach (string name in _work.Files.Files())
        {
            bool isOurs = name.StartsWith(StateStem, StringComparison.Ordinal)
                || name.StartsWith(KeptStem, StringComparison.Ordinal);
            if (isOurs && name != _state && !_keptFiles.Values.Any(file => file.Name == name))
                File.Delete(PathOf(name));
        }
    }

    private static string Numbered(string stem, long step) =>
        string.Create(CultureInfo.InvariantCulture, $"{stem}{step}.safetensors");

    private string PathOf(string name) => Path.Combine(_work.Files.Root, name);
}
