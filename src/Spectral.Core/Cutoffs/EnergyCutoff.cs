using Spectral.Core.Components;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;

namespace Spectral.Core.Cutoffs;

/// <summary>The information space is the smallest leading one that holds a fraction of the Jacobian's energy.</summary>
/// <param name="Fraction">e of sum_{s&lt;=r} sigma_s^2 >= e ||J||_F^2, in (0, 1].</param>
public sealed record EnergyCutoff(double Fraction) : Cutoff
{
    private static readonly Field<double> FractionField = Field.Real(
        "fraction",
        (EnergyCutoff cutoff) => cutoff.Fraction,
        "e: the smallest r with sum over s <= r of sigma_s^2 of at least e ||J||_F^2.",
        Interval.OpenClosed(0, 1),
        unit: "||J||_F^2");

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Cutoff, EnergyCutoff>(
        kind: "energy",
        summary: "The fewest singular directions that hold a fraction of the sum of squared singular values.",
        source: "the explained-variance convention of principal component analysis",
        example: "{energy: 0.9}",
        fields: [FractionField],
        bind: settings => new EnergyCutoff(settings.Of(FractionField)));

    /// <inheritdoc/>
    public override int? RequiredRank => null;

    /// <inheritdoc/>
    public override CutoffOutcome Resolve(SingularSpectrum spectrum)
    {
        // Summed from the large end in both places, so that a fraction of 1 is reached exactly at the last value.
        double total = spectrum.SquaredNorm ?? spectrum.Values.Sum(value => value * value);
        double sum = 0;
        int rank = 0;
        while (rank < spectrum.Values.Length && sum < Fraction * total)
        {
            sum += spectrum.Values[rank] * spectrum.Values[rank];
            rank++;
        }

        return sum < Fraction * total && !spectrum.IsComplete
            ? CutoffOutcome.Refused(FormattableString.Invariant(
                $"the {rank} singular values that were computed hold {100 * sum / total:F1} % of the energy: ask for more"))
            : TrustedRank.Split(spectrum, rank, alpha: null);
    }
}
