using Spectral.Core.Components;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Optimizers;

/// <summary>Adam, as PyTorch has it.</summary>
/// <param name="LearningRate">eta > 0, in units of the parameters: a step moves none of them by much more.</param>
/// <param name="Beta1">beta_1 in [0, 1): m = beta_1 m + (1 - beta_1) g.</param>
/// <param name="Beta2">beta_2 in [0, 1): v = beta_2 v + (1 - beta_2) g^2.</param>
/// <param name="Epsilon">Added to sqrt(v), above 0.</param>
/// <param name="WeightDecay">lambda of g = gradient + lambda w, 0 or more.</param>
public sealed record Adam(
    double LearningRate, double Beta1, double Beta2, double Epsilon, double WeightDecay) : Optimizer
{
    private static readonly Field<double> LearningRateField = Field.Real(
        "learning_rate",
        (Adam rule) => rule.LearningRate,
        "Step size eta.",
        Interval.Positive,
        preset: 1e-3,
        unit: "unit of the parameters");

    private static readonly Field<double> Beta1Field = Field.Real(
        "beta1",
        (Adam rule) => rule.Beta1,
        "beta_1 of m = beta_1 m + (1 - beta_1) g, divided by 1 - beta_1^t.",
        Interval.ClosedOpen(0, 1),
        preset: 0.9);

    private static readonly Field<double> Beta2Field = Field.Real(
        "beta2",
        (Adam rule) => rule.Beta2,
        "beta_2 of v = beta_2 v + (1 - beta_2) g^2, divided by 1 - beta_2^t.",
        Interval.ClosedOpen(0, 1),
        preset: 0.999);

    private static readonly Field<double> EpsilonField = Field.Real(
        "epsilon",
        (Adam rule) => rule.Epsilon,
        "Added to sqrt(v).",
        Interval.Positive,
        preset: 1e-8,
        unit: "unit of the loss per parameter");

    private static readonly Field<double> WeightDecayField = Field.Real(
        "weight_decay",
        (Adam rule) => rule.WeightDecay,
        "lambda of g = gradient + lambda w, on every trained parameter.",
        Interval.NotNegative,
        preset: 0,
        unit: "unit of the loss per squared parameter");

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Optimizer, Adam>(
        kind: "adam",
        summary: "Adaptive steps from running means of the gradient and its square.",
        source: "torch.optim.Adam; arXiv:1412.6980, algorithm 1",
        example: "{adam: 0.001}",
        fields: [LearningRateField, Beta1Field, Beta2Field, EpsilonField, WeightDecayField],
        bind: settings => new Adam(
            settings.Of(LearningRateField),
            settings.Of(Beta1Field),
            settings.Of(Beta2Field),
            settings.Of(EpsilonField),
            settings.Of(WeightDecayField)));

    /// <inheritdoc/>
    public override double? FlowRate => null;

    /// <inheritdoc/>
    public override OptimizerState Start(Tensor parameters) =>
        new AdamState(new AdamRates(LearningRate, Beta1, Beta2, Epsilon, WeightDecay), isDecayDecoupled: false, parameters);
}
