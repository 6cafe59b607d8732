using Spectral.Core.Components;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;

namespace Spectral.Core.Cutoffs;

/// <summary>The information space is spanned by the first r left singular vectors, whatever their values.</summary>
/// <param name="Rank">r, 1 to min(nK, p).</param>
public sealed record RankCutoff(int Rank) : Cutoff
{
    private static readonly Field<int> RankField = Field.Integer(
        "rank", (RankCutoff cutoff) => cutoff.Rank, "Dimension r of the information space.", minimum: 1);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Cutoff, RankCutoff>(
        kind: "rank",
        summary: "The first r singular directions, as in the paper's top 50.",
        source: "arXiv:1906.05392v2, section 4",
        example: "{rank: 50}",
        fields: [RankField],
        bind: settings => new RankCutoff(settings.Of(RankField)));

    /// <inheritdoc/>
    public override int? RequiredRank => Rank;

    /// <inheritdoc/>
    public override CutoffOutcome Resolve(SingularSpectrum spectrum) => TrustedRank.Split(spectrum, Rank, alpha: null);
}
