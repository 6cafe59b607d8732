using System.Collections.Immutable;
using Spectral.Core.Augmentations;
using Spectral.Core.Losses;
using Spectral.Core.Numerics;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;
using Spectral.Core.Tests.Numerics;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Execution;

/// <summary>
/// Everything that a stage makes lies on its device: libtorch's device <c>meta</c>, which has shapes and no numbers, refuses
/// an operation with a tensor that was left on the CPU, as CUDA does.
/// </summary>
public sealed class DevicePlacementTests
{
    [Theory]
    [MemberData(nameof(GramCases.Names), MemberType = typeof(GramCases))]
    public void Factors_and_their_products_lie_where_the_inputs_are(string name)
    {
        NetworkCase network = GramCases.All[name];
        using IDisposable scope = NewDisposeScope();
        ImmutableArray<Tensor> weights =
        [
            .. network.Weights().Zip(network.Layout.Parameters, (weight, parameter) =>
                weight.to(META).requires_grad_(parameter.Slot.Role != ParameterRole.Buffer)),
        ];
        Tape tape = new();
        Tensor outputs = network.Layout.Forward(network.Inputs().to(META), weights, ForwardPass.Taped(tape));
        foreach (FactorBlock block in TapedFactors.Of(outputs, tape))
        {
            Tensor one = ones([block.Columns, 2], ScalarType.Float64, META);
            Tensor left = ones([block.Examples * block.Outputs, 2], ScalarType.Float64, META);
            Assert.All(
                [.. block.Factors, block.Explicit(), block.Times(one), block.TransposeTimes(left)],
                tensor => Assert.Equal(DeviceType.META, tensor.device_type));
        }
    }

    [Theory]
    [MemberData(nameof(GramCases.Names), MemberType = typeof(GramCases))]
    public void A_training_step_stays_on_its_device(string name)
    {
        NetworkCase network = GramCases.All[name];
        using IDisposable scope = NewDisposeScope();
        Tensor inputs = network.Inputs().to(ScalarType.Float32).to(META);
        ImmutableArray<Tensor> weights =
        [
            .. network.Weights().Zip(network.Layout.Parameters, (weight, parameter) => weight.detach().to(ScalarType.Float32)
                .to(META).requires_grad_(parameter.Slot.Role != ParameterRole.Buffer)),
        ];
        Tensor[] leaves = [.. weights.Where(weight => weight.requires_grad)];
        Tensor vector = cat([.. leaves.Select(leaf => leaf.detach().reshape(-1))]); // [p]
        Tensor targets = ones([inputs.shape[0], network.Outputs], ScalarType.Float32, META);
        foreach (Loss loss in (Loss[])[new SquaredError("batch_mean"), new CrossEntropy("batch_mean")])
        {
            foreach (Optimizer rule in (Optimizer[])[new StochasticGradientDescent(0.1, 0.9, true, 0.01), new Adam(0.1, 0.9, 0.999, 1e-8, 0)])
            {
                using OptimizerState state = rule.Start(vector);
                for (int step = 0; step < 2; step++)
                {
                    Tensor outputs = network.Layout.Forward(
                        inputs, weights, ForwardPass.Training(new RandomStream(1, "dropout")));
                    IList<Tensor> gradients = autograd.grad(
                        [outputs], leaves, [loss.Gradient(outputs, targets)], allow_unused: true);
                    Tensor gradient = cat([.. gradients.Select((found, i) =>
                        (found.IsInvalid ? zeros_like(leaves[i]) : found).reshape(-1))]); // [p]
                    state.Step(gradient, 1);
                    Assert.Equal(DeviceType.META, gradient.device_type);
                }

                Assert.All(state.Memory.Vectors.Values, kept => Assert.Equal(DeviceType.META, kept.device_type));
            }
        }

        Assert.Equal(DeviceType.META, vector.device_type);
    }

    [Fact]
    public void Augmented_batches_stay_on_their_device()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor batch = zeros([5, 3, 8, 8], ScalarType.Float32, META);
        foreach (Augmentation change in (Augmentation[])[new RandomCrop(2), new HorizontalFlip(0.5)])
        {
            Tensor changed = change.Apply(batch, new RandomStream(1, "augment"));
            Assert.Equal(DeviceType.META, changed.device_type);
            Assert.Equal(batch.shape, changed.shape);
        }
    }

    [Fact]
    public void A_tensor_left_on_the_CPU_would_be_seen()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor there = zeros([2, 2], ScalarType.Float32, META), here = ones(2, 2);
        Assert.ThrowsAny<Exception>(() => there.mm(here));
        Assert.ThrowsAny<Exception>(() => there.add(here));
    }
}
