using System.Collections.Immutable;
using Spectral.Core.Formats;
using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>A split whose targets are a bundle's; a bundle does not hold inputs, which are loaded.</summary>
internal static class AnchoredData
{
    /// <summary>The split with the targets of <c>dataset/SPLIT/</c>.</summary>
    /// <param name="bundle">The bundle's payload.</param>
    /// <param name="loaded">The split as it was loaded.</param>
    /// <exception cref="FormatException">The files are not targets of as many examples and classes.</exception>
    public static LabelledSplit Of(ArtifactFolder bundle, LabelledSplit loaded)
    {
        string folder = $"dataset/{loaded.Name}";
        TargetArrays given = loaded.Given, clean = loaded.Arrays.Targets;
        return loaded with
        {
            Given = given.AreClasses
                ? Classes(bundle, $"{folder}/labels.npy", $"{folder}/targets.npy", given)
                : Reals(bundle, $"{folder}/targets.npy", given),
            Arrays = loaded.Arrays with
            {
                Targets = clean.AreClasses
                    ? Classes(bundle, $"{folder}/labels_clean.npy", null, clean)
                    : Reals(bundle, $"{folder}/targets_clean.npy", clean),
            },
        };
    }

    private static TargetArrays Classes(ArtifactFolder bundle, string path, string? values, TargetArrays like)
    {
        long[] labels = NpyArray.Parse(bundle.Read(path)).ToLongs();
        if (labels.Length != like.Count || !labels.All(label => label >= 0 && label < like.Outputs))
            throw new FormatException($"{path}: expected {like.Count} labels below {like.Outputs}");
        TargetArrays targets = TargetArrays.OneHot([.. labels.Select(label => (int)label)], like.Outputs);
        // Targets that are not the labels' one-hot vectors have a file of their own.
        return values is not null && bundle.Contains(values)
            ? targets with { Values = Values(bundle, values, like) }
            : targets;
    }

    private static TargetArrays Reals(ArtifactFolder bundle, string path, TargetArrays like) =>
        like with { Values = Values(bundle, path, like) };

    private static ImmutableArray<float> Values(ArtifactFolder bundle, string path, TargetArrays like)
    {
        float[] values = NpyArray.Parse(bundle.Read(path)).ToFloats();
        return values.Length == like.Values.Length
            ? [.. values]
            : throw new FormatException(
                $"{path}: expected {like.Count} by {like.Outputs} values, found {values.Length}");
    }
}
