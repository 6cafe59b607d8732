using Spectral.Core.Components;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;

namespace Spectral.Core.Cutoffs;

/// <summary>The information space holds every singular direction with sigma of at least alpha.</summary>
/// <param name="Alpha">alpha in units of J's singular values; never of the NTK's eigenvalues, which are their squares.</param>
public sealed record AbsoluteCutoff(double Alpha) : Cutoff
{
    private static readonly Field<double> AlphaField = Field.Real(
        "alpha",
        (AbsoluteCutoff cutoff) => cutoff.Alpha,
        "The smallest singular value of J that still belongs to the information space.",
        Interval.Positive,
        unit: "sigma of J");

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Cutoff, AbsoluteCutoff>(
        kind: "absolute",
        summary: "Singular values of alpha or more, alpha given as it is.",
        source: "arXiv:1906.05392v2, definition 2.1",
        example: "{absolute: 2.5}",
        fields: [AlphaField],
        bind: settings => new AbsoluteCutoff(settings.Of(AlphaField)));

    /// <inheritdoc/>
    public override int? RequiredRank => null;

    /// <inheritdoc/>
    public override double? Threshold(double largest) => Alpha;

    /// <inheritdoc/>
    public override CutoffOutcome Resolve(SingularSpectrum spectrum) =>
        TrustedRank.Split(spectrum, TrustedRank.CountFrom(spectrum, Alpha), Alpha);
}
