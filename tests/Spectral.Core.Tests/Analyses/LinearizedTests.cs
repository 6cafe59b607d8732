using Spectral.Core.Analyses;
using Spectral.Core.Formats;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Losses;
using Spectral.Core.Networks;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;
using Spectral.Core.Schedules;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

/// <summary>The linear model in function space against one with parameters, trained on the exported J.</summary>
public sealed class LinearizedTests
{
    private static readonly RunPlan Alone = TimeRun.Batches with { Analyses = [new Linearized()] };

    [Theory]
    [InlineData(8, 0.9, false)]
    [InlineData(7, 0.9, true)]
    [InlineData(24, 0.0, false)]
    [InlineData(24, 0.5, true)]
    public void It_is_the_linear_model_that_is_trained_with_its_parameters(int batch, double momentum, bool nesterov)
    {
        RunPlan plan = Alone with
        {
            Training = Alone.Training with
            {
                BatchSize = batch,
                Optimizer = new StochasticGradientDescent(0.05, momentum, nesterov),
                Schedule = new StepDecay([3], 0.5),
            },
        };
        using TimeRun run = new(plan with
        {
            // Step 5 is the last epoch's where every batch is full.
            Jacobian = batch == 24
                ? plan.Jacobian with { At = [new Checkpoint("initial", 0), new Checkpoint("3", 3), new Checkpoint("final", 5)] }
                : plan.Jacobian,
        });
        Explicit model = new(run, batch, momentum, nesterov);
        CsvTable table = run.Table("linearized");
        for (int epoch = 0; epoch <= 5; epoch++)
        {
            if (epoch > 0)
                model.Epoch(epoch, epoch > 3 ? 0.025 : 0.05);
            double[] network = [.. run.Recorded("train")[epoch].Zip(run.Flat("train/targets.npy"), (f, y) => f - y)];
            Assert.Equal(Distance(network, model.Residual) / model.Start, CsvTable.ParseNumber(table.Rows[epoch][5]), 1e-11);
            string? checkpoint = epoch switch { 3 => "3", 5 => "final", _ => null };
            if (checkpoint is not null)
                Check(run, model, checkpoint);
        }
    }

    [Fact]
    public void A_checkpoint_inside_an_epoch_is_compared_after_its_step()
    {
        using TimeRun run = new(Alone);
        Explicit model = new(run, 8, 0.9, nesterov: false);
        model.Epoch(1, 0.1);
        model.Epoch(2, 0.1, steps: 2);
        Check(run, model, "step-5");
    }

    [Fact]
    public void A_linear_network_is_its_own_linearisation()
    {
        using TimeRun run = new(TimeRun.Linear with { Analyses = [new Linearized()] });
        foreach (string split in (string[])["train", "test"])
            Assert.InRange(run.Row("linearized", "residual_gap", "final", split).Value, 0, 1e-12);
        Assert.InRange(run.Row("linearized", "parameter_gap", "final", "train").Value, 0, 1e-11);
        Assert.InRange(run.Row("linearized", "linear_total", "final", "train").Value, 0.1, 0.9);
        Assert.Equal("undefined", run.Row("linearized", "parameter_gap", "initial", "train").Status);
        Assert.All(
            run.Table("linearized").Rows, row => Assert.InRange(CsvTable.ParseNumber(row[5]), 0, CsvTable.ParseNumber(row[6])));
    }

    [Fact]
    public void It_refuses_what_is_no_gradient_descent_on_squared_error()
    {
        Assert.Null(new Linearized().Inapplicable(Alone));
        TrainingPlan training = Alone.Training;
        JacobianPlan jacobian = Alone.Jacobian;
        Assert.All(
            (TrainingPlan[])
            [
                training with { Loss = new CrossEntropy("sum") },
                training with { Optimizer = new Adam(0.001, 0.9, 0.999, 1e-8, 0) },
                training with { Optimizer = new StochasticGradientDescent(0.1, WeightDecay: 1e-4) },
                training with { ClipGradientNorm = 1 },
                training with { Epochs = 0 },
            ],
            other => Assert.NotNull(Of(Alone with { Training = other })));
        Assert.All(
            (JacobianPlan[])
            [
                jacobian with { Splits = ["test"] },
                jacobian with { Examples = jacobian.Examples.Add("train", 12) },
                jacobian with { Parameters = new ParameterSelection(["1.*"]) },
            ],
            other => Assert.NotNull(Of(Alone with { Jacobian = other })));
        Assert.NotNull(Of(Alone with { Network = Sequence(new Dropout(0.5)) }));
        Assert.NotNull(Of(Alone with { Network = Sequence(new SkipBlock([new NamedLayer("body.0", new BatchNorm(0.1, 1e-5))])) }));
        Assert.Null(Of(Alone with { Network = Sequence(new Dropout(0)) }));

        static string? Of(RunPlan plan) => new Linearized().Inapplicable(plan);

        static Network Sequence(Layer layer) =>
            new LayerSequence([layer, new Flatten(), new Dense(3, true, new PyTorchUniform())]);
    }

    /// <summary>Every measurement of a checkpoint against the explicit model at the same step.</summary>
    private static void Check(TimeRun run, Explicit model, string checkpoint)
    {
        Near(Distance(run.Residual(checkpoint, "train"), model.Residual) / model.Start, "residual_gap", "train");
        Near(Math.Pow(Norm(model.Residual) / model.Start, 2), "linear_total", "train");
        double[] moved = [.. run.Parameters(checkpoint).Zip(run.Parameters("initial"), (now, then) => now - then)];
        Near(Distance(moved, model.Move) / Norm(moved), "parameter_gap", "train");
        double[] first = run.Residual("initial", "test");
        double[][] jacobian = run.Matrix("initial/test/jacobian.npy");
        double[] linear = [.. jacobian.Select((row, i) => first[i] + row.Zip(model.Move, (a, b) => a * b).Sum())];
        Near(Distance(run.Residual(checkpoint, "test"), linear) / Norm(first), "residual_gap", "test");
        double[] targets = run.Flat("test/targets.npy");
        double[][] outputs = [.. linear.Zip(targets, (r, y) => r + y).Chunk(3)];
        int wrong = outputs.Zip(targets.Chunk(3)).Count(pair => Largest(pair.First) != Largest(pair.Second));
        Near(wrong / 12.0, "linear_error", "test");

        void Near(double expected, string quantity, string split) =>
            Assert.Equal(expected, run.Row("linearized", quantity, checkpoint, split).Value, 1e-10);
    }

    private static int Largest(double[] values) => Array.IndexOf(values, values.Max());

    private static double Norm(double[] vector) => Math.Sqrt(vector.Sum(value => value * value));

    private static double Distance(double[] one, double[] other) => Norm([.. one.Zip(other, (a, b) => a - b)]);

    /// <summary>f_0 + J d trained by torch's SGD on the batches' mean, in plain loops.</summary>
    private sealed class Explicit(TimeRun run, int batch, double momentum, bool nesterov)
    {
        private readonly double[][] _jacobian = run.Matrix("initial/train/jacobian.npy");
        private readonly double[] _first = run.Residual("initial", "train");
        private readonly double[] _velocity = new double[run.Matrix("initial/train/jacobian.npy")[0].Length];

        public double[] Move { get; } = new double[run.Matrix("initial/train/jacobian.npy")[0].Length];

        public double Start => Norm(_first);

        public double[] Residual => [.. _jacobian.Select((row, i) => _first[i] + row.Zip(Move, (a, b) => a * b).Sum())];

        public void Epoch(int epoch, double rate, int steps = int.MaxValue)
        {
            int[] order = new RandomStream(run.Plan.Seeds.Of("batches"), "batches", (ulong)epoch).Permutation(24);
            foreach (int[] examples in order.Chunk(batch).Take(steps))
            {
                double[] residual = Residual, gradient = new double[Move.Length];
                foreach (int row in examples.SelectMany(example => Enumerable.Range(3 * example, 3)))
                {
                    for (int j = 0; j < gradient.Length; j++)
                        gradient[j] += _jacobian[row][j] * residual[row] / examples.Length;
                }

                for (int j = 0; j < gradient.Length; j++)
                {
                    _velocity[j] = (momentum * _velocity[j]) + gradient[j];
                    Move[j] -= rate * (nesterov ? gradient[j] + (momentum * _velocity[j]) : _velocity[j]);
                }
            }
        }
    }
}
