using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Spectral.Core.Formats;
using Spectral.Core.Results;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>What training left, as files, and back with the same bits.</summary>
/// <param name="layout">The network.</param>
/// <param name="type">The element type of training.</param>
/// <param name="device">Where weights live.</param>
internal sealed class TrainingFiles(NetworkLayout layout, ScalarType type, Device device)
{
    private const string Facts = "training.json", Rows = "rows.csv", Initial = "initial.safetensors";

    /// <summary>Writes everything.</summary>
    /// <param name="files">Where to.</param>
    /// <param name="outcome">A training that ended.</param>
    public void Write(ArtifactFolder files, TrainingOutcome outcome)
    {
        files.Write(Rows, ResultTables.Write(outcome.Rows).ToBytes());
        files.Write(Initial, Bytes(outcome.InitialWeights));
        JsonObject reached = [];
        foreach (ReachedCheckpoint checkpoint in outcome.Reached.Values)
        {
            reached[checkpoint.Name] = ToJson(checkpoint);
            files.Write(PathOf(checkpoint.Name), Bytes(checkpoint.Weights));
        }

        foreach ((string split, RecordedOutputs outputs) in outcome.Outputs)
        {
            files.Write($"outputs/{split}-epochs.npy", NpyArray.Of(outputs.Epochs, outputs.Epochs.Length).ToBytes());
            files.Write($"outputs/{split}.npy", NpyArray.Of(outputs.Values, outputs.Values.Length).ToBytes());
        }

        files.Write(Facts, CanonicalJson.Serialize(new JsonObject
        {
            ["end"] = new JsonObject
            {
                ["epoch"] = outcome.End.Epoch,
                ["step"] = outcome.End.Step,
                ["reason"] = outcome.End.Reason.ToString(),
            },
            ["reached"] = reached,
            ["splits"] = new JsonArray([.. outcome.Outputs.Keys.Order().Select(split => (JsonNode)split)]),
        }));
    }

    /// <summary>Reads everything; tensors belong to the caller's dispose scope.</summary>
    /// <exception cref="FormatException">The files are not this network's training.</exception>
    public TrainingOutcome Read(ArtifactFolder files)
    {
        JsonObject facts = CanonicalJson.Parse(files.Read(Facts)) as JsonObject
            ?? throw new FormatException($"{Facts} holds no object");
        JsonNode end = facts["end"]!;
        return new TrainingOutcome(
            ResultTables.ReadTraining(CsvTable.Parse(files.Read(Rows))),
            CheckpointFile.Parse(files.Read(Initial), layout, type, device),
            facts["reached"]!.AsObject().ToImmutableDictionary(
                one => one.Key, one => FromJson(one.Key, one.Value!, Weights(files.Read(PathOf(one.Key))))),
            facts["splits"]!.AsArray().Select(split => split!.GetValue<string>()).ToImmutableDictionary(
                split => split,
                split => RecordedOutputs.Of(
                    NpyArray.Parse(files.Read($"outputs/{split}-epochs.npy")).ToLongs(),
                    NpyArray.Parse(files.Read($"outputs/{split}.npy")).ToFloats())),
            new TrainingEnd(
                Integer(end["epoch"]),
                long.Parse(end["step"]!.ToJsonString(), CultureInfo.InvariantCulture),
                Enum.Parse<EndReason>(end["reason"]!.GetValue<string>())));
    }

    /// <summary>A checkpoint without its weights.</summary>
    public static JsonObject ToJson(ReachedCheckpoint checkpoint) => new()
    {
        ["epoch"] = checkpoint.Epoch,
        ["rows"] = Encoding.UTF8.GetString(ResultTables.Write(checkpoint.Rows).ToBytes()),
    };

    /// <summary>A checkpoint from <see cref="ToJson"/>.</summary>
    public static ReachedCheckpoint FromJson(string name, JsonNode json, ImmutableArray<Tensor> weights) =>
        new(name, Integer(json["epoch"]), RowsOf(json["rows"]), weights);

    /// <summary>Rows of training from their text.</summary>
    public static ImmutableArray<TrainingRow> RowsOf(JsonNode? text) =>
        ResultTables.ReadTraining(CsvTable.Parse(Encoding.UTF8.GetBytes(text!.GetValue<string>())));

    /// <summary>The weights of a file; of the caller's dispose scope.</summary>
    /// <exception cref="FormatException">They are not this network's.</exception>
    public ImmutableArray<Tensor> Weights(byte[] file) => CheckpointFile.Parse(file, layout, type, device);

    /// <summary>A file of weights, with other tensors beside them.</summary>
    public byte[] Bytes(ImmutableArray<Tensor> weights, params IEnumerable<SafetensorsTensor> others) =>
        Safetensors.Serialize(layout.Parameters
            .Zip(weights, (parameter, weight) => CheckpointFile.Entry(parameter.Name, weight))
            .Concat(others));

    /// <summary>The other tensors of a file, by their names behind a stem; of the caller's dispose scope.</summary>
    /// <exception cref="FormatException">The file is damaged.</exception>
    public ImmutableSortedDictionary<string, Tensor> Others(byte[] file, string stem) => Safetensors.Parse(file)
        .Where(tensor => tensor.Name.StartsWith(stem, StringComparison.Ordinal))
        .ToImmutableSortedDictionary(
            tensor => tensor.Name[stem.Length..], tensor => CheckpointFile.ToTensor(tensor, type, device));

    private static int Integer(JsonNode? node) => int.Parse(node!.ToJsonString(), CultureInfo.InvariantCulture);

    private static string PathOf(string checkpoint) => $"checkpoints/{checkpoint}.safetensors";
}
