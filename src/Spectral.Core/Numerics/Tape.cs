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
    /// <param name="block">The layer's Jacobian rule: the factor block for the cotangents [n, K, ...] of that
    /// output.</param>
    /// <param name="shared">
    /// What stands for the parameters, where other uses have the same ones: entries with equal keys share all their
    /// parameters, in the same order. Null for parameters of this entry alone.
    /// </param>
    public void Record(Tensor output, Func<Tensor, FactorBlock> block, object? shared = null) =>
        _entries.Add(new TapeEntry(output, block, shared));

    /// <summary>
    /// The entries by the parameters they use, in the order of first use: the order of the Jacobian's columns. Every
    /// element lists the entries' places on the tape.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>> Layers() =>
    [
        .. Enumerable.Range(0, _entries.Count)
            .GroupBy(index => _entries[index].Shared ?? new object())
            .Select(uses => (IReadOnlyList<int>)[.. uses]),
    ];
}

/// <summary>One use of a layer with parameters.</summary>
/// <param name="Output">Its output [n, ...].</param>
/// <param name="Block">Its factor block for the cotangents [n, K, ...] of the output.</param>
/// <param name="Shared">Stands for the parameters where other entries use them too; else null.</param>
public sealed record TapeEntry(Tensor Output, Func<Tensor, FactorBlock> Block, object? Shared = null);
