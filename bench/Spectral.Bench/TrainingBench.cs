using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
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

namespace Spectral.Bench;

/// <summary>The time of a training step, whole epochs of the trainer with the evaluation of the training split.</summary>
internal static class TrainingBench
{
    private const int Batch = 128;

    private static readonly ImmutableArray<Case> Cases =
    [
        new("64-64-10", new Shape(64), new MultilayerPerceptron([64], new Relu(), new PyTorchUniform()), 6400, 20),
        new(
            "784-256-256-10",
            new Shape(784),
            new MultilayerPerceptron([256, 256], new Relu(), new PyTorchUniform()),
            6400,
            4),
        new(
            "resnet8",
            new Shape(1, 28, 28),
            new ResNet(8, 16, "batch", 8, new Relu(), new PyTorchUniform(), OutputScale: 1),
            1280,
            1),
    ];

    private static readonly ImmutableArray<(string Name, Optimizer Rule)> Rules =
    [
        ("sgd", new StochasticGradientDescent(0.01, 0.9)),
        ("adam", new Adam(0.001, 0.9, 0.999, 1e-8, 0)),
    ];

    /// <summary>Prints "net optimizer microseconds-per-step cpu-microseconds-per-step" for each repetition.</summary>
    public static void Run(int repetitions)
    {
        NativeRuntime.UseThreads(1);
        Run(repetitions, ComputeDevice.Cpu);
    }

    /// <summary>The same on a device.</summary>
    public static void Run(int repetitions, ComputeDevice device)
    {
        foreach (Case network in Cases)
        {
            foreach ((string name, Optimizer rule) in Rules)
            {
                WarmUp(network, rule, device);
                for (int i = 0; i < repetitions; i++)
                {
                    (TimeSpan wall, TimeSpan busy) = Train(network, rule, device);
                    int steps = network.Epochs * (network.Examples / Batch);
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{network.Name} {name} {wall.TotalMicroseconds / steps:F1} {busy.TotalMicroseconds / steps:F1}"));
                }
            }
        }
    }

    /// <summary>Until the runtime has compiled the loop for good: it counts calls, and compiles in the background.</summary>
    private static void WarmUp(Case network, Optimizer rule, ComputeDevice device)
    {
        Stopwatch watch = Stopwatch.StartNew();
        do
            Train(network with { Epochs = 1 }, rule, device);
        while (watch.Elapsed < TimeSpan.FromSeconds(2));
    }

    private static (TimeSpan Wall, TimeSpan Busy) Train(Case network, Optimizer rule, ComputeDevice device)
    {
        using IDisposable scope = NewDisposeScope();
        RunPlan plan = new(
            new Seeds(1, ImmutableSortedDictionary<string, long>.Empty),
            new MadeUp(network.Input, network.Examples),
            new NoNoise(),
            network.Network,
            ParameterSelection.All,
            new TrainingPlan(
                new SquaredError("batch_mean"),
                rule,
                Batch,
                network.Epochs,
                Precision.Float32,
                1000,
                new Constant(),
                [],
                null,
                new NoStopping()),
            new JacobianPlan([], [], ParameterSelection.All, Precision.Float64, "direct"),
            new RankCutoff(1),
            [],
            1);
        NetworkLayout layout = NetworkLayout.Of(plan);
        TargetArrays labels = plan.Dataset.Load(DataFolders.None, 1).Train.Targets;
        LabelledSplit train = new("train", plan.Dataset.Load(DataFolders.None, 1).Train, labels);
        Trainer trainer = new(
            plan,
            layout,
            InitialWeights.Draw(layout, 1, ScalarType.Float32, device.ToTorch()),
            [SplitTensors.Of(train, plan.Dataset.InputShape, ScalarType.Float32, device.ToTorch())],
            double.PositiveInfinity,
            saves: null,
            new Unheard());
        Stopwatch watch = Stopwatch.StartNew();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        trainer.Train(CancellationToken.None);
        DeviceBench.Synchronize(device);
        return (watch.Elapsed, Environment.CpuUsage.TotalTime - before);
    }

    private sealed record Case(string Name, Shape Input, Network Network, int Examples, int Epochs);
}
