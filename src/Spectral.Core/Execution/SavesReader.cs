using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Spectral.Core.Caching;
using Spectral.Core.Formats;
using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>Reads what <see cref="TrainingSaves"/> wrote; what is damaged is not gone on with.</summary>
/// <param name="work">The place.</param>
/// <param name="files">Reads weights.</param>
/// <param name="splits">The splits' names.</param>
internal sealed class SavesReader(WorkFolder work, TrainingFiles files, ImmutableArray<string> splits)
{
    /// <summary>What the names of the optimizer's vectors begin with, beside those of the weights.</summary>
    public const string OptimizerStem = "optimizer/";

    /// <summary>The file of a split's outputs, binary32, record after record.</summary>
    public static string OutputsOf(string split) => $"outputs-{split}.f32";

    /// <summary>
    /// The newest record whose files are whole, with everything before it; null where there is none. Outputs behind it
    /// are cut off. Tensors belong to the caller's dispose scope.
    /// </summary>
    /// <param name="journal">The journal's records.</param>
    public RestoredSaves? Read(ImmutableArray<string> journal)
    {
        try
        {
            ImmutableArray<SaveRecord> records = [.. journal.Select(SaveRecord.Parse)];
            for (int count = records.Length; count > 0; count--)
            {
                if (IsWhole(records[count - 1].State) && Through(records[..count]) is { } restored)
                    return restored;
            }
        }
        catch (FormatException)
        {
            // Of another version, or by chance: training begins again.
        }

        foreach (string split in splits)
            File.Delete(PathOf(OutputsOf(split)));
        return null;
    }

    private RestoredSaves? Through(ImmutableArray<SaveRecord> records)
    {
        Dictionary<string, (ReachedCheckpoint Checkpoint, SavedFile File)> kept = [];
        foreach ((string name, (ReachedCheckpoint, SavedFile) one) in records.SelectMany(record => record.Kept))
            kept[name] = one;
        if (!kept.Values.All(one => IsWhole(one.File)))
            return null;
        var outputs = ImmutableDictionary.CreateBuilder<string, RecordedOutputs>();
        foreach (string split in splits)
        {
            if (Outputs(split, [.. records.Select(record => record.Outputs[split])]) is not { } found)
                return null;
            outputs[split] = found;
        }

        SaveRecord last = records[^1];
        byte[] state = work.Files.Read(last.State.Name);
        return new RestoredSaves(
            new SavedTraining(
                last.Position,
                files.Weights(state),
                new OptimizerMemory(files.Others(state, OptimizerStem), last.Numbers),
                [.. records.SelectMany(record => record.Rows)],
                kept.ToImmutableDictionary(
                    one => one.Key,
                    one => one.Value.Checkpoint with { Weights = files.Weights(work.Files.Read(one.Value.File.Name)) }),
                outputs.ToImmutable()),
            records.Length,
            last.State.Name,
            kept.ToImmutableDictionary(one => one.Key, one => one.Value.File));
    }

    private RecordedOutputs? Outputs(string split, ImmutableArray<SavedOutputs> stretches)
    {
        string path = PathOf(OutputsOf(split));
        RecordedOutputs outputs = new();
        if (!File.Exists(path))
            return stretches.All(stretch => stretch.Bytes == 0) ? outputs : null;
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite);
        foreach (SavedOutputs stretch in stretches)
        {
            byte[] bytes = new byte[Math.Min(stretch.Bytes, file.Length - file.Position)];
            file.ReadExactly(bytes);
            if (ContentHash.Sha256(bytes) != stretch.Sha256)
                return null;
            outputs.Add(stretch.Epochs.AsSpan(), MemoryMarshal.Cast<byte, float>(bytes));
        }

        file.SetLength(file.Position);
        return outputs;
    }

    private bool IsWhole(SavedFile file) =>
        work.Files.Contains(file.Name) && ContentHash.Sha256(work.Files.Read(file.Name)) == file.Sha256;

    private string PathOf(string name) => Path.Combine(work.Files.Root, name);
}

/// <summary>A training that was read back.</summary>
/// <param name="Training">The training.</param>
/// <param name="Count">How many of the journal's records it comes from.</param>
/// <param name="State">The file of its weights.</param>
/// <param name="KeptFiles">The file of each checkpoint.</param>
internal sealed record RestoredSaves(
    SavedTraining Training, int Count, string State, ImmutableDictionary<string, SavedFile> KeptFiles);
