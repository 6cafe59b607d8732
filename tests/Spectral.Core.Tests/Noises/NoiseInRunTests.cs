using System.Collections.Immutable;
using Spectral.Core.Datasets;
using Spectral.Core.Formats;
using Spectral.Core.Noises;
using Spectral.Core.Plans;
using Spectral.Core.Tests.Execution;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Noises;

/// <summary>What a run's files say of noise: training labels and their mask; nothing else is touched.</summary>
public sealed class NoiseInRunTests : IDisposable
{
    private static readonly ImmutableDictionary<string, LabelNoise> Noises = ImmutableDictionary<string, LabelNoise>.Empty
        .Add("uniform", new UniformNoise(1))
        .Add("pair_flip", new PairFlipNoise(1))
        .Add("confusion", new ConfusionNoise([[0, 1, 0], [0, 0, 1], [1, 0, 0]]))
        .Add("permuted", new PermutedNoise(1))
        .Add("gaussian", new GaussianNoise(0.5));

    private readonly TemporaryFolder _folder = new();

    /// <summary>The kinds that do something.</summary>
    public static TheoryData<string> Kinds { get; } = [.. Noises.Keys.Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Validation_and_test_stay_clean_and_the_mask_tells_where_training_is_not(string kind)
    {
        ArtifactFolder payload = new(_folder.Path);
        SmallRun.Into(payload, SmallRun.Plan with { Noise = Noises[kind], Dataset = new Digits([3, 5, 8], 24, 12, 9) });
        foreach (string split in (string[])["validation", "test"])
        {
            Assert.Equal(payload.Read($"dataset/{split}/labels_clean.npy"), payload.Read($"dataset/{split}/labels.npy"));
            Assert.DoesNotContain(true, Mask(payload, split));
            Assert.False(payload.Contains($"dataset/{split}/targets.npy"));
        }

        long[] given = Labels(payload, "labels"), clean = Labels(payload, "labels_clean");
        if (kind == "gaussian")
        {
            Assert.Equal(clean, given);
            Assert.DoesNotContain(false, Mask(payload, "train"));
            Assert.Equal([24, 3], NpyArray.Parse(payload.Read("dataset/train/targets.npy")).Shape);
        }
        else
        {
            Assert.Equal(given.Zip(clean, (left, right) => left != right), Mask(payload, "train"));
            Assert.Contains(true, Mask(payload, "train"));
            Assert.False(payload.Contains("dataset/train/targets.npy"));
        }
    }

    private static long[] Labels(ArtifactFolder payload, string name) =>
        NpyArray.Parse(payload.Read($"dataset/train/{name}.npy")).ToLongs();

    private static bool[] Mask(ArtifactFolder payload, string split) =>
        NpyArray.Parse(payload.Read($"dataset/{split}/mask.npy")).ToBooleans();
}
