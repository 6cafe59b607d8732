using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>A split on a device in one element type: copied there once, used for the whole of a stage.</summary>
/// <param name="Name"><c>train</c> or <c>test</c>.</param>
/// <param name="Inputs">[n, input shape].</param>
/// <param name="Given">The targets that training gets.</param>
/// <param name="Clean">The targets without noise.</param>
internal sealed record SplitTensors(string Name, Tensor Inputs, TargetTensors Given, TargetTensors Clean)
{
    /// <summary>n.</summary>
    public int Count => (int)Inputs.shape[0];

    /// <summary>The split's first examples, views of the same memory.</summary>
    public SplitTensors First(int count) => count == Count
        ? this
        : new(Name, Inputs.narrow(0, 0, count), Given.First(count), Clean.First(count));

    /// <summary>The split with its targets on the CPU, the inputs where they are.</summary>
    public SplitTensors WithTargetsHere() => this with { Given = Given.Here(), Clean = Clean.Here() };

    /// <summary>Copies a split; the tensors belong to the caller's dispose scope.</summary>
    public static SplitTensors Of(LabelledSplit split, Shape input, ScalarType type, Device device) => new(
        split.Name,
        AlignedTensor.Of(
            split.Arrays.Inputs.AsSpan().ToArray(), [split.Arrays.Count, .. input.ToLongs()], type, device),
        TargetTensors.Of(split.Given, type, device),
        TargetTensors.Of(split.Arrays.Targets, type, device));
}

/// <summary>The targets of a split on a device.</summary>
/// <param name="Values">[n, K], one-hot or real.</param>
/// <param name="Labels">[n], int64; null where targets are real values.</param>
internal sealed record TargetTensors(Tensor Values, Tensor? Labels)
{
    /// <summary>The first targets, views of the same memory.</summary>
    public TargetTensors First(int count) => new(Values.narrow(0, 0, count), Labels?.narrow(0, 0, count));

    /// <summary>The targets on the CPU.</summary>
    public TargetTensors Here() => new(Values.cpu(), Labels?.cpu());

    /// <summary>Copies targets; the tensors belong to the caller's dispose scope.</summary>
    public static TargetTensors Of(TargetArrays targets, ScalarType type, Device device) => new(
        AlignedTensor.Of(targets.Values.AsSpan().ToArray(), [targets.Count, targets.Outputs], type, device),
        targets.AreClasses ? tensor(targets.Labels.Select(label => (long)label).ToArray()).to(device) : null);
}
