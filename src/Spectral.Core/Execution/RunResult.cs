using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Execution;

/// <summary>
/// What a run found: all that a table or a report needs, and nothing that needs a tensor. The files of a bundle's
/// <c>results/</c> hold the same and give it back.
/// </summary>
/// <param name="Name">The experiment's name.</param>
/// <param name="Description">The author's description; may be empty.</param>
/// <param name="Plan">The plan that was run.</param>
/// <param name="PlanHash">Its hash, 64 hexadecimal digits.</param>
/// <param name="Parameters">p, the number of parameters that the Jacobian has columns for.</param>
/// <param name="Training">Loss and errors, by epoch, split and target.</param>
/// <param name="Spectra">One for each checkpoint and split, in the plan's order.</param>
/// <param name="Measurements">Everything that was measured, in the order of checkpoint, split and analysis.</param>
/// <param name="DivergedAt">The epoch in which the loss stopped being finite, or null.</param>
public sealed record RunResult(
    string Name,
    string Description,
    RunPlan Plan,
    string PlanHash,
    long Parameters,
    ImmutableArray<TrainingRow> Training,
    ImmutableArray<SpectrumResult> Spectra,
    ImmutableArray<Measurement> Measurements,
    int? DivergedAt)
{
    /// <summary>What the author expected to come out.</summary>
    public ImmutableArray<Expectation> Expectations { get; init; } = [];
}

/// <summary>The spectrum of one Jacobian.</summary>
/// <param name="Checkpoint">The checkpoint's name.</param>
/// <param name="Epoch">Its number of finished epochs.</param>
/// <param name="Split"><c>train</c> or <c>test</c>.</param>
/// <param name="Spectrum">The singular values; NaN below the trust floor once they have been through a file.</param>
public sealed record SpectrumResult(string Checkpoint, int Epoch, string Split, SingularSpectrum Spectrum);
