using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// How far the linearised network's parameters must move along the information space to fit the labels or the residual:
/// ||J_I^+ y||, ||J_I^+ r_t|| and ||J_I^+ r_0||.
/// </summary>
public sealed record PseudoInverse : SpectralAnalysis
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Analysis, PseudoInverse>(
        kind: "pseudo_inverse",
        summary: "||J_I^+ y||, ||J_I^+ r|| and ||J_I^+ r_0||, as they are and over the vector's norm.",
        source: "arXiv:1906.05392v2, section 4, tables 1 to 3",
        example: "pseudo_inverse",
        fields: [],
        bind: _ => new PseudoInverse());

    /// <inheritdoc/>
    public override ImmutableArray<Measurement> Measure(SpectralView view)
    {
        MeasurementRow row = new(view, "pseudo_inverse");
        return
        [
            .. from target in view.Targets
               from vector in TargetVectors.Of(target)
               from measurement in Measure(row, view.Spectrum, target.Name, vector)
               select measurement,
        ];
    }

    private static IEnumerable<Measurement> Measure(
        MeasurementRow row, SingularSpectrum spectrum, string target, NamedVector named)
    {
        yield return row.EnclosedOfSpace(named.Name, target, "norm of theta", split => Of(split));
        yield return row.EnclosedOfSpace(
            named.Name + "_over_norm",
            target,
            "1 / sigma of J",
            split => named.Vector.Norm > 0 ? Of(split).Times(1 / named.Vector.Norm) : Enclosure.Undefined);

        Enclosure Of(SpaceSplit split) => new TruncatedJacobian(spectrum, split).PseudoInverse(named.Vector);
    }
}
