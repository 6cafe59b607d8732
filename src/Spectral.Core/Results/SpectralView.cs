using System.Collections.Immutable;
using Spectral.Core.Numerics;

namespace Spectral.Core.Results;

/// <summary>
/// All that an analysis may look at: one checkpoint's Jacobian on one split, with labels and residuals in its
/// coordinates. Vectors are of R^{nK} in sample-major order, (i, c) = i*K + c.
/// </summary>
/// <param name="Checkpoint">The checkpoint's name.</param>
/// <param name="Epoch">Its number of finished epochs.</param>
/// <param name="Split"><c>train</c> or <c>test</c>.</param>
/// <param name="Examples">n of the split.</param>
/// <param name="Classes">K.</param>
/// <param name="Spectrum">The Jacobian's singular values.</param>
/// <param name="Cutoff">The split into information and nuisance space, or why there is none.</param>
/// <param name="Targets">
/// One for each of <c>given</c>, <c>clean</c>, <c>centred</c>, <c>noise</c> and <c>noise_centred</c>, in that order.
/// </param>
/// <param name="Errors">Errors at this checkpoint, one row for each kind of label that the split has.</param>
public sealed record SpectralView(
    string Checkpoint,
    int Epoch,
    string Split,
    int Examples,
    int Classes,
    SingularSpectrum Spectrum,
    CutoffOutcome Cutoff,
    ImmutableArray<TargetView> Targets,
    ImmutableArray<TrainingRow> Errors)
{
    /// <summary>||G u - J J^T u|| / ||G u|| by two roads for random u; null where the method has no second road.</summary>
    public double? SelfCheck { get; init; }

    /// <summary>u_1..u_r as columns, [nK, r], row-major; empty where the cutoff was refused or they take over 2 GiB.</summary>
    public ReadOnlyMemory<double> LeftVectors { get; init; }

    /// <summary>f [nK] at the checkpoint in binary64, sample-major; not softmax for any loss.</summary>
    public ReadOnlyMemory<double> Outputs { get; init; }
}

/// <summary>One kind of label in the coordinates of the Jacobian's left singular vectors.</summary>
/// <param name="Name">
/// <c>given</c>, <c>clean</c>, <c>centred</c>, <c>noise</c> (given - clean) or <c>noise_centred</c>, which is the noise less
/// its mean over the examples of the same clean class.
/// </param>
/// <param name="Label">The label vector y.</param>
/// <param name="ClassConstantShare">||P y||/||y|| for P onto span{1 (x) e_c}, the class-constant vectors; NaN for y = 0.</param>
/// <param name="Residual">r = f - y at this checkpoint (for <c>centred</c>, centred like y); null for noise.</param>
/// <param name="InitialResidual">r_0, the same residual at initialisation; null for noise.</param>
public sealed record TargetView(
    string Name, ProjectedVector Label, double ClassConstantShare, ProjectedVector? Residual, ProjectedVector? InitialResidual);
