using System.Collections.Immutable;

namespace Spectral.EndToEnd.Tests.Hostile;

/// <summary>Harm by what lies in the folder: links, pipes, devices, holes, names.</summary>
internal static class HostileFiles
{
    private const string Array = "data/results/final/train/singular_values.npy";

    /// <summary>All of them; none can be told by content alone.</summary>
    public static ImmutableArray<HostileCase> All { get; } =
    [
        new("a link in place of a file, to the same bytes", bundle => bundle.Link("data/spec.yaml")),
        new("a link in place of the plan", bundle => bundle.Link("data/plan.json")),
        new("a link in place of bag-info.txt", bundle => bundle.Link("bag-info.txt")),
        new("a link in place of a folder", bundle => bundle.Link("data/results")),
        new("a link in place of data", bundle => bundle.Link("data")),
        new("a link to a file of the system", bundle => bundle.Link(Array, "/etc/hostname")),
        new("a link to the root of the system", bundle => bundle.Link("data/results/root", "/")),
        new("a link to the folder above", bundle => bundle.Link("data/up", "..")),
        new("a link to itself", bundle => bundle.Link(Array, "singular_values.npy")),
        new("a link that leads nowhere", bundle => bundle.Link(Array, "/nowhere/at/all")),
        new("a link to an endless device", bundle => bundle.Link("data/plan.json", "/dev/zero")),
        new("a link in place of attest", bundle => bundle.Link("attest", "/etc")),
        new("a pipe in place of an array", bundle => bundle.Pipe(Array)),
        new("a pipe in place of the plan", bundle => bundle.Pipe("data/plan.json")),
        new("a pipe in place of the measurements", bundle => bundle.Pipe("data/results/measurements.csv")),
        new("a pipe in place of bag-info.txt", bundle => bundle.Pipe("bag-info.txt")),
        new("a pipe in place of the manifest", bundle => bundle.Pipe("manifest-sha512.txt")),
        new("a pipe in place of a signature", bundle => bundle.Pipe("attest/" + new string('a', 64) + ".dsse.json")),
        new("a socket in place of an array", bundle => bundle.Socket(Array)),
        new("a socket in place of the plan", bundle => bundle.Socket("data/plan.json")),
        new("an endless device in place of the plan", bundle => bundle.Device("data/plan.json")),
        new("an endless device in place of an array", bundle => bundle.Device(Array)),
        new("a folder in place of a file", bundle =>
        {
            File.Delete(bundle.Locate("data/plan.json"));
            Directory.CreateDirectory(bundle.Locate("data/plan.json"));
        }),
        new("an array that is a hole of 1 TB", bundle => bundle.Hole(Array, 1L << 40)),
        new("a plan that is a hole of 1 TB", bundle => bundle.Hole("data/plan.json", 1L << 40)),
        new("a plan that is a hole of 1 GB", bundle => bundle.Hole("data/plan.json", 1L << 30)),
        new("a table that is a hole of 3 GB", bundle => bundle.Hole("data/results/measurements.csv", 3L << 30)),
        new("a log that is a hole of 1 TB", bundle => bundle.Hole("data/record/log.clef", 1L << 40)),
        new("a signature that is a hole of 1 TB", bundle => bundle.Hole("attest/" + new string('a', 64) + ".dsse.json", 1L << 40)),
        new("fetch.txt", bundle => bundle.Put("fetch.txt", "https://example.org/x 1 data/x\n")),
        new("a second manifest", bundle => bundle.Put("manifest-sha256.txt", "")),
        new("a file beside the bag's own", bundle => bundle.Put("run-me.sh", "#!/bin/sh\n")),
        new("a hidden file beside them", bundle => bundle.Put(".bashrc", "")),
        new("a hidden file of the payload", bundle => bundle.Put("data/.hidden", "")),
        new("a folder beside data", bundle => bundle.Put("more/x", "")),
        new("an empty folder", bundle => Directory.CreateDirectory(bundle.Locate("data/empty"))),
        new("an empty attest", bundle => Directory.CreateDirectory(bundle.Locate("attest"))),
        new("a file more, hashed", bundle => bundle.PutAndSeal("data/results/more.npy", [])),
        new("a file of the record more, hashed", bundle => bundle.PutAndSeal("data/record/more.txt", "x")),
        new("a file less, hashed", bundle =>
        {
            File.Delete(bundle.Locate("data/record/log.clef"));
            Fixtures.BundleFiles.Reseal(bundle.Root);
        }),
        new("weights that are not what their name says", bundle => bundle.PutAndSeal($"data/inputs/{new string('a', 64)}.safetensors", [1])),
        new("a name with a backslash", bundle => bundle.Put("data/a\\b", "")),
        new("a name with a newline", bundle => bundle.Put("data/a\nb", "")),
        new("a name with an escape sequence", bundle => bundle.Put("data/\u001b[2Jb", "")),
        new("a name that a shell expands", bundle => bundle.Put("data/~root", "")),
        new("a name that is not UTF-8", bundle => bundle.Shell("f=$(printf 'data/\\377'); : > \"$f\"")),
        new("folders a thousand deep", bundle => bundle.Shell("cd data; i=0; while [ $i -lt 1000 ]; do mkdir d && cd -P d; i=$((i+1)); done; : > x")),
    ];
}
