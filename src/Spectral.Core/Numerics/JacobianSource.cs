using System.Collections.Immutable;

namespace Spectral.Core.Numerics;

/// <summary>
/// Where a Jacobian J [nK, p] comes from: the factor blocks of any examples, a layer a block. Row (i, c) = i*K + c;
/// columns are the wanted ones, in the order of the parameters.
/// </summary>
public abstract class JacobianSource
{
    /// <summary>n, 1 or more.</summary>
    public abstract long Examples { get; }

    /// <summary>K, 1 or more.</summary>
    public abstract int Outputs { get; }

    /// <summary>The layers that have wanted columns, by name, in the order of the columns.</summary>
    public abstract ImmutableArray<string> Layers { get; }

    /// <summary>
    /// The layers' blocks for the first example, for what they say of shapes. They live as long as the source.
    /// </summary>
    public abstract ImmutableArray<FactorBlock> Shapes { get; }

    /// <summary>nK.</summary>
    public long Rows => Examples * Outputs;

    /// <summary>
    /// The factor blocks of neighbouring examples, binary64 and finite, with the wanted columns only. Called by several
    /// threads at once; the bits are to depend on the arguments alone.
    /// </summary>
    /// <param name="first">The first example.</param>
    /// <param name="count">How many, 1 or more.</param>
    /// <param name="layers">Which of <see cref="Layers"/>, ascending.</param>
    /// <returns>A block a layer; the tensors are the caller's dispose scope's.</returns>
    /// <exception cref="ArgumentException">Something is not finite; the message says what.</exception>
    public abstract ImmutableArray<FactorBlock> Factors(long first, long count, IReadOnlyList<int> layers);
}
