using static TorchSharp.torch;

namespace Spectral.Core.Plans;

/// <summary>An optimizer at work on one vector of parameters [p]: what it remembers between steps.</summary>
public abstract class OptimizerState : IDisposable
{
    /// <summary>Makes one step.</summary>
    /// <param name="gradient">The gradient [p], given away: it may be changed, or kept by detaching it from its scope.</param>
    /// <param name="factor">What the schedule multiplies the rate by.</param>
    public abstract void Step(Tensor gradient, double factor);

    /// <summary>Frees the memory between steps.</summary>
    public abstract void Dispose();
}
