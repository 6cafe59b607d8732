using System.Collections.Immutable;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Execution;

/// <summary>Runs from weights that are given as files: the same results as if they had been drawn or trained here.</summary>
public sealed class GivenWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Training_from_given_weights_has_the_bits_of_training_from_the_same_weights_drawn()
    {
        ArtifactFolder drawn = Run("drawn", SmallRun.Plan);
        string path = Path.Combine(drawn.Root, ResultFiles.Checkpoint("initial")), digest = ContentHash.Sha256OfFile(path);
        RunPlan plan = SmallRun.Plan with
        {
            InitialWeights = digest,
            Seeds = new Seeds(1, ImmutableSortedDictionary<string, long>.Empty.Add("init", 99)),
        };
        ArtifactFolder given = Run("given", plan, (digest, path));
        foreach (string same in (string[])["initial", "final"])
            Assert.Equal(drawn.Read(ResultFiles.Checkpoint(same)), given.Read(ResultFiles.Checkpoint(same)));
        Assert.Equal(File.ReadAllBytes(path), given.Read(InputFiles.PathOf(digest)));

        // What a bundle holds is enough to run it again.
        RunPlan read = PlanJson.Parse(given.Read(ResultFiles.Plan), Catalog.Components);
        ArtifactFolder again = Run("again", read, [.. InputFiles.In(given, read).Select(pair => (pair.Key, pair.Value))]);
        Assert.Equal(given.Files(), again.Files());
        Assert.All(given.Files(), file => Assert.Equal(given.Read(file), again.Read(file)));
    }

    [Fact]
    public void Models_that_were_trained_elsewhere_are_measured_as_if_they_had_been_trained_here()
    {
        ArtifactFolder trained = new(_folder.File("trained"));
        RunResult expected = SmallRun.Into(trained, SmallRun.Plan).Result;
        string[] paths = [.. new[] { "initial", "final" }.Select(name => Path.Combine(trained.Root, ResultFiles.Checkpoint(name)))];
        string[] digests = [.. paths.Select(ContentHash.Sha256OfFile)];
        RunPlan plan = SmallRun.Plan with
        {
            Training = SmallRun.Plan.Training with { Epochs = 0 },
            Weights = [new GivenWeights(digests[0], 0), new GivenWeights(digests[1], 5)],
            Jacobian = SmallRun.Plan.Jacobian with { At = [new Checkpoint("0", 0), new Checkpoint("5", 5)] },
        };
        ArtifactFolder payload = new(_folder.File("analysed"));
        RunResult found = SmallRun.Into(payload, plan, inputs: [(digests[0], paths[0]), (digests[1], paths[1])]).Result;

        Assert.Equal(trained.Read(ResultFiles.Checkpoint("final")), payload.Read(ResultFiles.Checkpoint("5")));
        Assert.Equal([0, 5], NpyArray.Parse(payload.Read(ResultFiles.OutputEpochs)).ToLongs());
        Assert.Equal(expected.Training.Where(row => row.Epoch is 0 or 5), found.Training);
        foreach ((string here, string there) in (ReadOnlySpan<(string, string)>)[("initial", "0"), ("final", "5")])
        {
            Assert.Equal(Values(expected, here), Values(found, there));
            foreach (string split in (string[])["train", "test"])
            {
                foreach (string file in (string[])["outputs.npy", "projections.npy", "left_vectors.npy"])
                {
                    Assert.Equal(
                        trained.Read($"{ResultFiles.SpectrumFolder(here, split)}/{file}"),
                        payload.Read($"{ResultFiles.SpectrumFolder(there, split)}/{file}"));
                }
            }
        }

        static IEnumerable<Measurement> Values(RunResult result, string checkpoint) =>
            result.Measurements.Where(row => row.SpectrumAt == checkpoint).Select(row => row with { SpectrumAt = "" });
    }

    [Fact]
    public void Weights_of_binary64_are_rounded_once_where_training_is_in_binary32()
    {
        ArtifactFolder wide = Run("wide", SmallRun.Plan with
        {
            Training = SmallRun.Plan.Training with { Precision = Precision.Float64 },
        });
        string path = Path.Combine(wide.Root, ResultFiles.Checkpoint("initial")), digest = ContentHash.Sha256OfFile(path);
        ArtifactFolder narrow = Run("narrow", SmallRun.Plan with { InitialWeights = digest }, (digest, path));
        Assert.Equal(
            Run("drawn", SmallRun.Plan).Read(ResultFiles.Checkpoint("initial")), narrow.Read(ResultFiles.Checkpoint("initial")));
    }

    [Fact]
    public void A_file_that_is_not_the_plans_or_not_the_networks_is_refused()
    {
        ArtifactFolder drawn = Run("drawn", SmallRun.Plan);
        string path = Path.Combine(drawn.Root, ResultFiles.Checkpoint("initial")), digest = ContentHash.Sha256OfFile(path);
        RunPlan plan = SmallRun.Plan with { InitialWeights = digest };
        string other = Path.Combine(drawn.Root, ResultFiles.Checkpoint("final"));
        InvalidDataException mismatch = Assert.Throws<InvalidDataException>(() => Run("other", plan, (digest, other)));
        Assert.Contains(other, mismatch.Message, StringComparison.Ordinal);
        Assert.Contains(digest, mismatch.Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => Run("unknown", plan));
        Assert.Throws<FileNotFoundException>(() => Run("gone", plan, (digest, _folder.File("nothing"))));

        RunPlan wider = plan with
        {
            Network = new Core.Networks.MultilayerPerceptron(
                [7], new Core.Layers.Tanh(), new Core.Initializations.PyTorchUniform()),
        };
        InvalidDataException misfit = Assert.Throws<InvalidDataException>(() => Run("misfit", wider, (digest, path)));
        Assert.Contains("1.weight of shape [6, 64] instead of [7, 64]", misfit.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"initial\":{\"weights\":\"../../etc/passwd\"}")]
    [InlineData("\"initial\":{\"weights\":\"ABCDEF\"}")]
    [InlineData("\"initial\":{\"weight\":\"\"}")]
    [InlineData("\"weights\":[]")]
    [InlineData("\"weights\":[{\"epoch\":1,\"sha256\":\"../x\"}]")]
    public void A_plan_names_its_inputs_by_digest_only(string entry)
    {
        string digest = new('a', 64);
        Assert.Equal(digest, With($"\"initial\":{{\"weights\":\"{digest}\"}}").InitialWeights);
        Assert.Throws<FormatException>(() => With(entry));

        static RunPlan With(string entry)
        {
            string json = System.Text.Encoding.UTF8.GetString(PlanJson.Serialize(SmallRun.Plan, Catalog.Components));
            return PlanJson.Parse(System.Text.Encoding.UTF8.GetBytes(json.Insert(1, entry + ",")), Catalog.Components);
        }
    }

    [Fact]
    public void Given_weights_change_the_keys_of_the_stages_that_use_them_alone()
    {
        string digest = new('a', 64);
        ImmutableArray<StageKey> drawn = StageKeys.Of(SmallRun.Plan, Catalog.Components);
        ImmutableArray<StageKey> initial = StageKeys.Of(SmallRun.Plan with { InitialWeights = digest }, Catalog.Components);
        ImmutableArray<StageKey> given =
            StageKeys.Of(SmallRun.Plan with { Weights = [new GivenWeights(digest, 0)] }, Catalog.Components);
        Assert.Equal(["network", "training", "spectrum", "analyses"], Changed(initial));
        Assert.Equal(["training", "spectrum", "analyses"], Changed(given));

        IEnumerable<string> Changed(ImmutableArray<StageKey> keys) => keys.Except(drawn).Select(key => key.Stage);
    }

    private ArtifactFolder Run(string name, RunPlan plan, params (string Digest, string Path)[] inputs)
    {
        ArtifactFolder payload = new(_folder.File(name));
        SmallRun.Into(payload, plan, inputs: inputs);
        return payload;
    }
}
