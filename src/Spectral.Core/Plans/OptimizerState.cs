using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Spectral.Core.Plans;

/// <summary>An optimizer at work on one vector of parameters [p]: what it remembers between steps.</summary>
public abstract class OptimizerState : IDisposable
{
    /// <summary>
    /// All that it remembers, so that another one that is given it goes on with the same bits. The tensors are its own:
    /// copy what is to outlive the next step.
    /// </summary>
    public abstract OptimizerMemory Memory { get; }

    /// <summary>Takes over what another one of the same rule remembered.</summary>
    /// <param name="memory">What <see cref="Memory"/> gave; the tensors are copied.</param>
    /// <exception cref="FormatException">It is not this rule's memory.</exception>
    public abstract void Recall(OptimizerMemory memory);

    /// <summary>Makes one step.</summary>
    /// <param name="gradient">The gradient [p], given away: it may be changed, or kept by detaching it from its scope.</param>
    /// <param name="factor">What the schedule multiplies the rate by.</param>
    public abstract void Step(Tensor gradient, double factor);

    /// <summary>Frees the memory between steps.</summary>
    public abstract void Dispose();
}

/// <summary>What an optimizer remembers between steps.</summary>
/// <param name="Vectors">Vectors [p] by name.</param>
/// <param name="Numbers">Numbers by name.</param>
public sealed record OptimizerMemory(
    ImmutableSortedDictionary<string, Tensor> Vectors, ImmutableSortedDictionary<string, double> Numbers)
{
    /// <summary>Nothing, as before the first step.</summary>
    public static OptimizerMemory None { get; } =
        new(ImmutableSortedDictionary<string, Tensor>.Empty, ImmutableSortedDictionary<string, double>.Empty);

    /// <summary>A vector by its name.</summary>
    /// <exception cref="FormatException">It is not there.</exception>
    public Tensor Vector(string name) => Vectors.TryGetValue(name, out Tensor? found)
        ? found
        : throw new FormatException($"an optimizer's memory without '{name}'");

    /// <summary>A number by its name.</summary>
    /// <exception cref="FormatException">It is not there.</exception>
    public double Number(string name) => Numbers.TryGetValue(name, out double found)
        ? found
        : throw new FormatException($"an optimizer's memory without '{name}'");
}
