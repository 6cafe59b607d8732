using System.Collections.Immutable;
using Spectral.Core;
using Spectral.Core.Cutoffs;
using Spectral.Core.Datasets;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Losses;
using Spectral.Core.Networks;
using Spectral.Core.Noises;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Analyses;

int hidden = int.Parse(args[1]); int epochs = int.Parse(args[2]); double lr = double.Parse(args[3]); double rate = double.Parse(args[4]);
RunPlan plan = new(new Seeds(1, ImmutableSortedDictionary<string, long>.Empty), new Digits([.. Enumerable.Range(0, int.Parse(args[5]))], 300, 150),
    new UniformNoise(rate), new MultilayerPerceptron([hidden], new Tanh(), new PyTorchUniform()),
    new TrainingPlan(new SquaredError("batch_mean"), new StochasticGradientDescent(lr, 0.9), 32, epochs, Precision.Float32, 1),
    new JacobianPlan([new Checkpoint("initial", 0), new Checkpoint("final", epochs)], ["train", "test"], Precision.Float64, "direct"),
    new RankCutoff(int.Parse(args[6])), [new ClassificationError(), new LabelAlignment(), new ResidualEnergy()], 1);
byte[] json = PlanJson.Serialize(plan, Catalog.Components);
Console.WriteLine(System.Text.Encoding.UTF8.GetString(json));
Console.WriteLine(PlanJson.Hash(PlanJson.Parse(json, Catalog.Components), Catalog.Components) == PlanJson.Hash(plan, Catalog.Components));
ArtifactFolder folder = new(args[0]);
var clock = System.Diagnostics.Stopwatch.StartNew();
var outcome = new ExperimentRunner(ComputeDevice.Resolve("auto"), new P()).Run(new Experiment("x", "", plan), folder, default);
Console.WriteLine(clock.Elapsed);
foreach (var m in outcome.Result.Measurements) Console.WriteLine($"{m.Analysis,-20} {m.Quantity,-25} {m.SpectrumAt} {m.Split} {m.Target} {m.Value:G6} [{m.Lower:G6}, {m.Upper:G6}] {m.Status}");
internal sealed class P : IProgress<RunEvent> { public void Report(RunEvent e) { if (e is not EpochFinished { Epoch: var n } || n % 10 == 0) Console.WriteLine(e); } }
