using Spectral.Core.Components;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;

namespace Spectral.Core.Cutoffs;

/// <summary>The information space holds every singular direction with sigma of at least a fraction of the largest.</summary>
/// <param name="Fraction">c of alpha = c sigma_1, in (0, 1].</param>
public sealed record RelativeCutoff(double Fraction) : Cutoff
{
    private static readonly Field<double> FractionField = Field.Real(
        "fraction",
        (RelativeCutoff cutoff) => cutoff.Fraction,
        "c of alpha = c sigma_1.",
        Interval.OpenClosed(0, 1),
        unit: "sigma_1");

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Cutoff, RelativeCutoff>(
        kind: "relative",
        summary: "Singular values of at least a fraction of the largest.",
        source: "arXiv:1906.05392v2, definition 2.1, with alpha = c sigma_1",
        example: "{relative: 0.1}",
        fields: [FractionField],
        bind: settings => new RelativeCutoff(settings.Of(FractionField)));

    /// <inheritdoc/>
    public override int? RequiredRank => null;

    /// <inheritdoc/>
    public override double? Threshold(double largest) => Fraction * largest;

    /// <inheritdoc/>
    public override CutoffOutcome Resolve(SingularSpectrum spectrum)
    {
        double alpha = Fraction * spectrum.Largest;
        return TrustedRank.Split(spectrum, TrustedRank.CountFrom(spectrum, alpha), alpha);
    }
}
