using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Spectral.Bench;
using Spectral.Core.Cutoffs;
using Spectral.Core.Execution;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Losses;
using Spectral.Core.Networks;
using Spectral.Core.Noises;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Schedules;
using Spectral.Core.Stopping;
using static TorchSharp.torch;

if (args is ["gram", .. string[] gram])
{
    GramBench.Run(gram);
    return;
}

// Prints "net optimizer microseconds-per-step cpu-microseconds-per-step" for each repetition: whole epochs of the
// trainer, evaluation included.
int repetitions = int.Parse(args[0], CultureInfo.InvariantCulture);
(string Name, int Features, ImmutableArray<int> Hidden, int Examples, int Epochs)[] nets =
[
    ("64-64-10", 64, [64], 6400, 20),
    ("784-256-256-10", 784, [256, 256], 6400, 4),
];
(string Name, Optimizer Rule)[] rules =
    [("sgd", new StochasticGradientDescent(0.01, 0.9)), ("adam", new Adam(0.001, 0.9, 0.999, 1e-8, 0))];
NativeRuntime.UseThreads(1);
foreach (var net in nets)
{
    foreach ((string name, Optimizer rule) in rules)
    {
        Train(net.Features, net.Hidden, net.Examples, 1, rule);
        for (int i = 0; i < repetitions; i++)
        {
            (TimeSpan wall, TimeSpan busy) = Train(net.Features, net.Hidden, net.Examples, net.Epochs, rule);
            int steps = net.Epochs * (net.Examples / 128);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{net.Name} {name} {wall.TotalMicroseconds / steps:F1} {busy.TotalMicroseconds / steps:F1}"));
        }
    }
}

static (TimeSpan Wall, TimeSpan Busy) Train(int features, ImmutableArray<int> hidden, int examples, int epochs, Optimizer rule)
{
    using IDisposable scope = NewDisposeScope();
    RunPlan plan = new(
        new Seeds(1, ImmutableSortedDictionary<string, long>.Empty),
        new MadeUp(features, examples),
        new NoNoise(),
        new MultilayerPerceptron(hidden, new Relu(), new PyTorchUniform()),
        ParameterSelection.All,
        new TrainingPlan(
            new SquaredError("batch_mean"), rule, 128, epochs, Precision.Float32, 1000, new Constant(), [], null, new NoStopping()),
        new JacobianPlan([], [], ParameterSelection.All, Precision.Float64, "direct"),
        new RankCutoff(1),
        [],
        1);
    NetworkLayout layout = NetworkLayout.Of(plan);
    DatasetArrays arrays = plan.Dataset.Load(DataFolders.None, 1);
    ImmutableArray<SplitTensors> splits =
    [
        SplitTensors.Of(new LabelledSplit("train", arrays.Train, arrays.Train.Targets), plan.Dataset.InputShape, ScalarType.Float32, CPU),
    ];
    Trainer trainer = new(
        plan, layout, InitialWeights.Draw(layout, 1, ScalarType.Float32, CPU), splits, double.PositiveInfinity, new Unheard());
    Stopwatch watch = Stopwatch.StartNew();
    TimeSpan before = Environment.CpuUsage.TotalTime;
    trainer.Train(CancellationToken.None);
    return (watch.Elapsed, Environment.CpuUsage.TotalTime - before);
}

internal sealed class Unheard : IProgress<RunEvent>
{
    public void Report(RunEvent value)
    {
    }
}
