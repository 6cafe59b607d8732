using System.Collections.Immutable;
using Spectral.Core.Cutoffs;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Losses;
using Spectral.Core.Networks;
using Spectral.Core.Noises;
using Spectral.Core.Numerics;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Schedules;
using Spectral.Core.Stopping;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>A network with made-up examples, to take times of.</summary>
/// <param name="Layers">The layers.</param>
/// <param name="Input">The shape of an example.</param>
/// <param name="Outputs">K.</param>
internal sealed record ProbeNetwork(ImmutableArray<Layer> Layers, Shape Input, int Outputs)
{
    private static readonly Initialization Start = new PyTorchUniform();

    /// <summary>The network, laid out.</summary>
    public NetworkLayout Layout { get; } = NetworkLayout.Of(new LayerSequence(Layers), Input, Outputs);

    /// <summary>Dense layers with relu between them.</summary>
    public static ProbeNetwork Dense(int inputs, int width, int hidden, int outputs) => new(
        [
            new Flatten(),
            .. Enumerable.Repeat(0, hidden).SelectMany(_ => (ImmutableArray<Layer>)[OfWidth(width), new Relu()]),
            OfWidth(outputs),
        ],
        new Shape(inputs),
        outputs);

    /// <summary>Convolutions of one width behind a first one, without anything between them.</summary>
    public static ProbeNetwork Convolutions(int channels, int side, int count) => new(
        [
            .. Enumerable.Repeat(Conv2d.ThreeByThree(channels, stride: 1, bias: false, Start), count),
            new GlobalAveragePool(),
            OfWidth(3),
        ],
        new Shape(channels, side, side),
        3);

    /// <summary>One convolution of an image of one channel, and what stands behind it.</summary>
    public static ProbeNetwork Behind(params ReadOnlySpan<Layer> layers) => new(
        [
            Conv2d.ThreeByThree(MachineRates.NarrowChannels, stride: 1, bias: false, Start),
            .. layers,
            new GlobalAveragePool(),
            OfWidth(3),
        ],
        new Shape(1, 28, 28),
        3);

    /// <summary>The residual network of depth 8 with batch normalisation, on images of a side of so many pixels.</summary>
    public static ProbeNetwork Residual(int side)
    {
        Shape input = new(1, side, side);
        ResNet network = new(8, 8, "batch", 8, new Relu(), Start, 1);
        return new ProbeNetwork([.. network.Layers(input, 3).Select(named => named.Layer)], input, 3);
    }

    /// <summary>A plan that trains it.</summary>
    /// <param name="examples">n.</param>
    /// <param name="batch">Examples a step.</param>
    /// <param name="epochs">Epochs.</param>
    /// <param name="evaluateEvery">Epochs between evaluations.</param>
    public RunPlan Plan(int examples, int batch, int epochs, int evaluateEvery) => new(
        new Seeds(1, ImmutableSortedDictionary<string, long>.Empty),
        new MadeUp(Input, Outputs, examples),
        new NoNoise(),
        new LayerSequence(Layers),
        ParameterSelection.All,
        new TrainingPlan(
            new SquaredError("batch_mean"),
            new StochasticGradientDescent(1e-6, 0.9),
            batch,
            epochs,
            Precision.Float32,
            evaluateEvery,
            new Constant(),
            [],
            null,
            new NoStopping())
        {
            EvaluateEvery = evaluateEvery,
        },
        new JacobianPlan(
            [new Checkpoint(Checkpoint.Final, epochs)],
            ["train"],
            ParameterSelection.All,
            Precision.Float64,
            SpectrumMethod.Direct),
        new RankCutoff(1),
        [],
        1);

    /// <summary>Made-up examples, the caller's dispose scope's.</summary>
    public SplitTensors Examples(int count, ScalarType type)
    {
        Tensor inputs = rand([count, .. Input.ToLongs()], type);
        Tensor targets = zeros([count, Outputs], type);
        using TorchSharp.Scalar one = 1.0;
        targets.select(1, 0).fill_(one);
        TargetTensors labels = new(targets, zeros([count], ScalarType.Int64));
        return new SplitTensors("train", inputs, labels, labels);
    }

    /// <summary>Weights as training begins with them, the caller's dispose scope's.</summary>
    public ImmutableArray<Tensor> Weights(ScalarType type) => InitialWeights.Draw(Layout, 1, type, CPU);

    private static Dense OfWidth(int width) => new(width, Bias: true, Start);

    /// <summary>Examples of a shape that nobody loads.</summary>
    private sealed record MadeUp(Shape Shape, int Classes, int Count) : Dataset
    {
        public override Shape InputShape => Shape;

        public override ImmutableArray<string> ClassNames =>
            [.. Enumerable.Range(0, Classes).Select(label => FormattableString.Invariant($"{label}"))];

        public override bool HasClasses => true;

        public override int TrainCount => Count;

        public override int ValidationCount => 0;

        public override int TestCount => 0;

        public override DatasetArrays Load(DataFolders folders, ulong seed) => throw new NotSupportedException();
    }
}
