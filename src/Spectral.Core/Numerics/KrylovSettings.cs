namespace Spectral.Core.Numerics;

/// <summary>What a block Krylov run is asked for and how much it may use.</summary>
/// <param name="Count">k, how many singular values and left vectors are wanted, 1 or more.</param>
/// <param name="BlockSize">
/// b, vectors in one pass, more than k: then no value among the k largest and the next one can be missed, however often
/// it repeats, for a Krylov space finds b copies of each.
/// </param>
/// <param name="MaximumBasis">The most basis vectors before a thick restart, at least k + b: bounds the memory.</param>
/// <param name="MaximumPasses">The most passes; a run that needs more ends unconverged.</param>
/// <param name="Tolerance">A pair has converged once ||G u - theta u|| is at most this times theta.</param>
/// <param name="Seed">The seed of the start block.</param>
public sealed record KrylovSettings(
    int Count, int BlockSize, int MaximumBasis, int MaximumPasses, double Tolerance, ulong Seed)
{
    /// <summary>
    /// The usual choice: b of about 2.5 k (at k = 50 the fewest passes per flop over data, see
    /// <see cref="RowTileOperator"/>), a basis of eight blocks, 1e-6.
    /// </summary>
    public static KrylovSettings For(int count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        int block = (count + Math.Max(2, Math.Min(3 * count / 2, 76)) + 7) / 8 * 8;
        return new KrylovSettings(count, block, Math.Max(8 * block, 4 * count), 40, 1e-6, seed);
    }

    /// <summary>Flops of a number of passes over an operator with the orthogonalisation of an unrestarted
    /// basis.</summary>
    public double Flops(SymmetricOperator matrix, int passes)
    {
        int block = Math.Min(BlockSize, matrix.Order);
        // Three passes of Gram-Schmidt of each block against all before it, and two QR factorisations.
        double basis = 0;
        for (int pass = 1; pass <= passes; pass++)
        {
            basis += (12.0 * matrix.Order * block * Math.Min((double)pass * block, MaximumBasis))
                + (8.0 * matrix.Order * block * block);
        }

        return (passes * matrix.Flops(block)) + basis;
    }

    /// <summary>Bytes at the peak of a run: the basis with one block of images, their left sides and the operator's
    /// own.</summary>
    public double Bytes(SymmetricOperator matrix)
    {
        double block = Math.Min(BlockSize, matrix.Order), basis = Math.Min(MaximumBasis, (double)matrix.Order);
        return (8 * (basis + block) * matrix.Order) + (8 * basis * matrix.LeftRows) + (6 * 8 * basis * basis)
            + matrix.ScratchBytes((int)block);
    }

    /// <summary>The settings cut down to what an operator's order can use.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    internal KrylovSettings FittedTo(SymmetricOperator matrix)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(BlockSize, Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumPasses, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumBasis, Count + BlockSize);
        if (!(Tolerance > 0 && Tolerance < 1))
            throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "a tolerance in (0, 1) is needed");
        int rank = matrix.LeftRows == 0 ? matrix.Order : Math.Min(matrix.Order, matrix.LeftRows);
        return this with
        {
            Count = Math.Min(Count, rank),
            BlockSize = Math.Min(BlockSize, matrix.Order),
            MaximumBasis = Math.Min(MaximumBasis, matrix.Order),
        };
    }
}

/// <summary>How far a run is.</summary>
/// <param name="Pass">The pass under way, from 1.</param>
/// <param name="Part">The finished part of it, in [0, 1].</param>
/// <param name="Converged">How many of the wanted pairs had converged before it.</param>
public sealed record KrylovProgress(int Pass, double Part, int Converged);
