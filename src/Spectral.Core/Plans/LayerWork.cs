namespace Spectral.Core.Plans;

/// <summary>The kinds of arithmetic that a layer does, each with a rate of its own on a machine.</summary>
public enum WorkKind
{
    /// <summary>A few operations on each element: activations, norms, additions. Memory bounds them.</summary>
    Elementwise,

    /// <summary>Small windows of one channel: pools.</summary>
    Pool,

    /// <summary>A product of matrices.</summary>
    Product,

    /// <summary>A convolution.</summary>
    Convolution,
}

/// <summary>One call of libtorch in a layer's forward pass, for one example: what a cost model counts.</summary>
/// <param name="Kind">The arithmetic.</param>
/// <param name="Flops">Floating-point operations, a multiplication and an addition counting two.</param>
/// <param name="Elements">Elements of the output.</param>
/// <param name="Channels">The fewer of a convolution's channels, in or out, of one group; 0 for any other work.</param>
public sealed record LayerWork(WorkKind Kind, double Flops, long Elements, int Channels = 0);
