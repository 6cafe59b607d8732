namespace Spectral.Core.Numerics;

/// <summary>The norms of a matrix that is known by its rows, such as a Jacobian or the difference of two.</summary>
/// <param name="Spectral">||A||, the largest singular value, by block Krylov; above it what its residual leaves open.</param>
/// <param name="Frobenius">||A||_F.</param>
public sealed record RowNorms(Enclosure Spectral, Enclosure Frobenius)
{
    /// <summary>Computes both. Cost: some passes of A^T A with a block of a few columns; A is formed in each.</summary>
    /// <param name="rows">A.</param>
    /// <param name="around">||B||_F of the matrices that A is a difference of, whose rounding it keeps; 0 for no difference.</param>
    /// <param name="seed">Of the start block.</param>
    /// <param name="team">The threads; their number changes no bit.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static RowNorms Of(
        RowTiles rows, double around, ulong seed, WorkerTeam team, CancellationToken cancellation)
    {
        using RowTileOperator matrix = new(rows);
        TopSpectrum top =
            BlockKrylov.Compute(matrix, KrylovSettings.For(1, seed), team, new Unheard(), cancellation);
        double frobenius = Math.Sqrt(top.FrobeniusSquared);
        // Entries are known to a few roundings of their size, which a difference keeps.
        double entries = 32 * UnitRoundoff.Float64 * Math.Max(around, frobenius);
        return new RowNorms(
            top.Values.IsEmpty
                ? Enclosure.Around(0, entries)
                : Enclosure.Around(top.Values[0], entries + top.ValueBound(0)),
            Enclosure.Around(frobenius, entries + (frobenius * rows.Rows * UnitRoundoff.Float64)));
    }

    private sealed class Unheard : IProgress<KrylovProgress>
    {
        public void Report(KrylovProgress value)
        {
        }
    }
}
