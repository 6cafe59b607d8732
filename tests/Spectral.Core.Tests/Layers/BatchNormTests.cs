using System.Collections.Immutable;
using Spectral.Core.Layers;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Layers;

/// <summary>Batch normalisation in training: the batch's statistics, and running ones that move in place.</summary>
public sealed class BatchNormTests
{
    private static readonly BatchNorm Norm = new(Momentum: 0.25, Epsilon: 0.5);

    [Fact]
    public void A_training_pass_normalises_by_the_batch_and_moves_the_running_statistics()
    {
        using IDisposable scope = NewDisposeScope();
        // Two channels: 1, 3, 5, 7 has mean 4 and variance 5 (unbiased 20/3); 2, 2, 2, 6 has mean 3 and variance 3 (4).
        Tensor input = tensor(new double[] { 1, 2, 3, 2, 5, 2, 7, 6 }, [4, 2]).clone();
        ImmutableArray<Tensor> parameters = Parameters([2, -1], [0.5, 1], [10, 20], [1, 3]);
        Tensor output = Norm.Forward(input, parameters, Training());
        double[] expected = new double[8];
        double[] values = input.data<double>().ToArray();
        for (int i = 0; i < 4; i++)
        {
            expected[2 * i] = (2 * (values[2 * i] - 4) / Math.Sqrt(5.5)) + 0.5;
            expected[(2 * i) + 1] = (-(values[(2 * i) + 1] - 3) / Math.Sqrt(3.5)) + 1;
        }

        Near(expected, output);
        Near([(0.75 * 10) + (0.25 * 4), (0.75 * 20) + (0.25 * 3)], parameters[2]);
        Near([(0.75 * 1) + (0.25 * 20 / 3), (0.75 * 3) + (0.25 * 4)], parameters[3]);
        Assert.False(parameters[2].requires_grad);
    }

    [Fact]
    public void Images_share_statistics_over_examples_and_places()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor flat = tensor(new double[] { 1, 2, 3, 2, 5, 2, 7, 6 }, [4, 2]).clone();
        Tensor images = flat.view(2, 2, 2, 1).permute(0, 2, 1, 3).contiguous(); // [n, C, height, width]
        ImmutableArray<Tensor> first = Parameters([2, -1], [0, 1], [0, 0], [1, 1]);
        ImmutableArray<Tensor> second = Parameters([2, -1], [0, 1], [0, 0], [1, 1]);
        Tensor vectors = Norm.Forward(flat, first, Training());
        Tensor output = Norm.Forward(images, second, Training()).permute(0, 2, 3, 1).reshape(4, 2);
        Near(vectors.data<double>().ToArray(), output);
        Near(first[3].data<double>().ToArray(), second[3]);
    }

    [Fact]
    public void Evaluation_is_the_affine_map_of_the_running_statistics_and_moves_nothing()
    {
        using IDisposable scope = NewDisposeScope();
        ImmutableArray<Tensor> parameters = Parameters([2, -1], [0.5, 1], [10, 20], [1, 3.5]);
        Tensor output = Norm.Forward(
            tensor(new double[] { 1, 2 }, [1, 2]).clone(), parameters, ForwardPass.Evaluation);
        Near([(2 * -9 / Math.Sqrt(1.5)) + 0.5, (18 / 2.0) + 1], output);
        Near([10, 20], parameters[2]);
        Near([1, 3.5], parameters[3]);
    }

    [Fact]
    public void A_batch_with_one_value_per_channel_gives_the_bias_and_leaves_the_running_statistics()
    {
        using IDisposable scope = NewDisposeScope();
        ImmutableArray<Tensor> parameters = Parameters([2, -1], [0.5, 1], [10, 20], [1, 3]);
        Near([0.5, 1], Norm.Forward(tensor(new double[] { 4, 7 }, [1, 2]).clone(), parameters, Training()));
        Near([10, 20], parameters[2]);
        Near([1, 3], parameters[3]);
    }

    [Fact]
    public void Running_statistics_are_buffers_behind_the_parameters()
    {
        ImmutableArray<ParameterSlot> slots = Norm.Parameters(new Shape(6, 4, 4));
        Assert.Equal(["weight", "bias", "running_mean", "running_var"], slots.Select(slot => slot.Name));
        Assert.Equal(
            [ParameterRole.Weight, ParameterRole.Weight, ParameterRole.Buffer, ParameterRole.Buffer],
            slots.Select(slot => slot.Role));
        Assert.All(slots, slot => Assert.Equal(new Shape(6), slot.Shape));
        RandomStream stream = new(1, "unused");
        Assert.Equal([1, 0, 0, 1], slots.Select(slot => slot.Initialization.Draw(stream, 1, 1, 1)[0]));
    }

    private static ForwardPass Training() => ForwardPass.Training(new RandomStream(1, "unused"));

    private static ImmutableArray<Tensor> Parameters(params ReadOnlySpan<double[]> values)
    {
        ImmutableArray<Tensor>.Builder tensors = ImmutableArray.CreateBuilder<Tensor>();
        foreach (double[] some in values)
            tensors.Add(tensor(some).clone());
        return tensors.ToImmutable();
    }

    private static void Near(double[] expected, Tensor found)
    {
        double[] values = found.contiguous().data<double>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++)
            Assert.Equal(expected[i], values[i], 13);
    }
}
