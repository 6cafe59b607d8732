using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>
/// Weights that no spectrum can come from: refused with the file's name and the reason, and nothing made on the disk.
/// </summary>
public sealed class BadWeightsTests
{
    private const string Training = """
        training:
          loss: {squared_error: batch_mean}
          optimizer: {sgd: {learning_rate: 0.05, momentum: 0.9}}
          batch_size: 10
          epochs: 4

        """;

    /// <summary>Numbers that are none, for every method.</summary>
    public static TheoryData<string, double> NotFinite { get; } =
    [
        .. from method in (string[])["direct", "gram", "tsqr", "krylov"]
           from value in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity]
           select (method, value),
    ];

    [Theory]
    [MemberData(nameof(NotFinite))]
    public async Task Weights_that_are_not_finite_are_told_by_file_and_name_before_anything_runs(
        string method, double value)
    {
        using WorkFolder folder = new();
        Write(folder, "w.safetensors", 3, value);
        folder.Write("initial.yaml", Spec.TinyBy(method) + "initial: {weights: w.safetensors}\n");
        folder.Write("given.yaml", Given(Spec.TinyBy(method)));
        foreach (string spec in (string[])["initial.yaml", "given.yaml"])
        {
            (await CommandLine.In(folder).Run("run", spec, "--out", "out", "--device", "cpu")).ExpectRefusal(
                2, spec, "SP0313", "'w.safetensors'", "3.weight with numbers that are not finite");
        }

        Assert.Equal(["given.yaml", "initial.yaml", "w.safetensors"], folder.Entries());
    }

    [Theory]
    [MemberData(nameof(Spec.Methods), MemberType = typeof(Spec))]
    public async Task Weights_of_another_number_of_classes_are_told_by_their_shapes(string method)
    {
        using WorkFolder folder = new();
        Write(folder, "w.safetensors", 4, 1);
        folder.Write("bad.yaml", Spec.TinyBy(method) + "initial: {weights: w.safetensors}\n");
        (await CommandLine.In(folder).Run("run", "bad.yaml", "--out", "out", "--device", "cpu")).ExpectRefusal(
            2, "SP0313", "3.weight of shape [4, 4] instead of [3, 4]", "3.bias of shape [4] instead of [3]");
        Assert.Equal(["bad.yaml", "w.safetensors"], folder.Entries());
    }

    /// <summary>
    /// Every weight is finite and so are the outputs, which are 0 behind tanh(0); but the first layer's columns are
    /// products of the layers behind it: 1e400 overflows, and of 1e200 the square does.
    /// </summary>
    [Theory]
    [InlineData("direct", 1e200, "the Jacobian has NaN or infinite entries")]
    [InlineData("gram", 1e200, "not finite for some of the examples 0 to 29")]
    [InlineData("tsqr", 1e200, "not finite for some of the examples")]
    [InlineData("krylov", 1e200, "the Jacobian has NaN or infinite entries")]
    [InlineData("direct", 1e100, "the sum of the Jacobian's squared entries is not a finite number")]
    [InlineData("gram", 1e100, "the squared norm of the Jacobian's row for example 0, output 0 is not a finite number")]
    [InlineData("tsqr", 1e100, "the sum of the Jacobian's squared entries is not a finite number")]
    [InlineData("krylov", 1e100, "the Jacobian has NaN or infinite entries, or their squares have")]
    public async Task A_Jacobian_that_overflows_is_told_with_its_checkpoint_and_leaves_nothing(
        string method, double size, string said)
    {
        using WorkFolder folder = new();
        SafetensorsFile.Write(
            folder.Locate("w.safetensors"),
            ("1.weight", [4, 64], 0), ("1.bias", [4], 0), ("3.weight", [4, 4], size), ("3.bias", [4], 0),
            ("5.weight", [3, 4], size), ("5.bias", [3], 0));
        string spec = Given(Spec.TinyBy(method)).Replace("hidden: [4]", "hidden: [4, 4]", StringComparison.Ordinal);
        folder.Write("bad.yaml", spec);
        Outcome run = await CommandLine.In(folder).Run("run", "bad.yaml", "--out", "out", "--device", "cpu");
        run.ExpectRefusal(1, "no train spectrum at the checkpoint 0: ", said);
        Assert.Equal(["bad.yaml", "w.safetensors"], folder.Entries());
    }

    [Theory]
    [MemberData(nameof(Spec.Methods), MemberType = typeof(Spec))]
    public async Task A_training_that_diverges_before_a_checkpoint_has_no_spectrum_there_and_is_a_result(string method)
    {
        using WorkFolder folder = new();
        folder.Write("diverging.yaml", Spec.TinyBy(method)
            .Replace("learning_rate: 0.05", "learning_rate: 1e30", StringComparison.Ordinal)
            .Replace("[initial, 2, final]", "[initial, step 2, step 3, final]", StringComparison.Ordinal));
        CommandLine spectral = CommandLine.In(folder);
        string bundle = (await spectral.Run("run", "diverging.yaml", "--device", "cpu")).Expect(0).Bundle(folder.Path);
        (await spectral.Run("verify", bundle)).Expect(0);
        Assert.Equal(["initial.safetensors"], BundleFiles.Names(Path.Combine(bundle, "data", "checkpoints")));
    }

    /// <summary>The spec with the file as the only checkpoint and nothing trained.</summary>
    private static string Given(string spec)
    {
        string given = spec.Replace(
            Training, "training: none\nweights: [{file: w.safetensors, epoch: 0}]\n", StringComparison.Ordinal);
        given = given.Replace("\n  at: [initial, 2, final]", "", StringComparison.Ordinal);
        return given == spec ? throw new InvalidOperationException("the tiny spec has changed") : given;
    }

    /// <summary>Weights for the tiny spec's network with K outputs; those of the last layer are one number.</summary>
    private static void Write(WorkFolder folder, string name, int outputs, double value) => SafetensorsFile.Write(
        folder.Locate(name),
        ("1.weight", [4, 64], 0.1), ("1.bias", [4], 0), ("3.weight", [outputs, 4], value), ("3.bias", [outputs], 0));
}
