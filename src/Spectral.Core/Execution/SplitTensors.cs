using System.Collections.Immutable;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>A split on a device in one element type: copied there once, used for the whole of a stage.</summary>
/// <param name="Name"><c>train</c> or <c>test</c>.</param>
/// <param name="Inputs">[n, input shape].</param>
/// <param name="GivenLabels">[n], int64.</param>
/// <param name="CleanLabels">[n], int64.</param>
/// <param name="GivenTargets">One-hot [n, K].</param>
/// <param name="CleanTargets">One-hot [n, K].</param>
internal sealed record SplitTensors(
    string Name, Tensor Inputs, Tensor GivenLabels, Tensor CleanLabels, Tensor GivenTargets, Tensor CleanTargets)
{
    /// <summary>n.</summary>
    public int Count => (int)Inputs.shape[0];

    /// <summary>Copies a split; the tensors belong to the caller's dispose scope.</summary>
    public static SplitTensors Of(LabelledSplit split, Shape input, int classes, ScalarType type, Device device)
    {
        Tensor given = Labels(split.Given, device), clean = Labels(split.Arrays.Labels, device); // [n]
        return new SplitTensors(
            split.Name,
            AlignedTensor.Of(split.Arrays.Inputs.AsSpan().ToArray(), [split.Arrays.Count, .. input.ToLongs()], type, device),
            given,
            clean,
            nn.functional.one_hot(given, classes).to(type),
            nn.functional.one_hot(clean, classes).to(type));
    }

    private static Tensor Labels(ImmutableArray<int> labels, Device device) =>
        tensor(labels.Select(label => (long)label).ToArray()).to(device);
}
