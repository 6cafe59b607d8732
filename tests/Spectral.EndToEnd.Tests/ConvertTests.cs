using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary><c>convert</c>: there and back with the same plan, and nothing is ever overwritten unasked.</summary>
public sealed class ConvertTests
{
    [Fact]
    public async Task A_spec_goes_there_and_back_with_the_same_plan_and_says_that_comments_are_lost()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        folder.Write("a.yaml", Spec.TinyWith("cutoff: {rank: 5}", "cutoff: {relative: 1.0e-3}\nanalyses: [label_alignment, {residual_energy: initial}]"));
        Outcome there = (await spectral.Run("convert", "a.yaml", "b.fsx")).Expect(0);
        Assert.Empty(there.Output);
        Assert.Contains("comments are not carried over", there.Error, StringComparison.Ordinal);
        (await spectral.Run("convert", "b.fsx", "sub/c.yaml")).Expect(0);
        Outcome check = (await spectral.Run("check", "a.yaml", "b.fsx", "sub/c.yaml")).Expect(0);
        Assert.Single(check.Lines.Select(line => line[line.IndexOf(": ok", StringComparison.Ordinal)..]).Distinct());
        Assert.StartsWith("# yaml-language-server: $schema=", File.ReadAllText(folder.Locate("sub/c.yaml")), StringComparison.Ordinal);
        // What is canonical already is not changed by another round.
        Outcome again = (await spectral.Run("convert", "sub/c.yaml", "d.yaml")).Expect(0);
        Assert.Equal(File.ReadAllText(folder.Locate("sub/c.yaml")), File.ReadAllText(folder.Locate("d.yaml")));
        Assert.Empty(again.Output);
    }

    [Fact]
    public async Task A_sweep_goes_there_and_back_with_the_same_points()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        // The noise rate stands in the sweep alone.
        folder.Write("a.yaml", Spec.TinyWith("noise: {uniform: 0.25}\n", "") + """
            sweep:
              noise: [none, {uniform: 0.5}]
              training.optimizer.sgd.learning_rate: {from: 0.01, to: 0.1, count: 2, scale: log}
              zip:
                network.mlp.hidden: [4, [3, 3], []]
                network.mlp.activation: [leaky_relu, {leaky_relu: 0.1}, tanh]
                training.batch_size: [full, 10, 5]
                jacobian.at: [[initial], [initial, {log_spaced: 2}], final]
              random: {count: 2, seed: 7, over: {training.optimizer.sgd.momentum: {from: 0, to: 0.99}, seed: {from: 1, to: 9, step: 2}}}
              exclude:
              - {noise: none, network.mlp.activation: tanh}
            """);
        (await spectral.Run("convert", "a.yaml", "b.fsx")).Expect(0);
        (await spectral.Run("convert", "b.fsx", "c.yaml")).Expect(0);
        string[] lines = (await spectral.Run("check", "a.yaml", "b.fsx", "c.yaml")).Expect(0).Lines;
        string[][] points = [.. new[] { "a.yaml", "b.fsx", "c.yaml" }.Select(file => (string[])
        [
            .. lines.Where(line => line.StartsWith(file + ":", StringComparison.Ordinal)).Select(line => line[line.IndexOf(": ok", StringComparison.Ordinal)..])
                .Select(line => line[..line.IndexOf(": noise", StringComparison.Ordinal)]),
        ])];
        Assert.Equal(20, points[0].Length);
        Assert.Equal(points[0], points[1]);
        Assert.Equal(points[0], points[2]);
        (await spectral.Run("convert", "c.yaml", "d.yaml")).Expect(0);
        Assert.Equal(File.ReadAllText(folder.Locate("c.yaml")), File.ReadAllText(folder.Locate("d.yaml")));
    }

    [Fact]
    public async Task A_wrong_sweep_is_told_and_nothing_is_written()
    {
        using WorkFolder folder = new();
        folder.Write("a.yaml", Spec.Tiny + "sweep:\n  noise.uniform: [0, 0.5]\n  cutoff: [{rank: 3}, {rnak: 3}]\n");
        (await CommandLine.In(folder).Run("convert", "a.yaml", "b.fsx"))
            .ExpectRefusal(2, "error SP0201: unknown cutoff 'rnak'", "at point 2 (noise.uniform=0, cutoff={rnak: 3})");
        Assert.Equal(["a.yaml"], folder.Entries());
    }

    [Fact]
    public async Task Every_experiment_comes_back_from_FSharp_with_its_plans()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        // One script for each would start a compiler each; the swept ones have the most to lose.
        string[] swept = [.. Repository.Experiments().Where(path => File.ReadLines(path).Any(line => line.StartsWith("sweep:", StringComparison.Ordinal)))];
        foreach (string path in Repository.Experiments())
            _ = (await spectral.Run("convert", path, Path.GetFileNameWithoutExtension(path) + ".fsx")).Expect(0);
        foreach (string path in swept.Append(Spec.Quickstart))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            (await spectral.Run("convert", name + ".fsx", name + ".yaml")).Expect(0);
            string[] checks = [.. (await spectral.Run("check", path, name + ".yaml")).Expect(0).Lines.Select(line => line[line.IndexOf(": ok", StringComparison.Ordinal)..])];
            Assert.Equal(checks[..(checks.Length / 2)], checks[(checks.Length / 2)..]);
        }
    }

    [Fact]
    public async Task A_dash_prints_the_other_form()
    {
        using WorkFolder folder = new();
        folder.Write("a.yaml", Spec.Tiny);
        Outcome printed = (await CommandLine.In(folder).Run("convert", "a.yaml", "-")).Expect(0);
        Assert.Contains("    dataset (digits { classes [ 3; 5; 8 ]; train 30; test 15 })\n", printed.Output, StringComparison.Ordinal);
        Assert.Equal(["a.yaml"], folder.Entries());
    }

    [Fact]
    public async Task Nothing_is_overwritten_without_force_and_a_wrong_spec_writes_nothing()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        folder.Write("a.yaml", Spec.Tiny);
        folder.Write("b.fsx", "mine");
        folder.Write("bad.yaml", Spec.TinyWith("rank: 5", "rnak: 5"));
        (await spectral.Run("convert", "a.yaml", "b.fsx")).ExpectRefusal(2, "b.fsx exists; --force replaces it");
        (await spectral.Run("convert", "a.yaml", "a.yaml", "--force")).ExpectRefusal(2, "a.yaml is the spec itself");
        (await spectral.Run("convert", "a.yaml", "b.json")).ExpectRefusal(2, "b.json: expected a name that ends in .yaml");
        (await spectral.Run("convert", "bad.yaml", "b.fsx", "--force")).ExpectRefusal(2, "bad.yaml:18:10: error SP0201: unknown cutoff 'rnak'");
        (await spectral.Run("convert", "none.yaml", "c.fsx")).ExpectRefusal(2, "SP0001");
        Assert.Equal("mine", File.ReadAllText(folder.Locate("b.fsx")));
        Assert.Equal(["a.yaml", "b.fsx", "bad.yaml"], folder.Entries());
        (await spectral.Run("convert", "a.yaml", "b.fsx", "--force")).Expect(0);
        Assert.Contains("experiment {", File.ReadAllText(folder.Locate("b.fsx")), StringComparison.Ordinal);
    }
}
