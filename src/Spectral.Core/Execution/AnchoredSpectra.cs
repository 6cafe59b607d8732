using Spectral.Core.Formats;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Execution;

/// <summary>Views of a bundle's spectra; what the payload does not hold is computed from its weights.</summary>
/// <param name="bundle">The payload.</param>
/// <param name="plan">The plan.</param>
/// <param name="progress">Told where the bundle's arrays could not be taken.</param>
internal sealed class AnchoredSpectra(ArtifactFolder bundle, RunPlan plan, IProgress<RunEvent> progress)
{
    /// <summary>
    /// The view with the bundle's singular values, left vectors, projections and outputs. Values below the trust floor,
    /// error bounds and norms stay as computed.
    /// </summary>
    /// <param name="computed">The view as computed from the bundle's weights.</param>
    /// <exception cref="FormatException">The arrays are not of such a spectrum.</exception>
    public SpectralView Of(SpectralView computed)
    {
        string folder = ResultFiles.SpectrumFolder(computed.Checkpoint, computed.Split);
        double[] sigma = Doubles($"{folder}/singular_values.npy", computed.Spectrum.Values.Length);
        double[] projections = Doubles($"{folder}/projections.npy", LabelVectors.Names.Length * sigma.Length);
        double[] outputs = Doubles($"{folder}/outputs.npy", computed.Outputs.Length);
        SingularSpectrum spectrum = computed.Spectrum with
        {
            Values = [.. sigma.Select((value, s) => double.IsNaN(value) ? computed.Spectrum.Values[s] : value)],
        };
        CutoffOutcome cutoff = plan.Cutoff.Resolve(spectrum);
        if (cutoff.Split?.Rank != computed.Cutoff.Split?.Rank)
        {
            progress.Report(new RunWarning(
                $"the cutoff splits the bundle's {computed.Split} spectrum at {computed.Checkpoint} at another rank than "
                + "the one computed from its weights: analyses see the computed one"));
            return computed;
        }

        return computed with
        {
            Spectrum = spectrum,
            Cutoff = cutoff,
            LeftVectors = computed.LeftVectors.IsEmpty
                ? computed.LeftVectors
                : Doubles($"{folder}/left_vectors.npy", computed.LeftVectors.Length),
            Outputs = outputs,
            Targets = [.. computed.Targets.Select(target => target with
            {
                Label = Row("label.", target.Name, target.Label)!,
                Residual = Row("residual.", target.Name, target.Residual),
                InitialResidual = Row("initial_residual.", target.Name, target.InitialResidual),
            })],
        };

        ProjectedVector? Row(string stem, string target, ProjectedVector? vector) => vector is null ? null : vector with
        {
            Coefficients =
                [.. projections.AsSpan(LabelVectors.Names.IndexOf(stem + target) * sigma.Length, sigma.Length)],
        };
    }

    private double[] Doubles(string path, int count)
    {
        if (!bundle.Contains(path))
            throw new FormatException($"{path}: expected {count} numbers, found no such file");
        double[] values = NpyArray.Parse(bundle.Read(path)).ToDoubles();
        return values.Length == count
            ? values
            : throw new FormatException($"{path}: expected {count} numbers, found {values.Length}");
    }
}
