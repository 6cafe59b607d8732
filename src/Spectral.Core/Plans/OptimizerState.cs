using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Spectral.Core.Plans;

/// <summary>An optimizer at work: what it remembers between steps.</summary>
public abstract class OptimizerState : IDisposable
{
    /// <summary>Makes one step; gradients are in the order of the parameters, and none of them is kept.</summary>
    public abstract void Step(ImmutableArray<Tensor> gradients);

    /// <summary>Frees the memory between steps.</summary>
    public abstract void Dispose();
}
