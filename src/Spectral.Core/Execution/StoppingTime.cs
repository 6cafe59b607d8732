using System.Collections.Immutable;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>
/// When training ends by the spectrum: the paper's T = Gamma / (eta alpha^2), alpha being the cutoff on J(W_0).
/// </summary>
internal static class StoppingTime
{
    /// <summary>
    /// The theory time after which training ends; infinity where no rule asks for one, or the cutoff is refused.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="weights">The weights before training.</param>
    /// <param name="spectra">Computes the initial spectrum.</param>
    /// <param name="train">Makes the training split in binary64; asked only where it is needed.</param>
    /// <param name="progress">Told where there is no time.</param>
    /// <remarks>Source: arXiv:1906.05392v2, corollary 6.6.</remarks>
    public static double Of(
        RunPlan plan,
        ImmutableArray<Tensor> weights,
        SpectrumStage spectra,
        Func<SplitTensors> train,
        IProgress<RunEvent> progress)
    {
        if (!plan.Training.Stop.NeedsInitialSpectrum)
            return double.PositiveInfinity;
        using IDisposable scope = NewDisposeScope();
        SpectralView view = spectra.Compute(new ReachedCheckpoint("initial", 0, [], weights), weights, train()).View;
        if (view.Cutoff.Split is { } split)
            return plan.Training.Stop.TimeLimit(split.Alpha);
        progress.Report(new RunWarning(
            $"training has no stopping time, for the initial cutoff is refused: {view.Cutoff.Refusal}"));
        return double.PositiveInfinity;
    }
}
