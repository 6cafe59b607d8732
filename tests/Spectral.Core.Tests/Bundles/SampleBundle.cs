using System.Collections.Immutable;
using System.Text;
using Spectral.Core.Bundles;
using Spectral.Core.Formats;

namespace Spectral.Core.Tests.Bundles;

/// <summary>A small bundle with a file of every kind, and the means to damage it and to cover the traces.</summary>
internal static class SampleBundle
{
    public static readonly byte[] Plan = """{"plan":1,"seed":{"root":1}}"""u8.ToArray();

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 23, 30, 0, TimeSpan.FromHours(-2));

    public static BundleIdentity Identity(string description = "A test\r\nof bundles", string environment = "e") => new(
        "sample", description, ContentHash.Sha256(Plan), ContentHash.Sha256(Encoding.UTF8.GetBytes(environment)),
        "spectral 0.1.0");

    public static BundleRecord Record() => new(
        Start, Start.AddMinutes(5),
        [
            new StageRecord("data", "Loads the data.", Start, Start.AddSeconds(1), ["plan.json"], ["dataset/"]),
            new StageRecord("train", "Trains.", Start, Start.AddMinutes(2),
                ["plan.json", "dataset/"], ["checkpoints/final.safetensors", "results/training.csv"]),
            new StageRecord("measure", "Measures.", Start, Start.AddMinutes(5),
                ["checkpoints/final.safetensors"],
                ["results/final/train/singular_values.npy", "results/measurements.csv"]),
            new StageRecord("nothing", "Makes nothing.", Start, Start, [], []),
        ],
        "CC-BY-4.0", "Ada Lovelace", "https://example.org/spectral");

    /// <summary>The payload before sealing.</summary>
    public static void Fill(ArtifactFolder payload)
    {
        payload.Write("plan.json", Plan);
        payload.Write("spec.yaml", "spectral: 1\n"u8);
        payload.Write("overrides.json", "{}"u8);
        payload.Write("results/training.csv", "epoch,split,loss\n0,train,0.5\n1,train,0.25\n"u8);
        payload.Write("results/measurements.csv",
            "quantity,spectrum_at,split,value\ntrust_floor,final,train,1E-12\nalignment,final,train,0.75\n"u8);
        payload.Write("results/final/train/singular_values.npy", NpyArray.Of([4.0, 2.0, 1.0, double.NaN], 4).ToBytes());
        payload.Write("results/final/train/left_vectors.npy", NpyArray.Of([1.0, 0, 0, 1, 0, 0], 3, 2).ToBytes());
        payload.Write("results/outputs/train.npy", NpyArray.Of([1f, 2f, -4f], 1, 3).ToBytes());
        payload.Write("checkpoints/final.safetensors", Weights(1f, 2f));
        payload.Write("dataset/labels.npy", NpyArray.Of([1L, 0L, 2L], 3).ToBytes());
        payload.Write("dataset/empty file.txt", []);
        payload.Write("report/report 100% \u00fc.html", "<html></html>"u8);
        payload.Write("record/environment.json", "{}"u8);
    }

    public static byte[] Weights(params ReadOnlySpan<float> values) => Safetensors.Serialize(
        [new SafetensorsTensor("w", "F32", [values.Length], NpyArray.Of(values, values.Length).Data)]);

    /// <summary>Seals a sample in a folder and gives its path.</summary>
    public static string Seal(string outFolder, BundleIdentity? identity = null)
    {
        using var draft = BundleDraft.Open(outFolder, identity ?? Identity());
        Fill(draft.Payload);
        return draft.Seal(Record());
    }

    /// <summary>Every file of a bundle, from its root.</summary>
    public static ImmutableArray<string> Files(string bundle) => new ArtifactFolder(bundle).Files();

    /// <summary>
    /// Writes manifests and size anew, so that only what lies deeper can tell that the payload was edited.
    /// </summary>
    public static void CoverTraces(string bundle)
    {
        var files = Files(bundle).Where(path => path.StartsWith("data/", StringComparison.Ordinal)).ToList();
        Write(bundle, "manifest-sha512.txt", Manifest(bundle, files));
        var octets = files.Sum(path => new FileInfo(Path.Combine(bundle, path)).Length);
        EditInfo(bundle, "Payload-Oxum", $"{octets}.{files.Count}");
    }

    /// <summary>Gives a label of bag-info.txt another value, and the tag manifest its hash.</summary>
    public static void EditInfo(string bundle, string label, string value)
    {
        var lines = File.ReadAllLines(Path.Combine(bundle, "bag-info.txt"))
            .Select(line => line.StartsWith(label + ":", StringComparison.Ordinal) ? $"{label}: {value}" : line);
        WriteTag(bundle, "bag-info.txt", string.Concat(lines.Select(line => line + "\n")));
    }

    /// <summary>Writes a tag file, and its hash into the tag manifest.</summary>
    public static void WriteTag(string bundle, string name, string text)
    {
        Write(bundle, name, Encoding.UTF8.GetBytes(text));
        Write(bundle, "tagmanifest-sha512.txt", Manifest(bundle, ["bag-info.txt", "bagit.txt", "manifest-sha512.txt"]));
    }

    /// <summary>Writes a file of a bundle.</summary>
    public static void Write(string bundle, string path, byte[] bytes) =>
        File.WriteAllBytes(Path.Combine(bundle, path), bytes);

    private static byte[] Manifest(string bundle, IEnumerable<string> paths)
    {
        var entries = paths.Select(
            path => new ManifestEntry(ContentHash.Sha512OfFile(Path.Combine(bundle, path)), path));
        return new BagManifest([.. entries]).ToBytes();
    }
}
