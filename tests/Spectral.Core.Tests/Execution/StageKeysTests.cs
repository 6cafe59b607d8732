using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Spectral.Core.Analyses;
using Spectral.Core.Augmentations;
using Spectral.Core.Cutoffs;
using Spectral.Core.Datasets;
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
using Xunit;

namespace Spectral.Core.Tests.Execution;

/// <summary>
/// A change of the plan changes the keys of exactly those stages whose result it can change: less would reuse a wrong
/// result, more would compute one twice.
/// </summary>
public sealed partial class StageKeysTests
{
    private const string All = "data noise network training spectrum analyses";
    private const string FromNoise = "noise training spectrum analyses";
    private const string FromNetwork = "network training spectrum analyses";
    private const string FromTraining = "training spectrum analyses";
    private const string FromSpectrum = "spectrum analyses";

    private static readonly Dictionary<string, (Func<RunPlan, RunPlan> Change, string Stages)> Changes = new()
    {
        ["Seeds.Root"] = (plan => plan with { Seeds = plan.Seeds with { Root = 2 } }, All),
        ["Seeds.Root behind four own seeds"] = (
            plan => plan with { Seeds = new(2, Own(("data", 1), ("noise", 1), ("init", 1), ("batches", 1))) }, ""),
        ["Seeds.Own, the root's seed"] = (plan => plan with { Seeds = new(1, Own(("data", 1))) }, ""),
        ["Seeds.Own data"] = (plan => plan with { Seeds = new(1, Own(("data", 2))) }, All),
        ["Seeds.Own noise"] = (plan => plan with { Seeds = new(1, Own(("noise", 2))) }, FromNoise),
        ["Seeds.Own init"] = (plan => plan with { Seeds = new(1, Own(("init", 2))) }, FromNetwork),
        ["Seeds.Own batches"] = (plan => plan with { Seeds = new(1, Own(("batches", 2))) }, FromTraining),
        ["Dataset classes"] = (plan => plan with { Dataset = new Digits([3, 8, 5], 24, 12, 0) }, All),
        ["Dataset train"] = (plan => plan with { Dataset = new Digits([3, 5, 8], 25, 12, 0) }, All),
        ["Dataset test"] = (plan => plan with { Dataset = new Digits([3, 5, 8], 24, 13, 0) }, All),
        ["Noise rate"] = (plan => plan with { Noise = new UniformNoise(0.5) }, FromNoise),
        ["Noise kind"] = (plan => plan with { Noise = new NoNoise() }, FromNoise),
        ["Network width"] = (plan => plan with { Network = Mlp([7]) }, FromNetwork),
        ["Network activation"] = (
            plan => plan with { Network = Mlp([6]) with { Activation = new Relu() } }, FromNetwork),
        ["Network initialization"] = (
            plan => plan with { Network = Mlp([6]) with { Initialization = new Normal(1) } }, FromNetwork),
        ["Trainable"] = (plan => plan with { Trainable = new(["3.*"]) }, FromTraining),
        ["InitialWeights"] = (plan => plan with { InitialWeights = new string('a', 64) }, FromNetwork),
        ["Weights"] = (plan => plan with { Weights = [new(new string('b', 64), 3)] }, FromTraining),
        ["Training.Loss"] = (OfTraining(training => training with { Loss = new SquaredError("sum") }), FromTraining),
        ["Training.Optimizer rate"] = (
            OfTraining(training => training with { Optimizer = new StochasticGradientDescent(0.2, 0.9) }),
            FromTraining),
        ["Training.Optimizer momentum"] = (
            OfTraining(training => training with { Optimizer = new StochasticGradientDescent(0.1, 0) }), FromTraining),
        ["Training.BatchSize"] = (OfTraining(training => training with { BatchSize = 9 }), FromTraining),
        ["Training.Epochs"] = (OfTraining(training => training with { Epochs = 6 }), FromTraining),
        ["Training.Precision"] = (OfTraining(training => training with { Precision = Precision.Float64 }), FromNetwork),
        ["Training.RecordOutputsEvery"] = (
            OfTraining(training => training with { RecordOutputsEvery = 1 }), FromTraining),
        ["Training.EvaluateEvery"] = (OfTraining(training => training with { EvaluateEvery = 2 }), FromTraining),
        ["Training.Schedule"] = (OfTraining(training => training with { Schedule = new StepDecay([2], 0.1) }), FromTraining),
        ["Training.Augment"] = (OfTraining(training => training with { Augment = [new HorizontalFlip(0.5)] }), FromTraining),
        ["Training.ClipGradientNorm"] = (OfTraining(training => training with { ClipGradientNorm = 1 }), FromTraining),
        ["Training.Stop"] = (OfTraining(training => training with { Stop = new BestTestStopping(3) }), FromTraining),
        ["Jacobian.At epoch"] = (
            OfJacobian(jacobian => jacobian with { At = [new("initial", 0), new("final", 4)] }), FromTraining),
        ["Jacobian.At name"] = (
            OfJacobian(jacobian => jacobian with { At = [new("initial", 0), new("5", 5)] }), FromTraining),
        ["Jacobian.Splits"] = (OfJacobian(jacobian => jacobian with { Splits = ["train"] }), FromSpectrum),
        ["Jacobian.Parameters"] = (
            OfJacobian(jacobian => jacobian with { Parameters = new(["3.weight"]) }), FromSpectrum),
        ["Jacobian.Precision"] = (
            OfJacobian(jacobian => jacobian with { Precision = Precision.Float32 }), FromSpectrum),
        ["Jacobian.Method"] = (OfJacobian(jacobian => jacobian with { Method = "gram" }), FromSpectrum),
        ["Jacobian.Examples"] = (
            OfJacobian(jacobian => jacobian with
            {
                Examples = ImmutableSortedDictionary<string, int>.Empty.Add("test", 3),
            }),
            FromSpectrum),
        ["Jacobian.Top"] = (OfJacobian(jacobian => jacobian with { Top = 3 }), FromSpectrum),
        ["Cutoff value"] = (plan => plan with { Cutoff = new RankCutoff(5) }, "analyses"),
        ["Cutoff kind"] = (plan => plan with { Cutoff = new RelativeCutoff(0.5) }, "analyses"),
        ["Analyses fewer"] = (plan => plan with { Analyses = [new LabelAlignment()] }, "analyses"),
        ["Analyses in another order"] = (plan => plan with { Analyses = [.. plan.Analyses.Reverse()] }, "analyses"),
        ["Threads"] = (plan => plan with { Threads = 2 }, FromTraining),
    };

    /// <summary>The changes' names.</summary>
    public static TheoryData<string> Names { get; } = [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_change_changes_exactly_the_keys_of_the_stages_that_it_reaches(string name)
    {
        ImmutableArray<StageKey> before = Keys(SmallRun.Plan), after = Keys(Changes[name].Change(SmallRun.Plan));
        Assert.Equal(Changes[name].Stages, string.Join(' ', after.Except(before).Select(key => key.Stage)));
    }

    [Fact]
    public void Every_property_of_a_plan_is_changed_by_the_table()
    {
        string[] properties =
        [
            .. typeof(RunPlan).GetProperties().SelectMany(property =>
                property.PropertyType == typeof(Seeds) || property.Name is "Training" or "Jacobian"
                    ? property.PropertyType.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                        .Select(inner => $"{property.Name}.{inner.Name}")
                    : [property.Name]),
        ];
        Assert.Equal(29, properties.Length);
        Assert.All(properties, property =>
            Assert.Contains(
                Changes.Keys, name => name == property || name.StartsWith(property + " ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Keys_are_the_same_for_a_plan_that_was_read_and_differ_between_stages()
    {
        ImmutableArray<StageKey> keys = Keys(SmallRun.Plan);
        Assert.Equal(All, string.Join(' ', keys.Select(key => key.Stage)));
        Assert.All(keys, key => Assert.Matches(Hash(), key.Key));
        Assert.Distinct(keys.Select(key => key.Key));
        byte[] written = PlanJson.Serialize(SmallRun.Plan, Catalog.Components);
        Assert.Equal(keys, Keys(PlanJson.Parse(written, Catalog.Components)));
    }

    private static ImmutableArray<StageKey> Keys(RunPlan plan) => StageKeys.Of(plan, Catalog.Components);

    private static MultilayerPerceptron Mlp(ImmutableArray<int> hidden) =>
        new(hidden, new Tanh(), new PyTorchUniform());

    private static Func<RunPlan, RunPlan> OfTraining(Func<TrainingPlan, TrainingPlan> change) =>
        plan => plan with { Training = change(plan.Training) };

    private static Func<RunPlan, RunPlan> OfJacobian(Func<JacobianPlan, JacobianPlan> change) =>
        plan => plan with { Jacobian = change(plan.Jacobian) };

    private static ImmutableSortedDictionary<string, long> Own(params ReadOnlySpan<(string Stream, long Seed)> own)
    {
        ImmutableSortedDictionary<string, long>.Builder seeds = ImmutableSortedDictionary.CreateBuilder<string, long>();
        foreach ((string stream, long seed) in own)
            seeds[stream] = seed;
        return seeds.ToImmutable();
    }

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hash();
}
