using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Components;
using Spectral.Core.Formats;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// ||P_I v||^2/||v||^2 of labels and residuals as a function of the rank: one run answers every cutoff.
/// </summary>
public sealed record EnergyCurve : Analysis
{
    private static readonly ImmutableArray<string> Vectors = ["label", "residual", "initial_residual"];

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Analysis, EnergyCurve>(
        kind: "energy_curve",
        summary: "The share of each label's and residual's energy in the first r singular directions, for every r.",
        source: "Imani, Hu and White 2022, representation alignment; arXiv:1910.08720, relative energy",
        example: "energy_curve",
        fields: [],
        bind: _ => new EnergyCurve());

    /// <summary>
    /// The table <c>energy_curve</c>: a row for every spectrum, target and rank that <see cref="ThinnedRanks"/> keeps,
    /// up to the last singular value above the trust floor. A share is within <c>angle_bound</c> (and rounding) of the
    /// exact one; where that is 1, the <c>status</c> is <c>cluster_cut</c>.
    /// </summary>
    /// <inheritdoc/>
    public override AnalysisResult Analyse(RunView run) => new(
        [],
        [
            new AnalysisTable("energy_curve", new CsvTable(
                ["epoch", "spectrum_at", "split", "target", "rank", "sigma", .. Vectors, "angle_bound", "status"],
                [.. run.Spectra.SelectMany(Rows)])),
        ]);

    private static IEnumerable<ImmutableArray<string>> Rows(SpectralView view)
    {
        SingularSpectrum spectrum = view.Spectrum;
        ImmutableArray<SpaceSplit> splits =
        [
            .. ThinnedRanks.UpTo(spectrum.TrustedCount, view.Cutoff.Split?.Rank ?? 0)
                .Select(rank => SpaceSplit.At(spectrum, rank, spectrum.Values[rank - 1])),
        ];
        double rounding = spectrum.Rows * UnitRoundoff.Float64;
        foreach (TargetView target in view.Targets)
        {
            ImmutableArray<NamedVector> known = [.. TargetVectors.Of(target)];
            ImmutableArray<double[]?> curves =
                [.. Vectors.Select(name => known.FirstOrDefault(vector => vector.Name == name) is { } found
                    ? Curve(found.Vector, splits, rounding) : null)];
            for (int i = 0; i < splits.Length; i++)
            {
                SpaceSplit split = splits[i];
                yield return
                [
                    view.Epoch.ToString(CultureInfo.InvariantCulture), view.Checkpoint, view.Split, target.Name,
                    split.Rank.ToString(CultureInfo.InvariantCulture), CsvTable.Number(split.SigmaAt),
                    .. curves.Select(curve => curve is null ? "" : CsvTable.Number(curve[i])),
                    CsvTable.Number(split.AngleBound), split.CutsCluster ? "cluster_cut" : "ok",
                ];
            }
        }
    }

    /// <summary>Cumulative shares; what rounding alone could have made is 0, and a zero vector has none.</summary>
    private static double[] Curve(ProjectedVector vector, ImmutableArray<SpaceSplit> splits, double rounding)
    {
        double[] curve = new double[splits.Length];
        double sum = 0, whole = vector.Norm * vector.Norm;
        int done = 0;
        for (int i = 0; i < curve.Length; i++)
        {
            for (; done < splits[i].Rank; done++)
                sum += vector.Coefficients[done] * vector.Coefficients[done];
            double share = whole > 0 ? sum / whole : double.NaN;
            curve[i] = share <= rounding ? 0 : Math.Min(1, share);
        }

        return curve;
    }
}
