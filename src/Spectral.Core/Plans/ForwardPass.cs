using Spectral.Core.Numerics;
using Spectral.Core.Randomness;
using static TorchSharp.torch;

namespace Spectral.Core.Plans;

/// <summary>
/// What kind of forward pass a layer is asked for. In evaluation every example is on its own: batch normalisation uses
/// its running statistics and dropout does nothing; only then is there a Jacobian to speak of.
/// </summary>
public sealed class ForwardPass
{
    private ForwardPass(Tape? tape, RandomStream? stream)
    {
        Tape = tape;
        Stream = stream;
    }

    /// <summary>Evaluation without a tape.</summary>
    public static ForwardPass Evaluation { get; } = new(null, null);

    /// <summary>The tape that layers with parameters record themselves on, or null.</summary>
    public Tape? Tape { get; }

    /// <summary>The stream of a training pass, for layers that draw; null in evaluation.</summary>
    public RandomStream? Stream { get; }

    /// <summary>Whether this is a training pass.</summary>
    public bool IsTraining => Stream is not null;

    /// <summary>
    /// Frees what a layer was given as soon as it has made its output of it. Without this all activations of a batch
    /// would live until the caller's dispose scope ends. A graph keeps what it needs by itself; a tape keeps all.
    /// </summary>
    /// <param name="spent">What the layer was given.</param>
    /// <param name="output">What it made of it, perhaps the same tensor.</param>
    /// <param name="given">The tensor that the caller owns, which is never freed.</param>
    public void Release(Tensor spent, Tensor output, Tensor given)
    {
        if (Tape is null && !ReferenceEquals(spent, output) && !ReferenceEquals(spent, given))
            spent.Dispose();
    }

    /// <summary>Evaluation that records what the Jacobian needs.</summary>
    public static ForwardPass Taped(Tape tape) => new(tape, null);

    /// <summary>A training pass; the stream belongs to this step alone.</summary>
    public static ForwardPass Training(RandomStream stream) => new(null, stream);
}
