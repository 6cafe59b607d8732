using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// What a term of the Gram matrix keeps of one chunk of examples: contiguous binary64 tensors on the CPU, detached from
/// every graph and every dispose scope.
/// </summary>
internal sealed unsafe class KeptFactors : IDisposable
{
    private readonly ImmutableArray<Tensor> _tensors;
    private readonly nint[] _pointers;

    /// <summary>Keeps tensors; those that are contiguous on the CPU already are kept without a copy.</summary>
    public KeptFactors(params ReadOnlySpan<Tensor> tensors)
    {
        using IDisposable scope = NewDisposeScope();
        ImmutableArray<Tensor>.Builder kept = ImmutableArray.CreateBuilder<Tensor>(tensors.Length);
        foreach (Tensor tensor in tensors)
            kept.Add(tensor.detach().cpu().contiguous().DetachFromDisposeScope());
        _tensors = kept.MoveToImmutable();
        _pointers = [.. _tensors.Select(tensor => (nint)TensorMemory.Pointer(tensor))];
    }

    /// <summary>
    /// Whether the cotangents are the outputs' own, g_ic = e_c: the term is that of the last, dense layer.
    /// </summary>
    public bool IsOutput { get; init; }

    /// <summary>The first number of a tensor.</summary>
    /// <param name="index">The tensor's place in the constructor's list.</param>
    public double* this[int index] => (double*)_pointers[index];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in _tensors)
            tensor.Dispose();
    }
}

/// <summary>Examples of a canonical block within the chunk that holds them.</summary>
/// <param name="Factors">What the term keeps of the chunk.</param>
/// <param name="First">The first example, counted from the chunk's.</param>
/// <param name="Count">How many examples.</param>
internal readonly record struct KeptBlock(KeptFactors Factors, int First, int Count);
