using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// The columns of a Jacobian that belong to one layer's parameters, kept as factors: what the layer saw and what the
/// outputs' cotangents are behind it. Row (i, c) = i*K + c; columns in PyTorch's order of the parameters.
/// </summary>
public abstract record FactorBlock
{
    /// <summary>The number of columns: the layer's parameters.</summary>
    public abstract long Columns { get; }

    /// <summary>The columns themselves, [nK, <see cref="Columns"/>]; cost nK * Columns multiplications.</summary>
    public abstract Tensor Explicit();
}
