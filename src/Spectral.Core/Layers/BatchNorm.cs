using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Initializations;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>
/// Normalises each channel. A training pass uses the batch's mean and variance and moves the running ones, in place,
/// towards them; evaluation is the affine map with the running ones, so that every example is on its own.
/// </summary>
/// <remarks>
/// On feature vectors [C] it is PyTorch's BatchNorm1d, on images [C, height, width] its BatchNorm2d. PyTorch's
/// num_batches_tracked, which no computation reads at a given momentum, is left out. A training batch with one value
/// per channel has no variance: it gives the bias and leaves the running statistics as they are.
/// </remarks>
/// <param name="Momentum">Weight of the new batch in the running statistics, in [0, 1].</param>
/// <param name="Epsilon">Added to the variance, above 0.</param>
public sealed record BatchNorm(double Momentum, double Epsilon) : Layer
{
    private static readonly Field<double> MomentumField = Field.Real(
        "momentum",
        (BatchNorm norm) => norm.Momentum,
        "Weight of a new batch in the running mean and variance.",
        Interval.Closed(0, 1),
        preset: 0.1);

    private static readonly Field<double> EpsilonField = Field.Real(
        "epsilon", (BatchNorm norm) => norm.Epsilon, "Added to the variance.", Interval.Positive, preset: 1e-5);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, BatchNorm>(
        kind: "batch_norm",
        summary: "Normalises each channel by the batch's statistics in training and by running ones in evaluation.",
        source: "torch.nn.BatchNorm1d, BatchNorm2d; Ioffe and Szegedy, arXiv:1502.03167, algorithms 1 and 2",
        example: "batch_norm",
        fields: [MomentumField, EpsilonField],
        bind: settings => new BatchNorm(settings.Of(MomentumField), settings.Of(EpsilonField)));

    /// <inheritdoc/>
    public override ShapeMatch OutputShape(Shape input) => input.Rank is 1 or 3
        ? ShapeMatch.To(input)
        : ShapeMatch.Mismatch("a feature vector [features] or " + ImageShape.Expected);

    /// <inheritdoc/>
    public override double ForwardFlops(Shape input) => 4.0 * input.Count;

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSlot> Parameters(Shape input)
    {
        Shape channels = new(input.Dimensions[0]);
        return
        [
            .. NormSlots.ScaleAndOffset(channels),
            new ParameterSlot("running_mean", channels, new Zeros(), 1, 1, ParameterRole.Buffer),
            new ParameterSlot("running_var", channels, new Ones(), 1, 1, ParameterRole.Buffer),
        ];
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass)
    {
        (Tensor weight, Tensor bias, Tensor mean, Tensor variance) =
            (parameters[0], parameters[1], parameters[2], parameters[3]);
        if (pass.IsTraining)
        {
            bool single = input.numel() == input.shape[1];
            // libtorch moves the running statistics itself, in place and outside the graph.
            return nn.functional.batch_norm(
                input, single ? null : mean, single ? null : variance, weight, bias, training: true, Momentum, Epsilon);
        }

        Tensor output = nn.functional.batch_norm(
            input, mean, variance, weight, bias, training: false, Momentum, Epsilon);
        if (pass.Tape is { } tape)
        {
            Tensor normalized = nn.functional.batch_norm(
                input, mean, variance, null, null, training: false, Momentum, Epsilon);
            NormSlots.Record(tape, output, normalized, weight.numel());
        }

        return output;
    }
}
