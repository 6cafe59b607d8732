using System.Diagnostics;
using System.Globalization;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>
/// Every analysis computed a second time, in NumPy, from exported arrays: <c>tests/numpy/check.py</c>, which shares no code
/// with the product. Skipped where Debian's python3-numpy is not there.
/// </summary>
public sealed class NumPyTests
{
    private const string Python = "/usr/bin/python3";

    private const string Everything = """
        analyses:
        - classification_error
        - label_alignment
        - residual_energy
        - memorization
        - {singular_values: {indices: [1, 4, 5], beyond: 2}}
        - pseudo_inverse
        - {early_stopping_value: {gamma: 2}}
        - energy_curve
        - spectrum_shape
        - {kernel_alignment: {layers: true, groups: true}}
        - {energy_bracket: {steps: 20}}
        - {spectral_density: {probes: 4, steps: 20}}
        - direction_decay
        - linearized
        - kernel_distance
        - subspace_overlap
        - weight_distance
        - spectral_early_stopping
        - theorems
        """;

    /// <summary>Three bundles: batches with momentum, J itself; full batch, the Gram matrix; the paper's own network.</summary>
    public static TheoryData<string, string> Specs { get; } = new()
    {
        { "batches", Spec.Tiny + Everything },
        { "full-batch", Spec.TinyBy("gram").Replace("batch_size: 10", "batch_size: full") + Everything },
        {
            "one-hidden-layer", Spec.Tiny
                .Replace("train: 30, test: 15}", "train: 30, test: 15, unit_norm: true}")
                .Replace("mlp: {hidden: [4], activation: tanh}", "one_hidden_layer: {hidden: 20, activation: softplus}")
                .Replace("learning_rate: 0.05, momentum: 0.9", "learning_rate: 0.05")
                .Replace("batch_size: 10", "batch_size: full")
                + Everything
        },
    };

    [Theory]
    [MemberData(nameof(Specs))]
    public async Task NumPy_finds_the_same_numbers(string name, string spec)
    {
        Assert.SkipUnless(HasNumPy(), "no python3-numpy");
        using WorkFolder folder = new();
        string bundle = await Exported(folder, name, spec);
        Outcome found = (await Check(folder, bundle)).Expect(0);
        Assert.Contains(" 0 failed", found.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("without a check", found.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_is_off_by_a_ten_millionth_is_found()
    {
        Assert.SkipUnless(HasNumPy(), "no python3-numpy");
        using WorkFolder folder = new();
        string bundle = await Exported(folder, "tiny", Spec.Tiny + "analyses: [label_alignment, pseudo_inverse]\n");
        string path = Path.Combine(folder.Locate(bundle), "data", "results", "measurements.csv");
        Table table = Table.Read(folder.Locate(bundle), "data", "results", "measurements.csv");
        foreach (string quantity in (string[])["information", "label"])
        {
            string sound = File.ReadAllText(path);
            string value = table.Where(("quantity", quantity), ("spectrum_at", "final"), ("split", "train"))[0][8];
            string off = (Table.Parse(value) * (1 + 1e-7)).ToString("R", CultureInfo.InvariantCulture);
            File.WriteAllText(path, sound.Replace($",{value},", $",{off},", StringComparison.Ordinal));
            Assert.Contains(off, (await Check(folder, bundle)).Expect(1).Output, StringComparison.Ordinal);
            File.WriteAllText(path, sound);
        }
    }

    [Fact]
    public async Task NumPy_reads_every_array_of_a_bundle_and_saves_the_same_bytes()
    {
        Assert.SkipUnless(HasNumPy(), "no python3-numpy");
        using WorkFolder folder = new();
        string bundle = await Exported(folder, "tiny", Spec.Tiny);
        foreach (string place in (string[])[bundle, "export"])
        {
            int count = BundleFiles.Names(folder.Locate(place)).Count(name => name.EndsWith(".npy", StringComparison.Ordinal));
            Assert.Contains($"{count} files, 0 failed", (await Resaved(folder, place)).Expect(0).Output, StringComparison.Ordinal);
        }

        // A header that NumPy reads but would not write: a comma less.
        string path = Path.Combine(folder.Locate(bundle), "data", "dataset", "train", "labels.npy");
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf(", }"u8)] = (byte)' ';
        File.WriteAllBytes(path, bytes);
        Assert.Contains("labels.npy: NumPy writes other bytes", (await Resaved(folder, bundle)).Expect(1).Output, StringComparison.Ordinal);
    }

    private static Task<Outcome> Resaved(WorkFolder folder, string place) => CommandLine.In(folder)
        .With("PYTHONDONTWRITEBYTECODE", "1")
        .RunOther(Python, Path.Combine(Path.GetDirectoryName(Spec.Quickstart)!, "..", "tests", "numpy", "resave.py"), place);

    /// <summary>Runs a spec, exports its bundle beside it and gives the bundle's path.</summary>
    private static async Task<string> Exported(WorkFolder folder, string name, string spec)
    {
        CommandLine program = CommandLine.In(folder);
        string bundle = (await program.Run("run", folder.Write(name + ".yaml", spec))).Expect(0).Output.Trim();
        _ = (await program.Run("export", bundle, "--out", "export", "--jacobian")).Expect(0);
        return bundle;
    }

    private static Task<Outcome> Check(WorkFolder folder, string bundle) => CommandLine.In(folder)
        .With("PYTHONDONTWRITEBYTECODE", "1")
        .RunOther(
            Python,
            Path.Combine(Path.GetDirectoryName(Spec.Quickstart)!, "..", "tests", "numpy", "check.py"),
            "export",
            bundle);

    private static bool HasNumPy()
    {
        if (!File.Exists(Python))
            return false;
        using Process process = Process.Start(new ProcessStartInfo(Python, ["-c", "import numpy"]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
