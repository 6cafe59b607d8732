using System.Globalization;
using Spectral.Core.Numerics;
using Spectral.Core.Results;

namespace Spectral.Core.Execution;

/// <summary>What a reader of a spectrum should know beside its numbers.</summary>
internal static class SpectrumWarnings
{
    /// <summary>The warnings of one spectrum, each with its checkpoint and split.</summary>
    public static IEnumerable<RunWarning> Of(SpectrumArtifacts artifacts)
    {
        SpectralView view = artifacts.View;
        SingularSpectrum spectrum = view.Spectrum;
        if (!spectrum.IsConverged)
        {
            string residual = spectrum.Residuals.Max().ToString("0.0e0", CultureInfo.InvariantCulture);
            yield return At($"block Krylov has not converged; the largest residual is {residual}");
        }

        if (view.Cutoff.Refusal is { } refusal)
            yield return At($"no split into information and nuisance space: {refusal}");
        if (view.Cutoff.Split is not { } split)
            yield break;
        if (split.CutsCluster)
        {
            yield return At(FormattableString.Invariant(
                $"the cutoff after rank {split.Rank} cuts a cluster of equal singular values; ")
                + "the spaces are not unique");
        }

        if (!artifacts.KeepsLeftVectors)
        {
            yield return At(FormattableString.Invariant(
                $"the {split.Rank} left singular vectors of {spectrum.Rows} rows take more than 2 GiB and are not kept; ")
                + "every measurement is there");
        }

        RunWarning At(string text) => new($"{view.Checkpoint}, {view.Split}: {text}");
    }
}
