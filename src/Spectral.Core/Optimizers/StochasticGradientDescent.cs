using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Optimizers;

/// <summary>Gradient descent on batches, with heavy-ball momentum as PyTorch's SGD has it.</summary>
/// <param name="LearningRate">eta > 0, in the unit of the loss.</param>
/// <param name="Momentum">mu in [0, 1): v = mu v + g, w = w - eta v.</param>
public sealed record StochasticGradientDescent(double LearningRate, double Momentum) : Optimizer
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

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Optimizer, StochasticGradientDescent>(
        kind: "sgd",
        summary: "Gradient descent on batches, with momentum.",
        source: "torch.optim.SGD; arXiv:1906.05392v2, section 4",
        example: "{sgd: {learning_rate: 0.01, momentum: 0.9}}",
        fields: [LearningRateField, MomentumField],
        bind: settings => new StochasticGradientDescent(settings.Of(LearningRateField), settings.Of(MomentumField)));

    /// <inheritdoc/>
    public override OptimizerState Start(ImmutableArray<Tensor> parameters) => new State(this, parameters);

    private sealed class State(StochasticGradientDescent rule, ImmutableArray<Tensor> parameters) : OptimizerState
    {
        private readonly ImmutableArray<Tensor> _velocities = rule.Momentum == 0
            ? []
            : [.. parameters.Select(parameter => zeros_like(parameter).DetachFromDisposeScope())];

        public override void Step(ImmutableArray<Tensor> gradients)
        {
            for (int i = 0; i < parameters.Length; i++)
            {
                Tensor step = gradients[i];
                if (rule.Momentum != 0)
                    step = _velocities[i].mul_(rule.Momentum).add_(gradients[i]);
                parameters[i].add_(step, -rule.LearningRate);
            }
        }

        public override void Dispose()
        {
            foreach (Tensor velocity in _velocities)
                velocity.Dispose();
        }
    }
}
