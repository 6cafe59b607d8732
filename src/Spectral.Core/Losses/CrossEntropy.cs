using Spectral.Core.Components;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Losses;

/// <summary>Cross entropy between softmax of the outputs and the targets. Its residual is softmax(f) - y.</summary>
/// <param name="Reduction">
/// <c>sum</c>: - sum_i sum_c y_ic log softmax(f_i)_c over the batch; <c>batch_mean</c>: that / B, PyTorch's default.
/// </param>
public sealed record CrossEntropy(string Reduction) : Loss
{
    private static readonly Field<string> ReductionField = Field.Choice(
        "reduction",
        (CrossEntropy loss) => loss.Reduction,
        "What the sum over the batch is divided by: nothing, or B.",
        ["sum", "batch_mean"]);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Loss, CrossEntropy>(
        kind: "cross_entropy",
        summary: "- sum_i sum_c y_ic log softmax(f_i)_c over the batch, in a unit that every spec names; the squared-loss theory does not apply.",
        source: "torch.nn.CrossEntropyLoss",
        example: "{cross_entropy: batch_mean}",
        fields: [ReductionField],
        bind: settings => new CrossEntropy(settings.Of(ReductionField)));

    /// <inheritdoc/>
    public override Tensor Predictions(Tensor outputs) => nn.functional.softmax(outputs, 1);

    /// <inheritdoc/>
    public override void Predict(Span<double> outputs)
    {
        double largest = double.NegativeInfinity, sum = 0;
        foreach (double output in outputs)
            largest = Math.Max(largest, output);
        foreach (ref double output in outputs)
            sum += output = Math.Exp(output - largest);
        foreach (ref double output in outputs)
            output /= sum;
    }

    /// <inheritdoc/>
    public override Tensor Value(Tensor outputs, Tensor targets)
    {
        using TorchSharp.Scalar unit = -Unit(outputs.shape[0]);
        return (nn.functional.log_softmax(outputs, 1) * targets).sum().mul(unit); // []
    }

    /// <inheritdoc/>
    public override Tensor Gradient(Tensor outputs, Tensor targets)
    {
        using TorchSharp.Scalar unit = Unit(outputs.shape[0]);
        return Predictions(outputs.detach()).sub_(targets).mul_(unit); // [B, K], as targets sum to 1
    }

    /// <inheritdoc/>
    public override double? SquaredUnit(int examples, int outputs) => null;

    private double Unit(long examples) => Reduction == "sum" ? 1 : 1.0 / examples;
}
