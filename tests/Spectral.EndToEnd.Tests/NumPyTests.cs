using System.Diagnostics;
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
        CommandLine program = CommandLine.In(folder);
        string bundle = (await program.Run("run", folder.Write(name + ".yaml", spec))).Expect(0).Output.Trim();
        _ = (await program.Run("export", bundle, "--out", "export", "--jacobian")).Expect(0);
        string check = Path.Combine(Path.GetDirectoryName(Spec.Quickstart)!, "..", "tests", "numpy", "check.py");
        Outcome found = (await program.With("PYTHONDONTWRITEBYTECODE", "1").RunOther(Python, check, "export", bundle))
            .Expect(0);
        Assert.Contains(" 0 failed", found.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("without a check", found.Output, StringComparison.Ordinal);
    }

    private static bool HasNumPy()
    {
        if (!File.Exists(Python))
            return false;
        using Process process = Process.Start(new ProcessStartInfo(Python, ["-c", "import numpy"]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
