using Spectral.Core.Components;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Losses;

/// <summary>Half the squared distance between outputs and one-hot targets, in one of three units.</summary>
/// <param name="Reduction">
/// <c>sum</c>: 1/2 sum_i ||f_i - y_i||^2 over the batch, the paper's loss at full batch; <c>batch_mean</c>: that / B;
/// <c>element_mean</c>: that / (B K).
/// </param>
public sealed record SquaredError(string Reduction) : Loss
{
    private static readonly Field<string> ReductionField = Field.Choice(
        "reduction",
        (SquaredError loss) => loss.Reduction,
        "What the sum over the batch of half the squared distances is divided by: nothing, B, or B K.",
        ["sum", "batch_mean", "element_mean"]);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Loss, SquaredError>(
        kind: "squared_error",
        summary: "1/2 sum_i ||f_i - y_i||^2 over the batch, in a unit that every spec names.",
        source: "arXiv:1906.05392v2, equation 1.2",
        example: "{squared_error: batch_mean}",
        fields: [ReductionField],
        bind: settings => new SquaredError(settings.Of(ReductionField)));

    /// <inheritdoc/>
    public override Tensor Predictions(Tensor outputs) => outputs;

    /// <inheritdoc/>
    public override void Predict(Span<double> outputs)
    {
    }

    /// <inheritdoc/>
    public override Tensor Value(Tensor outputs, Tensor targets)
    {
        using TorchSharp.Scalar unit = 0.5 * Unit(outputs.shape[0], outputs.shape[1]);
        return (outputs - targets).Squared().sum().mul(unit); // []
    }

    /// <inheritdoc/>
    public override Tensor Gradient(Tensor outputs, Tensor targets)
    {
        Tensor residual = outputs.detach() - targets; // [B, K]
        using TorchSharp.Scalar unit = Unit(outputs.shape[0], outputs.shape[1]);
        return Reduction == "sum" ? residual : residual.mul_(unit);
    }

    /// <inheritdoc/>
    public override double? SquaredUnit(int examples, int outputs) => Unit(examples, outputs);

    private double Unit(long examples, long outputs) => Reduction switch
    {
        "sum" => 1,
        "batch_mean" => 1.0 / examples,
        _ => 1.0 / (examples * outputs),
    };
}
