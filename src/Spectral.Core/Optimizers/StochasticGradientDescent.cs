using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using static TorchSharp.torch;
using Scalar = TorchSharp.Scalar;

namespace Spectral.Core.Optimizers;

/// <summary>Gradient descent on batches, with heavy-ball or Nesterov momentum as PyTorch's SGD has it.</summary>
/// <param name="LearningRate">eta > 0, in the unit of the loss.</param>
/// <param name="Momentum">mu in [0, 1): v = mu v + g, w = w - eta v.</param>
/// <param name="Nesterov">Whether the step is g + mu v instead of v.</param>
/// <param name="WeightDecay">lambda of g = gradient + lambda w, 0 or more.</param>
public sealed record StochasticGradientDescent(
    double LearningRate, double Momentum = 0, bool Nesterov = false, double WeightDecay = 0) : Optimizer
{
    private static readonly Field<double> LearningRateField = Field.Real(
        "learning_rate",
        (StochasticGradientDescent sgd) => sgd.LearningRate,
        "Step size eta.",
        Interval.Positive,
        unit: "per unit of the loss");

    private static readonly Field<double> MomentumField = Field.Real(
        "momentum",
        (StochasticGradientDescent sgd) => sgd.Momentum,
        "mu of v = mu v + g, w = w - eta v; without dampening, and v = g in the first step.",
        Interval.ClosedOpen(0, 1),
        preset: 0);

    private static readonly Field<bool> NesterovField = Field.Flag(
        "nesterov",
        (StochasticGradientDescent sgd) => sgd.Nesterov,
        "Whether the step is g + mu v instead of v.",
        preset: false);

    private static readonly Field<double> WeightDecayField = Field.Real(
        "weight_decay",
        (StochasticGradientDescent sgd) => sgd.WeightDecay,
        "lambda of g = gradient + lambda w, on every trained parameter.",
        Interval.NotNegative,
        preset: 0,
        unit: "unit of the loss per squared parameter");

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Optimizer, StochasticGradientDescent>(
        kind: "sgd",
        summary: "Gradient descent on batches, with momentum and weight decay.",
        source: "torch.optim.SGD; arXiv:1906.05392v2, section 4",
        example: "{sgd: {learning_rate: 0.01, momentum: 0.9}}",
        fields: [LearningRateField, MomentumField, NesterovField, WeightDecayField],
        bind: settings => new StochasticGradientDescent(
            settings.Of(LearningRateField),
            settings.Of(MomentumField),
            settings.Of(NesterovField),
            settings.Of(WeightDecayField)),
        check: sgd => sgd is { Nesterov: true, Momentum: 0 }
            ? [new FieldProblem("nesterov", "true with a momentum of 0", "a momentum above 0 beside it")]
            : ImmutableArray<FieldProblem>.Empty);

    /// <inheritdoc/>
    public override double? FlowRate => WeightDecay == 0 ? LearningRate / (1 - Momentum) : null;

    /// <inheritdoc/>
    public override OptimizerState Start(Tensor parameters) => new State(this, parameters);

    private sealed class State(StochasticGradientDescent rule, Tensor parameters) : OptimizerState
    {
        private readonly Scalar _momentum = rule.Momentum;
        private readonly Scalar _decay = rule.WeightDecay;
        private Tensor? _velocity; // v [p]

        public override OptimizerMemory Memory => _velocity is null
            ? OptimizerMemory.None
            : OptimizerMemory.None with { Vectors = OptimizerMemory.None.Vectors.Add("velocity", _velocity) };

        public override void Recall(OptimizerMemory memory)
        {
            using Tensor? before = _velocity;
            _velocity = memory.Vectors.IsEmpty ? null : memory.Vector("velocity").clone().DetachFromDisposeScope();
        }

        public override void Step(Tensor gradient, double factor)
        {
            if (rule.WeightDecay != 0)
                gradient.add_(parameters, _decay);
            using Scalar size = -rule.LearningRate * factor;
            parameters.add_(rule.Momentum == 0 ? gradient : Direction(gradient), size);
        }

        public override void Dispose()
        {
            _velocity?.Dispose();
            _momentum.Dispose();
            _decay.Dispose();
        }

        /// <summary>v, or g + mu v; one pass over the memory makes the gradient the new v, and the old one is freed.</summary>
        private Tensor Direction(Tensor gradient)
        {
            using Tensor? before = _velocity;
            Tensor velocity = before is null ? gradient : rule.Nesterov
                ? gradient.add(before, _momentum)
                : gradient.add_(before, _momentum);
            // In the first step v = g, and Nesterov's step must not change it.
            _velocity = rule.Nesterov && before is null ? gradient.clone() : velocity;
            _velocity.DetachFromDisposeScope();
            return rule.Nesterov ? gradient.add_(_velocity, _momentum) : velocity;
        }
    }
}
