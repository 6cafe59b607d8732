using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Spectral.Core.Formats;
using Spectral.Core.Results;

namespace Spectral.Core.Execution;

/// <summary>One line of a training's journal: where it stood, and what is new since the line before.</summary>
/// <param name="Position">Where it stood.</param>
/// <param name="State">The file of weights and of the optimizer's vectors.</param>
/// <param name="Numbers">The optimizer's numbers.</param>
/// <param name="Rows">New rows of training.</param>
/// <param name="Outputs">New outputs of each split.</param>
/// <param name="Kept">New checkpoints, without weights, and the files that hold these.</param>
internal sealed record SaveRecord(
    TrainingPosition Position,
    SavedFile State,
    ImmutableSortedDictionary<string, double> Numbers,
    ImmutableArray<TrainingRow> Rows,
    ImmutableSortedDictionary<string, SavedOutputs> Outputs,
    ImmutableSortedDictionary<string, (ReachedCheckpoint Checkpoint, SavedFile File)> Kept)
{
    /// <summary>The record as one line of canonical JSON.</summary>
    public string ToLine() => Encoding.UTF8.GetString(CanonicalJson.Serialize(new JsonObject
    {
        ["epoch"] = Position.Epoch,
        ["start"] = Position.Start,
        ["step"] = Position.Step,
        ["time"] = Position.Time,
        ["sums"] = Convert.ToBase64String(MemoryMarshal.AsBytes(Position.Sums.AsSpan())),
        ["state"] = State.ToJson(),
        ["numbers"] = Object(Numbers, number => (JsonNode)number),
        ["rows"] = Encoding.UTF8.GetString(ResultTables.Write(Rows).ToBytes()),
        ["outputs"] = Object(Outputs, outputs => outputs.ToJson()),
        ["kept"] = Object(Kept, kept =>
        {
            JsonObject json = TrainingFiles.ToJson(kept.Checkpoint);
            json["file"] = kept.File.ToJson();
            return json;
        }),
    }));

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static SaveRecord Parse(string line)
    {
        JsonNode json = CanonicalJson.Parse(Encoding.UTF8.GetBytes(line)) ?? throw new FormatException("an empty line");
        double[] sums = [.. MemoryMarshal.Cast<byte, double>(Convert.FromBase64String(json["sums"]!.GetValue<string>()))];
        return new SaveRecord(
            new TrainingPosition(
                (int)Integer(json["epoch"]), (int)Integer(json["start"]), Integer(json["step"]), Real(json["time"]), [.. sums]),
            SavedFile.FromJson(json["state"]!),
            Entries(json["numbers"], Real),
            TrainingFiles.RowsOf(json["rows"]),
            Entries(json["outputs"], node => SavedOutputs.FromJson(node!)),
            json["kept"]!.AsObject().ToImmutableSortedDictionary(
                one => one.Key,
                one => (TrainingFiles.FromJson(one.Key, one.Value!, []), SavedFile.FromJson(one.Value!["file"]!))));
    }

    /// <summary>A whole number.</summary>
    internal static long Integer(JsonNode? node) => long.Parse(node!.ToJsonString(), CultureInfo.InvariantCulture);

    private static double Real(JsonNode? node) => double.Parse(node!.ToJsonString(), CultureInfo.InvariantCulture);

    private static JsonObject Object<T>(ImmutableSortedDictionary<string, T> entries, Func<T, JsonNode> write) =>
        new(entries.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)write(entry.Value))));

    private static ImmutableSortedDictionary<string, T> Entries<T>(JsonNode? json, Func<JsonNode?, T> read) =>
        json!.AsObject().ToImmutableSortedDictionary(entry => entry.Key, entry => read(entry.Value));
}

/// <summary>A file beside a journal, with its digest.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
internal sealed record SavedFile(string Name, string Sha256)
{
    /// <summary>As JSON.</summary>
    public JsonObject ToJson() => new() { ["name"] = Name, ["sha256"] = Sha256 };

    /// <summary>From JSON.</summary>
    public static SavedFile FromJson(JsonNode json) =>
        new(json["name"]!.GetValue<string>(), json["sha256"]!.GetValue<string>());
}

/// <summary>A stretch of a split's file of outputs.</summary>
/// <param name="Epochs">The epochs that it holds.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
internal sealed record SavedOutputs(ImmutableArray<long> Epochs, long Bytes, string Sha256)
{
    /// <summary>As JSON.</summary>
    public JsonObject ToJson() => new()
    {
        ["epochs"] = new JsonArray([.. Epochs.Select(epoch => (JsonNode)epoch)]),
        ["bytes"] = Bytes,
        ["sha256"] = Sha256,
    };

    /// <summary>From JSON.</summary>
    public static SavedOutputs FromJson(JsonNode json) => new(
        [.. json["epochs"]!.AsArray().Select(SaveRecord.Integer)],
        SaveRecord.Integer(json["bytes"]),
        json["sha256"]!.GetValue<string>());
}
