using System.Collections.Immutable;
using Spectral.Core.Execution;

namespace Spectral.Core.Bundles;

/// <summary>Which stage of a run makes which content file, and in which order files come to be.</summary>
internal static class ArtifactStage
{
    /// <summary>The stages in their order.</summary>
    public static readonly ImmutableArray<string> InOrder =
        [Stages.Data, Stages.Training, Stages.Spectrum, Stages.Analyses];

    /// <summary>Files of one stage that come before the others, by how their paths end.</summary>
    private static readonly ImmutableArray<string> Earliest =
    [
        "plan.json", "dataset/facts.json", "checkpoints/initial.safetensors", "results/training.csv",
        "/outputs.npy", "/singular_values.npy", "/left_vectors.npy", "/projections.npy",
    ];

    /// <summary>The stage that makes a content file.</summary>
    /// <param name="path">Its path in the payload.</param>
    public static string Of(string path) => path.Split('/') switch
    {
        ["dataset", ..] or [BagLayout.Plan] => Stages.Data,
        ["checkpoints", ..] or ["results", "outputs", ..] or ["results", "training.csv"] => Stages.Training,
        ["results", "analyses", ..] => Stages.Analyses,
        ["results", _, _, ..] => Stages.Spectrum,
        _ => Stages.Analyses,
    };

    /// <summary>The place of a file among those of its stage: what others are computed from comes first.</summary>
    /// <param name="path">Its path in the payload.</param>
    public static int Place(string path)
    {
        for (int place = 0; place < Earliest.Length; place++)
        {
            if (path.EndsWith(Earliest[place], StringComparison.Ordinal))
                return place;
        }

        return Earliest.Length;
    }
}
