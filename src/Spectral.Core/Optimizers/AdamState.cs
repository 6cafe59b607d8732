using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using static TorchSharp.torch;
using Scalar = TorchSharp.Scalar;

namespace Spectral.Core.Optimizers;

/// <summary>The numbers that Adam and AdamW have in common.</summary>
/// <param name="LearningRate">eta.</param>
/// <param name="Beta1">beta_1 of the running mean.</param>
/// <param name="Beta2">beta_2 of the running mean of squares.</param>
/// <param name="Epsilon">Added to the root.</param>
/// <param name="WeightDecay">lambda.</param>
internal sealed record AdamRates(double LearningRate, double Beta1, double Beta2, double Epsilon, double WeightDecay);

/// <summary>Adam at work: the running means of the gradient and of its square.</summary>
/// <param name="rule">The rates.</param>
/// <param name="isDecayDecoupled">Whether weights decay by themselves (AdamW) or through the gradient (Adam).</param>
/// <param name="parameters">The trained parameters [p], changed in place.</param>
internal sealed class AdamState(AdamRates rule, bool isDecayDecoupled, Tensor parameters) : OptimizerState
{
    private readonly Tensor _mean = zeros_like(parameters).DetachFromDisposeScope(); // m [p]
    private readonly Tensor _square = zeros_like(parameters).DetachFromDisposeScope(); // v [p]
    private readonly Tensor _new1 = Constant(1 - rule.Beta1, parameters);
    private readonly Scalar _beta2 = rule.Beta2;
    private readonly Scalar _new2 = 1 - rule.Beta2;
    private double _power1 = 1;
    private double _power2 = 1;

    public override OptimizerMemory Memory => new(
        ImmutableSortedDictionary<string, Tensor>.Empty.Add("mean", _mean).Add("square", _square),
        ImmutableSortedDictionary<string, double>.Empty.Add("power1", _power1).Add("power2", _power2));

    public override void Recall(OptimizerMemory memory)
    {
        using IDisposable scope = NewDisposeScope();
        _mean.copy_(memory.Vector("mean"));
        _square.copy_(memory.Vector("square"));
        (_power1, _power2) = (memory.Number("power1"), memory.Number("power2"));
    }

    public override void Step(Tensor gradient, double factor)
    {
        double rate = rule.LearningRate * factor;
        if (rule.WeightDecay != 0)
            Decay(gradient, rate);
        _power1 *= rule.Beta1;
        _power2 *= rule.Beta2;
        _mean.lerp_(gradient, _new1);
        _square.mul_(_beta2).addcmul_(gradient, gradient, _new2);
        // m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + epsilon), with the corrections drawn out of the vectors
        double correction = Math.Sqrt(1 - _power2);
        using Scalar epsilon = rule.Epsilon * correction;
        using Scalar size = -rate * correction / (1 - _power1);
        Tensor scale = _square.sqrt().PlusInPlace(epsilon); // [p]
        parameters.addcdiv_(_mean, scale, size);
    }

    public override void Dispose()
    {
        _mean.Dispose();
        _square.Dispose();
        _new1.Dispose();
        _beta2.Dispose();
        _new2.Dispose();
    }

    private void Decay(Tensor gradient, double rate)
    {
        using Scalar decay = isDecayDecoupled ? 1 - (rate * rule.WeightDecay) : rule.WeightDecay;
        if (isDecayDecoupled)
            parameters.mul_(decay);
        else
            gradient.add_(parameters, decay);
    }

    private static Tensor Constant(double value, Tensor like)
    {
        using Scalar held = value;
        return full([], held, like.dtype, like.device).DetachFromDisposeScope(); // []
    }
}
