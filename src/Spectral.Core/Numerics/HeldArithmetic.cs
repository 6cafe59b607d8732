using static TorchSharp.torch;
using Scalar = TorchSharp.Scalar;

namespace Spectral.Core.Numerics;

/// <summary>
/// Sums and squares for which TorchSharp's own make a temporary number (the factor of a sum, the power) that may be
/// finalized while libtorch reads it. The bits are libtorch's.
/// </summary>
internal static class HeldArithmetic
{
    /// <summary>a + b.</summary>
    public static Tensor Plus(this Tensor a, Tensor b)
    {
        using Scalar one = 1L; // A whole number fits integral tensors, too.
        return a.add(b, one);
    }

    /// <summary>a + b, written into a.</summary>
    public static Tensor PlusInPlace(this Tensor a, Tensor b)
    {
        using Scalar one = 1L; // A whole number fits integral tensors, too.
        return a.add_(b, one);
    }

    /// <summary>a + b for a number b, written into a.</summary>
    public static Tensor PlusInPlace(this Tensor a, Scalar b)
    {
        using Scalar one = 1L; // A whole number fits integral tensors, too.
        return a.add_(b, one);
    }

    /// <summary>The square of every element.</summary>
    public static Tensor Squared(this Tensor values) => values * values;
}
