using System.Collections.Immutable;
using Spectral.Core.Caching;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>
/// Spectra that were computed earlier, one entry for each checkpoint and split, without the cutoff; a Gram matrix' left
/// vectors are entries of their own by rank. A Gram matrix that takes long is kept tile by tile until its spectrum is.
/// </summary>
/// <param name="stages">The run's cache.</param>
/// <param name="plan">The plan.</param>
/// <param name="layout">The network.</param>
internal sealed class KeptSpectra(KeptStages stages, RunPlan plan, NetworkLayout layout)
{
    /// <summary>Outputs f [nK] and the decomposition, from the cache or computed and kept.</summary>
    /// <param name="checkpoint">The checkpoint's name.</param>
    /// <param name="split">The split's name.</param>
    /// <param name="compute">Computes them; it is told where finished tiles of a Gram matrix go, or null.</param>
    public (double[] Outputs, JacobianDecomposition Found) Find(
        string checkpoint,
        string split,
        Func<GramTileFolder?, (double[] Outputs, JacobianDecomposition Found)> compute)
    {
        string key = KeyOf(checkpoint, split), part = $"{checkpoint}, {split}";
        Kept? found = stages.Read(Stages.Spectrum, key, files =>
        {
            (double[] outputs, JacobianDecomposition decomposition) =
                SpectrumFiles.Read(files, () => compute(null).Found);
            return new Kept(outputs, decomposition);
        });
        if (found is { } kept)
            return (kept.Outputs, kept.Found);
        DateTimeOffset started = DateTimeOffset.UtcNow;
        using WorkFolder? work = TakesLong(split) ? stages.Work(key) : null;
        (double[] Outputs, JacobianDecomposition Found) made =
            compute(work is null ? null : new GramTileFolder(work.Files.Root, key));
        if (made.Found.IsRepeatable)
        {
            stages.Keep(
                Stages.Spectrum, part, key, started, files => SpectrumFiles.Write(files, made.Outputs, made.Found));
        }

        work?.Discard();
        return made;
    }

    /// <summary>The left vectors of a rank, and the vectors in them, from the cache or computed and kept.</summary>
    /// <param name="checkpoint">The checkpoint's name.</param>
    /// <param name="split">The split's name.</param>
    /// <param name="found">The decomposition.</param>
    /// <param name="rank">r.</param>
    public (double[] LeftVectors, ImmutableArray<ProjectedVector> Vectors) Leading(
        string checkpoint, string split, JacobianDecomposition found, int rank)
    {
        if (rank == 0 || found.HoldsLeftVectors)
            return found.Leading(rank);
        string part = FormattableString.Invariant($"{checkpoint}, {split}, rank {rank}");
        string key = StageKeys.OfLeftVectors(KeyOf(checkpoint, split), rank);
        if (stages.Read(Stages.Spectrum, key, SpectrumFiles.ReadLeading) is { } kept)
            return (kept.Left, kept.Vectors);
        DateTimeOffset started = DateTimeOffset.UtcNow;
        (double[] LeftVectors, ImmutableArray<ProjectedVector> Vectors) made = found.Leading(rank);
        if (!found.IsRepeatable)
            return made;
        stages.Keep(
            Stages.Spectrum,
            part,
            key,
            started,
            files => SpectrumFiles.WriteLeading(files, made.LeftVectors, made.Vectors));
        return made;
    }

    private string KeyOf(string checkpoint, string split) =>
        StageKeys.OfSpectrum(plan, Catalog.Components, checkpoint, split);

    /// <summary>Whether a Gram matrix would be missed if it were lost.</summary>
    private bool TakesLong(string split) =>
        plan.Jacobian.Method == SpectrumMethod.Gram
        && stages.SaveEvery >= TimeSpan.Zero
        && layout.SpectrumMethod(plan, split).Flops
            >= stages.SaveEvery.TotalSeconds * StageCost.AssumedRate * Environment.ProcessorCount;

    private sealed record Kept(double[] Outputs, JacobianDecomposition Found);
}
