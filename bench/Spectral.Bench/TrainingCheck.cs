using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Augmentations;
using Spectral.Core.Cutoffs;
using Spectral.Core.Execution;
using Spectral.Core.Losses;
using Spectral.Core.Noises;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Schedules;
using Spectral.Core.Stopping;
using static TorchSharp.torch;

namespace Spectral.Bench;

/// <summary>
/// Short trainings in binary64 of a network for each layer, on a device and on the CPU, by the same seeds: the weights differ by
/// rounding, or some operation has no repeatable form on the device and throws.
/// </summary>
internal static class TrainingCheck
{
    private const int Examples = 24, Batch = 8, Epochs = 3, Classes = 3;

    private static readonly ImmutableArray<(string Name, Optimizer Rule, Loss Loss)> Rules =
    [
        ("sgd, squared error", new StochasticGradientDescent(0.05, 0.9), new SquaredError("batch_mean")),
        ("adamw, cross entropy", new AdamW(0.01, 0.9, 0.999, 1e-8, 0.01), new CrossEntropy("batch_mean")),
    ];

    /// <summary>A row for each network.</summary>
    /// <param name="device">The device.</param>
    /// <param name="nets">Names of <see cref="RuleNets"/>.</param>
    public static void Run(string device, IEnumerable<string> nets)
    {
        ComputeDevice chosen = DeviceBench.Open(device);
        foreach (string net in nets)
        {
            foreach ((string name, Optimizer rule, Loss loss) in Rules)
            {
                try
                {
                    double[] expected = Train(net, rule, loss, ComputeDevice.Cpu), found = Train(net, rule, loss, chosen);
                    double size = expected.Max(Math.Abs), apart = expected.Zip(found, (a, b) => Math.Abs(a - b)).Max() / size;
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture, $"| {net} | {name} | {apart:0.0e0} | {(apart <= 1e-10 ? "ok" : "FAR")} |"));
                }
                catch (Exception failure) when (failure is not OutOfMemoryException)
                {
                    Console.WriteLine($"| {net} | {name} | | FAILED: {failure.Message.Split('\n')[0].Replace('|', '/')} |");
                }
            }
        }
    }

    /// <summary>All weights after training, one behind the other.</summary>
    private static double[] Train(string net, Optimizer rule, Loss loss, ComputeDevice device)
    {
        using IDisposable scope = NewDisposeScope();
        (Network network, Shape input) = RuleNets.All[net];
        ImmutableArray<Augmentation> augment = input.Rank == 3 ? [new RandomCrop(1), new HorizontalFlip(0.5)] : [];
        RunPlan plan = new(
            new Seeds(1, ImmutableSortedDictionary<string, long>.Empty),
            new MadeUp(input, Examples, Classes),
            new NoNoise(),
            network,
            ParameterSelection.All,
            new TrainingPlan(
                loss, rule, Batch, Epochs, Precision.Float64, 1000, new Constant(), augment, ClipGradientNorm: 5, new NoStopping()),
            new JacobianPlan([new Checkpoint(Checkpoint.Final, null)], [], ParameterSelection.All, Precision.Float64, "direct"),
            new RankCutoff(1),
            [],
            1);
        NetworkLayout layout = NetworkLayout.Of(plan);
        DatasetArrays data = plan.Dataset.Load(DataFolders.None, 1);
        TrainingOutcome outcome = new Trainer(
            plan,
            layout,
            InitialWeights.Draw(layout, 1, ScalarType.Float64, device.ToTorch()),
            [SplitTensors.Of(new LabelledSplit("train", data.Train, data.Train.Targets), input, ScalarType.Float64, device.ToTorch())],
            double.PositiveInfinity,
            saves: null,
            new Unheard()).Train(CancellationToken.None);
        return [.. outcome.Reached.Values.Single().Weights.SelectMany(weight => weight.cpu().reshape(-1).data<double>().ToArray())];
    }
}
