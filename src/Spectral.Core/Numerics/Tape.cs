using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// What a forward pass leaves behind for the Jacobian: for each use of a layer with parameters, its output (where
/// cotangents are taken) and the rule that turns a cotangent into the layer's factor block.
/// </summary>
public sealed class Tape
{
    private readonly List<TapeEntry> _entries = [];

    /// <summary>The uses in the order of the forward pass.</summary>
    public IReadOnlyList<TapeEntry> Entries => _entries;

    /// <summary>Records one use of a layer.</summary>
    /// <param name="output">The layer's output [n, ...], part of the autograd graph.</param>
    /// <param name="block">The layer's Jacobian rule: the factor block for the cotangents [n, K, ...] of that output.</param>
    public void Record(Tensor output, Func<Tensor, FactorBlock> block) => _entries.Add(new TapeEntry(output, block));
}

/// <summary>One use of a layer with parameters.</summary>
/// <param name="Output">Its output [n, ...].</param>
/// <param name="Block">Its factor block for the cotangents [n, K, ...] of the output.</param>
public sealed record TapeEntry(Tensor Output, Func<Tensor, FactorBlock> Block);
