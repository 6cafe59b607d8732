using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Tests.Analyses;

/// <summary>Runs made by hand: two examples of two classes, recorded after epochs 0, 1 and 4.</summary>
internal static class MadeRun
{
    /// <summary>A run with given spectra, records and parameters.</summary>
    public static RunView Of(
        RunPlan plan,
        ImmutableArray<SplitView> splits,
        ImmutableArray<SpectralView> spectra,
        ImmutableArray<TrainingRow>? rows = null,
        params (string Checkpoint, double[] Parameters)[] parameters) =>
        new(plan, 1, splits, spectra, rows ?? [], new MadeJacobians(parameters));

    /// <summary>Two examples with labels 0 and 1 and given outputs [E, 2, 2].</summary>
    public static SplitView Split(string name, params ImmutableArray<float[]> outputs) => new(
        name,
        2,
        2,
        [1, 0, 0, 1],
        [1, 0, 0, 1],
        [0, 1],
        [0, 1],
        [.. ((long[])[0, 1, 4]).Take(outputs.Length)],
        outputs.SelectMany(record => record).ToArray(),
        2);

    /// <summary>A view with the first unit vectors of R^4 as left vectors.</summary>
    public static SpectralView View(string checkpoint, int epoch, string split, Cutoff cutoff, params double[] sigma)
    {
        SingularSpectrum spectrum = new([.. sigma], 0, 4, 4, "made");
        CutoffOutcome outcome = cutoff.Resolve(spectrum);
        int rank = outcome.Split?.Rank ?? 0;
        double[] left = new double[4 * rank];
        for (int s = 0; s < rank; s++)
            left[(s * rank) + s] = 1;
        return new SpectralView(checkpoint, epoch, split, 2, 2, spectrum, outcome, [], []) { LeftVectors = left };
    }

    private sealed class MadeJacobians((string Checkpoint, double[] Parameters)[] parameters) : JacobianAccess
    {
        public override int Threads => 1;

        public override CancellationToken Cancellation => CancellationToken.None;

        public override JacobianSource Source(string checkpoint, string split) => throw new NotSupportedException();

        public override RowTiles Rows(string checkpoint, string split) => throw new NotSupportedException();

        public override double[] Inputs(string split) => throw new NotSupportedException();

        public override double[] Parameters(string checkpoint) =>
            (double[])parameters.Single(pair => pair.Checkpoint == checkpoint).Parameters.Clone();
    }
}
