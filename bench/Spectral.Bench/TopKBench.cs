using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Spectral.Core.Cutoffs;
using Spectral.Core.Datasets;
using Spectral.Core.Execution;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Losses;
using Spectral.Core.Networks;
using Spectral.Core.Noises;
using Spectral.Core.Numerics;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Schedules;
using Spectral.Core.Stopping;
using static TorchSharp.torch;

namespace Spectral.Bench;

/// <summary>
/// The 50 largest singular values of ResNet20's Jacobian on 3 classes of Fashion-MNIST, before training and after some
/// epochs, with the time split and the full Gram's time at the matrix product's rate of the same run.
/// </summary>
internal static class TopKBench
{
    private const int Count = 50, Threads = 2;

    /// <summary>Runs it.</summary>
    /// <param name="examples">n.</param>
    /// <param name="epochs">Epochs of training, 1 or more.</param>
    /// <param name="block">Columns of a pass; 0 for the usual choice.</param>
    /// <param name="passes">The most passes, for a trial of the rates alone; 0 for as many as it takes.</param>
    public static void Run(int examples, int epochs, int block, int passes)
    {
        NativeRuntime.UseThreads(Threads);
        using IDisposable scope = NewDisposeScope();
        RunPlan plan = Plan(examples, epochs);
        NetworkLayout layout = NetworkLayout.Of(plan);
        DatasetArrays arrays = plan.Dataset.Load(DataFolders.OfMachine(null), 1);
        LabelledSplit train = new("train", arrays.Train, arrays.Train.Targets);
        Stopwatch watch = Stopwatch.StartNew();
        TrainingOutcome outcome = new Trainer(
            plan,
            layout,
            InitialWeights.Draw(layout, 1, ScalarType.Float32, CPU),
            [SplitTensors.Of(train, plan.Dataset.InputShape, ScalarType.Float32, CPU)],
            double.PositiveInfinity,
            saves: null,
            new Unheard()).Train(CancellationToken.None);
        Print($"training: {watch.Elapsed.TotalSeconds:F1} s, {outcome.Rows[^1].Errors} of {examples} wrong");
        Tensor inputs = SplitTensors.Of(train, plan.Dataset.InputShape, ScalarType.Float64, CPU).Inputs;
        foreach (ReachedCheckpoint checkpoint in outcome.Reached.Values.OrderBy(reached => reached.Epoch))
            Measure(plan, layout, checkpoint, inputs, block, passes);
        using Process self = Process.GetCurrentProcess();
        Print($"peak memory: {self.PeakWorkingSet64 / 1e9:F2} GB");
    }

    private static void Measure(
        RunPlan plan, NetworkLayout layout, ReachedCheckpoint checkpoint, Tensor inputs, int block, int passes)
    {
        using IDisposable scope = NewDisposeScope();
        using WorkerTeam team = new(Threads);
        NetworkRowTiles tiles = new(
            layout, CheckpointJacobian.InBinary64(checkpoint.Weights), inputs, plan.Dataset.ClassNames.Length, layout.Columns(plan));
        using RowTileOperator matrix = new(tiles);
        KrylovSettings settings = KrylovSettings.For(Count, seed: 1);
        settings = block == 0 ? settings : settings with { BlockSize = block, MaximumBasis = 8 * block };
        settings = passes == 0 ? settings : settings with { MaximumPasses = passes };
        double before = GemmRate.Measure(team, 5);
        Stopwatch watch = Stopwatch.StartNew();
        TimeSpan busy = Environment.CpuUsage.TotalTime;
        TopSpectrum top = BlockKrylov.Compute(matrix, settings, team, new PassLines(watch), CancellationToken.None);
        double seconds = watch.Elapsed.TotalSeconds;
        busy = Environment.CpuUsage.TotalTime - busy;
        double rate = Math.Min(before, GemmRate.Measure(team, 5)), gram = 1.0 * tiles.Rows * tiles.Rows * tiles.Columns;
        double forming = top.Passes * tiles.FormingFlops;
        double products = top.Passes * 4.0 * tiles.Rows * tiles.Columns * settings.BlockSize;
        double worst = Enumerable.Range(0, top.Values.Length).Max(s => top.Residuals[s] / (top.Values[s] * top.Values[s]));
        Print($"{checkpoint.Name}: n = {inputs.shape[0]}, nK = {tiles.Rows}, p = {tiles.Columns}, block {settings.BlockSize}");
        Print($"  {(top.IsConverged ? "converged" : "NOT converged")} in {top.Passes} passes, worst residual {worst:E1} theta");
        Print($"  sigma_1 {top.Values[0]:G6}, sigma_{Count} {top.Values[^1]:G6}, floor {top.TrustFloor:G3}");
        Print($"  dgemm on {Threads} threads: {rate / 1e9:F1} Gflop/s (the lower of before and after)");
        Print($"  wall {seconds:F1} s, CPU {busy.TotalSeconds:F1} s");
        Line("forming", matrix.FormingTime, forming);
        Line("products", matrix.ProductTime, products);
        Line("orthogonalisation", top.OrthogonalizationTime, settings.Flops(matrix, top.Passes) - forming - products);
        Print($"  all planned flops {(forming + products) / 1e12:F2} T: {(forming + products) / rate / seconds:P0} of the rate");
        Print($"  full Gram {gram / 1e12:F2} T, {gram / rate:F1} s at the rate: ratio {seconds * rate / gram:F2}");

        void Line(string name, TimeSpan time, double flops) => Print(
            $"  {name}: {time.TotalSeconds:F1} s, {flops / 1e12:F2} Tflop, {flops / rate / time.TotalSeconds:P0} of the rate");
    }

    private static RunPlan Plan(int examples, int epochs) => new(
        new Seeds(1, ImmutableSortedDictionary<string, long>.Empty),
        new FashionMnist(new ImageChoice([0, 1, 2], examples, 3, 0, true, Preprocessing.None, true)),
        new NoNoise(),
        new ResNet(20, 16, "none", 8, new Relu(), new PyTorchUniform(), 1),
        ParameterSelection.All,
        new TrainingPlan(
            new SquaredError("batch_mean"), new StochasticGradientDescent(0.01, 0.9), 128, epochs, Precision.Float32, 1000,
            new Constant(), [], null, new NoStopping()),
        new JacobianPlan(
            [new Checkpoint("initial", 0), new Checkpoint(Checkpoint.Final, epochs)], ["train"], ParameterSelection.All,
            Precision.Float64, "direct"),
        new RankCutoff(1),
        [],
        Threads);

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed class PassLines(Stopwatch watch) : IProgress<KrylovProgress>
    {
        public void Report(KrylovProgress value)
        {
            if (value.Part == 1)
                Console.Error.WriteLine(FormattableString.Invariant(
                    $"  pass {value.Pass} done after {watch.Elapsed.TotalSeconds:F0} s, {value.Converged} converged before it"));
        }
    }
}
