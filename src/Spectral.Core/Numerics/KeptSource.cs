using System.Collections.Concurrent;
using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// A source whose factors stay in memory once they were asked for: whoever asks for the same examples again gets the
/// same tensors. Memory: the factors of all examples, <see cref="Bytes"/>.
/// </summary>
/// <param name="source">The source; only all of its layers together are asked for.</param>
internal sealed class KeptSource(JacobianSource source) : JacobianSource, IDisposable
{
    private readonly ConcurrentDictionary<long, ImmutableArray<FactorBlock>> _kept = [];

    /// <inheritdoc/>
    public override long Examples => source.Examples;

    /// <inheritdoc/>
    public override int Outputs => source.Outputs;

    /// <inheritdoc/>
    public override ImmutableArray<string> Layers => source.Layers;

    /// <inheritdoc/>
    public override ImmutableArray<FactorBlock> Shapes => source.Shapes;

    /// <summary>Bytes of all examples' factors.</summary>
    public static double Bytes(JacobianSource source) =>
        8.0 * source.Examples * source.Shapes.Sum(block => block.Factors.Sum(factor => factor.numel()));

    /// <inheritdoc/>
    public override ImmutableArray<FactorBlock> Factors(long first, long count, IReadOnlyList<int> layers)
    {
        if (_kept.TryGetValue(first, out ImmutableArray<FactorBlock> blocks) && blocks[0].Examples == count)
            return blocks;
        // A factor that is part of a larger tensor, or has a graph, would keep all of it.
        ImmutableArray<FactorBlock> made =
            [.. source.Factors(first, count, layers).Select(block => block.Map(Own))];
        if (!_kept.TryAdd(first, made))
        {
            throw new InvalidOperationException(
                FormattableString.Invariant($"the examples from {first} are asked for in two ways"));
        }

        return made;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor factor in _kept.Values.SelectMany(blocks => blocks).SelectMany(block => block.Factors))
            factor.Dispose();
    }

    private static Tensor Own(Tensor factor) => factor.detach().clone().DetachFromDisposeScope();
}
