using System.Collections.Immutable;
using Spectral.Core.Analyses;
using Spectral.Core.Cutoffs;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Networks;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Tests.Execution;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

/// <summary>How far parameters have moved, against the exported weights.</summary>
public sealed class WeightDistanceTests
{
    [Fact]
    public void Of_made_parameters_it_is_what_one_computes_by_hand()
    {
        RunView run = MadeRun.Of(
            SmallRun.Plan,
            [],
            [
                MadeRun.View("final", 5, "train", new RankCutoff(1), 8, 4),
                MadeRun.View("final", 5, "test", new RankCutoff(1), 8, 4),
            ],
            null,
            ("initial", [3, 4, 0]),
            ("final", [3, 6, 1.5]));
        ImmutableArray<Measurement> rows = new WeightDistance().Analyse(run).Measurements;
        Assert.Equal(["distance", "relative_distance"], rows.Select(row => row.Quantity));
        Assert.Equal((2.5, 0.5), (rows[0].Value, rows[1].Value));
        Assert.Equal(("final", "", 5), (rows[0].SpectrumAt, rows[0].Split, rows[0].Epoch));
    }

    [Fact]
    public void Parameters_that_began_at_zero_have_no_relative_distance()
    {
        RunView run = MadeRun.Of(
            SmallRun.Plan,
            [],
            [MadeRun.View("final", 5, "train", new RankCutoff(1), 8, 4)],
            null,
            ("initial", [0, 0]),
            ("final", [0, 2]));
        ImmutableArray<Measurement> rows = new WeightDistance().Analyse(run).Measurements;
        Assert.Equal(2, rows[0].Value);
        Assert.Equal("undefined", rows[1].Status);
    }

    [Theory]
    [InlineData("first")]
    [InlineData("both")]
    public void Of_a_run_it_is_that_of_the_exported_weights_row_by_row_for_one_hidden_layer(string train)
    {
        using TimeRun run = new(TimeRun.Batches with
        {
            Network = new OneHiddenLayer(5, new Tanh(), 1, train, new UnscaledNormal(0.3)),
            Analyses = [new WeightDistance()],
        });
        double[][] first = run.Matrix("initial/weights/hidden.weight.npy"), last = run.Matrix("final/weights/hidden.weight.npy");
        double[] start = run.Parameters("initial"), end = run.Parameters("final");
        // V stands still where W alone is trained, and is no parameter of J then.
        int counted = train == "both" ? start.Length : first.Length * first[0].Length;
        double size = Norm(start[..counted]);
        Assert.Equal(Norm(Minus(end, start)), run.Row("weight_distance", "distance", "final", "").Value, 1e-13);
        Assert.Equal(Norm(Minus(end, start)) / size, run.Row("weight_distance", "relative_distance", "final", "").Value, 1e-13);
        Assert.Equal(
            first.Zip(last).Max(pair => Norm(Minus(pair.First, pair.Second))),
            run.Row("weight_distance", "largest_row_distance", "final", "").Value,
            1e-13);
        Assert.Equal(0, run.Row("weight_distance", "distance", "initial", "").Value);
    }

    private static double Norm(double[] vector) => Math.Sqrt(vector.Sum(value => value * value));

    private static double[] Minus(double[] one, double[] other) => [.. one.Zip(other, (a, b) => a - b)];
}
