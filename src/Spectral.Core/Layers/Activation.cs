using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;

namespace Spectral.Core.Layers;

/// <summary>
/// phi of every element: a layer without parameters that keeps every shape. Its formula stands once more in generic
/// numbers, for theory that needs phi' and phi''; tests hold both together.
/// </summary>
public abstract record Activation : Layer
{
    /// <summary>Suprema of |phi'| and |phi''| over the real line, and |phi(0)|.</summary>
    public abstract SlopeBounds Bounds { get; }

    /// <summary>E phi'(u) phi'(v) of normal pairs, for the infinitely wide layer.</summary>
    public abstract SlopeKernel Slopes { get; }

    /// <summary>phi(x).</summary>
    /// <param name="x">Any finite number; of a <see cref="Dual"/> the derivatives come along, at a kink those of one
    /// side.</param>
    public abstract T Phi<T>(T x)
        where T : struct, IElementary<T>;

    /// <summary>phi'(x).</summary>
    public double Derivative(double x) => Differentiation.Diff(Phi, x);

    /// <inheritdoc/>
    public sealed override ShapeMatch OutputShape(Shape input) => ShapeMatch.To(input);

    /// <inheritdoc/>
    public sealed override double ForwardFlops(Shape input) => input.Count;

    /// <inheritdoc/>
    public sealed override ImmutableArray<ParameterSlot> Parameters(Shape input) => [];
}
