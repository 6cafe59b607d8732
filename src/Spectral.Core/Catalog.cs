using Spectral.Core.Analyses;
using Spectral.Core.Augmentations;
using Spectral.Core.Components;
using Spectral.Core.Cutoffs;
using Spectral.Core.Datasets;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Losses;
using Spectral.Core.Networks;
using Spectral.Core.Noises;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Schedules;
using Spectral.Core.Stopping;

namespace Spectral.Core;

/// <summary>The only registration list: what a spec can say. A new component is its own file and one line here.</summary>
public static class Catalog
{
    /// <summary>Every family with its members.</summary>
    public static ComponentCatalog Components { get; } = new(
    [
        new ComponentFamily(
            "dataset",
            typeof(Dataset),
            "where examples and their clean labels come from",
            [
                Digits.Definition,
                FashionMnist.Definition,
                Mnist.Definition,
                Cifar10.Definition,
                Cifar100.Definition,
                GaussianMixture.Definition,
                LowRankLinear.Definition,
                Arrays.Definition,
            ]),
        new ComponentFamily(
            "noise",
            typeof(LabelNoise),
            "how training labels are corrupted",
            [
                NoNoise.Definition,
                UniformNoise.Definition,
                PairFlipNoise.Definition,
                ConfusionNoise.Definition,
                PermutedNoise.Definition,
                GaussianNoise.Definition,
            ]),
        new ComponentFamily(
            "network",
            typeof(Network),
            "the network that is trained and differentiated",
            [
                Linear.Definition,
                OneHiddenLayer.Definition,
                MultilayerPerceptron.Definition,
                ConvNet.Definition,
                ResNet.Definition,
                LayerSequence.Definition,
            ]),
        new ComponentFamily(
            "layer",
            typeof(Layer),
            "one step of a network",
            [
                Dense.Definition,
                Conv2d.Definition,
                BatchNorm.Definition,
                GroupNorm.Definition,
                LayerNorm.Definition,
                Flatten.Definition,
                MaxPool.Definition,
                AveragePool.Definition,
                GlobalAveragePool.Definition,
                SkipBlock.Definition,
                Dropout.Definition,
                Relu.Definition,
                LeakyRelu.Definition,
                Gelu.Definition,
                Silu.Definition,
                Softplus.Definition,
                Tanh.Definition,
                Sigmoid.Definition,
            ]),
        new ComponentFamily(
            "initialization",
            typeof(Initialization),
            "the distribution of initial weights",
            [
                PyTorchUniform.Definition,
                HeNormal.Definition,
                HeUniform.Definition,
                XavierNormal.Definition,
                XavierUniform.Definition,
                LecunNormal.Definition,
                Normal.Definition,
                UnscaledNormal.Definition,
                Signs.Definition,
                Zeros.Definition,
                Ones.Definition,
                Scaled.Definition,
            ]),
        new ComponentFamily(
            "loss",
            typeof(Loss),
            "what training makes small",
            [
                SquaredError.Definition,
                CrossEntropy.Definition,
            ]),
        new ComponentFamily(
            "optimizer",
            typeof(Optimizer),
            "the rule that changes the weights",
            [
                StochasticGradientDescent.Definition,
                Adam.Definition,
                AdamW.Definition,
            ]),
        new ComponentFamily(
            "schedule",
            typeof(Schedule),
            "how the step size changes over the epochs",
            [
                Constant.Definition,
                StepDecay.Definition,
                Cosine.Definition,
                Warmup.Definition,
            ]),
        new ComponentFamily(
            "augmentation",
            typeof(Augmentation),
            "random changes of training examples",
            [
                RandomCrop.Definition,
                HorizontalFlip.Definition,
            ]),
        new ComponentFamily(
            "stopping",
            typeof(StoppingRule),
            "what ends training before its last epoch",
            [
                NoStopping.Definition,
                BestTestStopping.Definition,
                BestValidationStopping.Definition,
                SpectralStopping.Definition,
            ]),
        new ComponentFamily(
            "cutoff",
            typeof(Cutoff),
            "where the spectrum is split",
            [
                RankCutoff.Definition,
                AbsoluteCutoff.Definition,
                RelativeCutoff.Definition,
                EnergyCutoff.Definition,
            ]),
        new ComponentFamily(
            "analysis",
            typeof(Analysis),
            "what is measured",
            [
                ClassificationError.Definition,
                LabelAlignment.Definition,
                ResidualEnergy.Definition,
                Memorization.Definition,
                SingularValues.Definition,
                ExpectedLoss.Definition,
                PseudoInverse.Definition,
                EarlyStoppingValue.Definition,
                EnergyCurve.Definition,
                SpectrumShape.Definition,
                KernelAlignment.Definition,
                BracketedEnergy.Definition,
                EstimatedDensity.Definition,
                DirectionDecay.Definition,
                Linearized.Definition,
                KernelDistance.Definition,
                SubspaceOverlap.Definition,
                WeightDistance.Definition,
                SpectralEarlyStopping.Definition,
                Theorems.Definition,
            ]),
    ]);
}
