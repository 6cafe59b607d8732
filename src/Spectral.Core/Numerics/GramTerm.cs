namespace Spectral.Core.Numerics;

/// <summary>
/// One layer's part of G, or a part of that: what it keeps of the examples, and how it adds its contribution to a
/// canonical block of G.
/// </summary>
/// <param name="Layer">The layer's place in the source.</param>
/// <param name="Outputs">K.</param>
internal abstract record GramTerm(int Layer, int Outputs)
{
    /// <summary>The name of the way in which it is computed, such as <c>hadamard</c>.</summary>
    public abstract string Method { get; }

    /// <summary>Multiplications and additions, in pairs, for a pair of rows of G.</summary>
    public abstract double PairCost { get; }

    /// <summary>Multiplications and additions, in pairs, to prepare what is kept of one example.</summary>
    public virtual double ExampleCost => 0;

    /// <summary>Numbers kept of one example.</summary>
    public abstract long KeptNumbers { get; }

    /// <summary>Numbers of scratch memory that a worker needs beside the sum itself.</summary>
    /// <param name="block">Examples of a canonical block.</param>
    public abstract long ScratchNumbers(int block);

    /// <summary>Prepares what is kept of a chunk.</summary>
    /// <param name="block">The layer's factors for the chunk's examples.</param>
    public abstract KeptFactors Keep(FactorBlock block);

    /// <summary>
    /// The contribution of a pair of canonical blocks, or of halves of one: sum = beta sum + contribution.
    /// </summary>
    /// <param name="left">The examples of the rows.</param>
    /// <param name="right">The examples of the columns.</param>
    /// <param name="beta">1 to add; 0 to overwrite, whatever was there.</param>
    /// <param name="sum">[left K, right K], row-major and dense.</param>
    /// <param name="scratch">The worker's memory and products; pieces 1 and up are the term's.</param>
    public abstract unsafe void Add(KeptBlock left, KeptBlock right, double beta, double* sum, BlockScratch scratch);
}
