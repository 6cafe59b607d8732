using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Initializations;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>The affine map z = W a + b of one feature vector, W [outputs, inputs].</summary>
/// <param name="Outputs">Features that come out, 1 or more.</param>
/// <param name="Bias">Whether there is a b.</param>
/// <param name="Initialization">The distribution of W's and b's initial values.</param>
public sealed record Dense(int Outputs, bool Bias, Initialization Initialization) : Layer
{
    private static readonly Field<int> OutputsField = Field.Integer(
        "outputs", (Dense dense) => dense.Outputs, "Features that come out.", minimum: 1);

    private static readonly Field<bool> BiasField = Field.Flag(
        "bias", (Dense dense) => dense.Bias, "Whether an offset b is added.", preset: true);

    private static readonly Field<Initialization> InitializationField = Field.Component<Dense, Initialization>(
        "initialization", dense => dense.Initialization, "Distribution of the initial values.", new PyTorchUniform());

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, Dense>(
        kind: "dense",
        summary: "z = W a + b on feature vectors.",
        source: "torch.nn.Linear",
        example: "{dense: 10}",
        fields: [OutputsField, BiasField, InitializationField],
        bind: settings => new Dense(
            settings.Of(OutputsField), settings.Of(BiasField), settings.Of(InitializationField)));

    /// <summary>
    /// What training and the Jacobian do with W and b. Networks with a layer that stays as drawn set it; in a spec it
    /// is always <see cref="ParameterRole.Weight"/>, and <c>trainable</c> selects.
    /// </summary>
    public ParameterRole Role { get; init; } = ParameterRole.Weight;

    /// <inheritdoc/>
    public override ShapeMatch OutputShape(Shape input) => input.Rank == 1
        ? ShapeMatch.To(new Shape(Outputs))
        : ShapeMatch.Mismatch("a feature vector [features]; a flatten layer makes one");

    /// <inheritdoc/>
    public override double ForwardFlops(Shape input) => 2.0 * input.Count * Outputs;

    /// <inheritdoc/>
    public override ImmutableArray<LayerWork> Work(Shape input) =>
        [new LayerWork(WorkKind.Product, ForwardFlops(input), Outputs)];

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSlot> Parameters(Shape input)
    {
        int inputs = input.Dimensions[0];
        ParameterSlot weight = new("weight", new Shape(Outputs, inputs), Initialization, inputs, Outputs, Role);
        return Bias
            ? [weight, new ParameterSlot("bias", new Shape(Outputs), Initialization.OfBiases(), inputs, Outputs, Role)]
            : [weight];
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass)
    {
        Tensor output = nn.functional.linear(input, parameters[0], Bias ? parameters[1] : null); // [n, outputs]
        pass.Tape?.Record(output, cotangents => new DenseFactorBlock(input.detach(), cotangents, Bias));
        return output;
    }
}
