using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Spectral.Core.Losses;
using Spectral.Core.Plans;
using Spectral.Core.Schedules;
using Spectral.Core.Tests.Conventions;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Training;

/// <summary>
/// 50 steps of each optimizer with each schedule and loss against numbers that PyTorch itself left in
/// <c>tests/parity/training.json</c>; <c>training.py</c> beside it makes them.
/// </summary>
public sealed class PyTorchReferenceTests
{
    private static readonly JsonArray Cases =
        JsonNode.Parse(File.ReadAllText(Checkout.Path("tests", "parity", "training.json")))!["cases"]!.AsArray();

    /// <summary>Every case by its settings.</summary>
    public static TheoryData<int, string> Titles { get; } =
        [.. Cases.Select((one, i) => (i, $"{one!["optimizer"]} {one["schedule"]} {one["loss"]} {one["clip"]?.ToString() ?? "-"}"))];

    [Theory]
    [MemberData(nameof(Titles))]
    public void Fifty_steps_give_PyTorchs_weights(int index, string title)
    {
        using IDisposable scope = NewDisposeScope();
        JsonNode reference = Cases[index]!;
        Optimizer optimizer = PyTorchSettings.Optimizer((string)reference["optimizer"]!, 1);
        Schedule schedule = PyTorchSettings.Schedule((string)reference["schedule"]!);
        Loss loss = (string)reference["loss"]! == "squared_error" ? new SquaredError("batch_mean") : new CrossEntropy("batch_mean");
        double? clip = (double?)reference["clip"];

        Tensor inputs = Fractions(12, 4, 0, 8);
        Tensor targets = eye(3, dtype: ScalarType.Float64).repeat(4, 1); // [12, 3]
        Tensor vector = cat([.. Shapes.Select((shape, salt) => Fractions(shape.Rows, shape.Columns, salt, 16).flatten())]);
        using OptimizerState state = optimizer.Start(vector);
        for (int step = 0; step < 50; step++)
        {
            Tensor[] held = Parts(vector);
            Tensor outputs = (inputs.mm(held[0].t()) + held[1]).tanh().mm(held[2].t()) + held[3];
            IList<Tensor> gradients = autograd.grad([outputs], held, [loss.Gradient(outputs, targets)]);
            Tensor gradient = cat([.. gradients.Select(one => one.flatten())]);
            if (clip is { } most)
                gradient.mul_(Math.Min(1, most / (gradient.norm().item<double>() + 1e-6)));
            state.Step(gradient, schedule.Factor(step));
        }

        double[] expected = [.. reference["weights"]!.AsArray().Select(value => (double)value!)];
        double[] found = vector.data<double>().ToArray();
        double largest = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(found[i] - expected[i]) < 1e-10 * largest, $"{title}: weight {i} is {found[i]:R}, PyTorch's {expected[i]:R}");
    }

    [Theory]
    [InlineData("squared_error", "sum")]
    [InlineData("squared_error", "batch_mean")]
    [InlineData("squared_error", "element_mean")]
    [InlineData("cross_entropy", "sum")]
    [InlineData("cross_entropy", "batch_mean")]
    public void A_losss_gradient_is_that_of_its_value_and_a_multiple_of_its_residual(string kind, string reduction)
    {
        using IDisposable scope = NewDisposeScope();
        Loss loss = kind == "squared_error" ? new SquaredError(reduction) : new CrossEntropy(reduction);
        Tensor outputs = Fractions(6, 3, 2, 4).requires_grad_(true), targets = eye(3, dtype: ScalarType.Float64).repeat(2, 1);
        Tensor expected = autograd.grad([loss.Value(outputs, targets)], [outputs])[0];
        Tensor found = loss.Gradient(outputs, targets);
        Assert.False(found.requires_grad);
        Assert.InRange((found - expected).abs().max().item<double>(), 0, 1e-15);
        Tensor residual = loss.Predictions(outputs.detach()) - targets;
        double unit = reduction switch { "sum" => 1, "batch_mean" => 1 / 6.0, _ => 1 / 18.0 };
        Assert.InRange((found - (residual * unit)).abs().max().item<double>(), 0, 1e-15);
        Assert.Equal(kind == "squared_error" ? unit : null, loss.SquaredUnit(6, 3));
    }

    [Fact]
    public void The_cosine_is_the_cosine()
    {
        Cosine cosine = new(1000, 0.25);
        for (int epoch = 0; epoch <= 1000; epoch++)
            Assert.InRange(cosine.Factor(epoch) - (0.25 + (0.375 * (1 + Math.Cos(Math.PI * epoch / 1000)))), -4e-16, 4e-16);
        Assert.Equal(1, cosine.Factor(0));
        Assert.Equal(0.25, cosine.Factor(5000));
    }

    private static ImmutableArray<(int Rows, int Columns)> Shapes => [(5, 4), (1, 5), (3, 5), (1, 3)];

    private static Tensor Fractions(int rows, int columns, int salt, double unit) => tensor(
        [
            .. from i in Enumerable.Range(0, rows)
               from j in Enumerable.Range(0, columns)
               select ((((7 * i) + (13 * j) + salt) % 11) - 5) / unit,
        ],
        [rows, columns]);

    private static Tensor[] Parts(Tensor vector)
    {
        int offset = 0;
        return
        [
            .. Shapes.Select(shape =>
            {
                int count = shape.Rows * shape.Columns;
                Tensor part = vector.narrow(0, offset, count);
                offset += count;
                return (shape.Rows == 1 ? part : part.view(shape.Rows, shape.Columns)).requires_grad_(true);
            }),
        ];
    }
}
