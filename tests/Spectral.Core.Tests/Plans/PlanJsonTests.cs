using System.Collections.Immutable;
using System.Text;
using Spectral.Core.Cutoffs;
using Spectral.Core.Datasets;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Networks;
using Spectral.Core.Noises;
using Spectral.Core.Plans;
using Spectral.Core.Tests.Execution;
using Xunit;

namespace Spectral.Core.Tests.Plans;

/// <summary>A plan's canonical JSON and its hash, by which bundles are named: neither may change by accident.</summary>
public sealed class PlanJsonTests
{
    private static readonly string Canonical = """
        {"analyses":[{"classification_error":{}},{"label_alignment":{}},{"residual_energy":{"reference":"final"}}],
        "cutoff":{"rank":{"rank":4}},"dataset":{"digits":{"classes":[3,5,8],"standardize":"none","test":12,
        "train":24,"unit_norm":false,"validation":0}},"jacobian":{"at":[{"epoch":0,"name":"initial"},{"epoch":5,
        "name":"final"}],"method":"direct","parameters":"all","precision":"float64","splits":["train","test"]},
        "network":{"mlp":{"activation":{"tanh":{}},"hidden":[6],"initialization":{"pytorch":{}}}},
        "noise":{"uniform":{"rate":0.3333333333333333}},"plan":1,"seed":{"root":1},"threads":1,"trainable":"all",
        "training":{"augment":[],"batch_size":8,"clip_gradient_norm":"none","epochs":5,
        "loss":{"squared_error":{"reduction":"batch_mean"}},"optimizer":{"sgd":{"learning_rate":0.1,"momentum":0.9,
        "nesterov":false,"weight_decay":0}},"precision":"float32","record_outputs_every":2,
        "schedule":{"constant":{}},"stop":{"none":{}}}}
        """.ReplaceLineEndings("");

    [Fact]
    public void The_canonical_JSON_is_golden() =>
        Assert.Equal(Canonical, Encoding.UTF8.GetString(PlanJson.Serialize(SmallRun.Plan, Catalog.Components)));

    [Fact]
    public void The_plan_hash_is_golden() =>
        Assert.Equal(
            "5369d5e740616a330b5b165054f75b540d4db701c55499bad5026d2177d8d0c9",
            PlanJson.Hash(SmallRun.Plan, Catalog.Components));

    [Fact]
    public void A_plan_that_was_read_has_the_same_bytes_and_the_same_values()
    {
        RunPlan read = PlanJson.Parse(Encoding.UTF8.GetBytes(Canonical), Catalog.Components);
        Assert.Equal(Canonical, Encoding.UTF8.GetString(PlanJson.Serialize(read, Catalog.Components)));
        Assert.Equal(1, read.Seeds.Root);
        Assert.Equal([3, 5, 8], Assert.IsType<Digits>(read.Dataset).Classes);
        Assert.Equal(SmallRun.Plan.Training with { Augment = [] }, read.Training with { Augment = [] });
        Assert.Equal(SmallRun.Plan.Jacobian.At, read.Jacobian.At);
        Assert.Equal(SmallRun.Plan.Jacobian.Splits, read.Jacobian.Splits);
        Assert.Equal(SmallRun.Plan.Cutoff, read.Cutoff);
        Assert.Equal(SmallRun.Plan.Analyses, read.Analyses);
    }

    [Fact]
    public void A_method_is_held_against_the_columns_that_are_wanted_and_not_against_all_weights()
    {
        RunPlan plan = SmallRun.Plan with
        {
            Dataset = new GaussianMixture(2, 1, 2, 0.1, 0, false, 20_000, 1, 0, Preprocessing.None),
            Network = new MultilayerPerceptron([20_000], new Tanh(), new PyTorchUniform()),
            Jacobian = SmallRun.Plan.Jacobian with { Parameters = new(["3.bias"]) }, // 40,000 x 2
            Cutoff = new RankCutoff(2),
        };
        byte[] json = PlanJson.Serialize(plan, Catalog.Components);
        Assert.Equal(json, PlanJson.Serialize(PlanJson.Parse(json, Catalog.Components), Catalog.Components));
        byte[] all = PlanJson.Serialize(
            plan with { Jacobian = plan.Jacobian with { Parameters = ParameterSelection.All } }, Catalog.Components);
        FormatException refusal = Assert.Throws<FormatException>(() => PlanJson.Parse(all, Catalog.Components));
        Assert.Contains("too large, expected a shorter side of 32766 or less", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void White_space_and_the_order_of_keys_do_not_matter()
    {
        string shuffled =
            " { \"threads\" : 1 ," + Canonical.Replace("\"threads\":1,", "\n", StringComparison.Ordinal)[1..];
        RunPlan read = PlanJson.Parse(Encoding.UTF8.GetBytes(shuffled), Catalog.Components);
        Assert.Equal(PlanJson.Hash(SmallRun.Plan, Catalog.Components), PlanJson.Hash(read, Catalog.Components));
    }

    [Fact]
    public void A_plan_of_other_components_and_values_survives()
    {
        RunPlan plan = SmallRun.Plan with
        {
            Seeds = new(Seeds.Maximum, Own(("noise", 0), ("init", 3))),
            Dataset = new Digits([9, 0], 3, 2, 0),
            Noise = new NoNoise(),
            Network = new LayerSequence([new Flatten(), new Dense(2, false, new Normal(0.1))]),
            Training = SmallRun.Plan.Training with { Precision = Precision.Float64, Epochs = 0, BatchSize = 3 },
            Jacobian = new([new("0-Start", 0)], ["test"], ParameterSelection.All, Precision.Float64, "direct"),
            Analyses = [],
            Threads = 7,
        };
        byte[] written = PlanJson.Serialize(plan, Catalog.Components);
        RunPlan read = PlanJson.Parse(written, Catalog.Components);
        Assert.Equal(written, PlanJson.Serialize(read, Catalog.Components));
        Assert.Equal((1UL << 53, 0UL, 3UL), (read.Seeds.Of("data"), read.Seeds.Of("noise"), read.Seeds.Of("init")));
        Assert.Equal(plan.Training with { Augment = [] }, read.Training with { Augment = [] });
        Assert.Equal(7, read.Threads);
    }

    [Fact]
    public void A_stream_whose_seed_is_the_roots_is_the_same_plan_and_any_other_is_not()
    {
        string root = Hash(new Seeds(1, Own()));
        Assert.Equal(root, Hash(new Seeds(1, Own(("data", 1)))));
        Assert.Equal(root, Hash(new Seeds(1, Own(("data", 1), ("noise", 1), ("init", 1), ("batches", 1)))));
        Assert.Equal(root, PlanJson.Hash(PlanEdit.Parse("seed", """{"root": 1, "data": 1}"""), Catalog.Components));
        string[] others = [.. Seeds.StreamNames.Select(stream => Hash(new Seeds(1, Own((stream, 2)))))];
        Assert.Distinct([root, Hash(new Seeds(2, Own())), .. others]);

        static string Hash(Seeds seeds) => PlanJson.Hash(SmallRun.Plan with { Seeds = seeds }, Catalog.Components);
    }

    [Fact]
    public void A_stream_takes_its_own_seed_and_else_the_roots()
    {
        Seeds seeds = new(4, Own(("init", 9)));
        Assert.Equal([4UL, 4, 9, 4], ((string[])["data", "noise", "init", "batches"]).Select(seeds.Of));
        Assert.Throws<ArgumentException>(() => seeds.Of("weights"));
    }

    private static ImmutableSortedDictionary<string, long> Own(params ReadOnlySpan<(string Stream, long Seed)> own)
    {
        ImmutableSortedDictionary<string, long>.Builder seeds = ImmutableSortedDictionary.CreateBuilder<string, long>();
        foreach ((string stream, long seed) in own)
            seeds[stream] = seed;
        return seeds.ToImmutable();
    }
}
