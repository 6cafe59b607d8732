using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>One layer's part of G, or a part of that, computed by libtorch's operations on any device.</summary>
/// <param name="layer">The layer's place in the source.</param>
internal abstract class DeviceTerm(int layer) : IDisposable
{
    /// <summary>The layer's place in the source.</summary>
    public int Layer => layer;

    /// <summary>The name of the way in which it is computed, such as <c>hadamard</c>.</summary>
    public abstract string Method { get; }

    /// <summary>Floating-point operations for a pair of rows of G, a multiplication and an addition counted as two.</summary>
    public abstract double PairFlops { get; }

    /// <summary>Numbers kept of one example.</summary>
    public abstract long KeptNumbers { get; }

    /// <summary>Takes what it needs of neighbouring examples; writing the same examples again changes nothing.</summary>
    /// <param name="block">The layer's factors for these examples.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="examples">n, for the memory that the first call takes.</param>
    public abstract void Keep(FactorBlock block, long first, long examples);

    /// <summary>Adds its contribution, as its last act.</summary>
    /// <param name="sum">Rows of G, [count K, end K] in binary64: a view.</param>
    /// <param name="first">The first example of the rows.</param>
    /// <param name="count">How many.</param>
    /// <param name="end">The columns' examples are those before this one.</param>
    public abstract void Add(Tensor sum, long first, long count, long end);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Memory for all examples, like what a chunk's is: [n, ...] without gaps.</summary>
    protected static Tensor Reserve(Tensor like, long examples) =>
        empty([examples, .. like.shape.Skip(1)], like.dtype, like.device).DetachFromDisposeScope();

    /// <summary>sum += part, whatever the part's element type.</summary>
    protected static void Accumulate(Tensor sum, Tensor part)
    {
        using Tensor wide = part.to(ScalarType.Float64);
        sum.PlusInPlace(wide);
    }
}
