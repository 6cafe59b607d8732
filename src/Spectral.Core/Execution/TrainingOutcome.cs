using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Spectral.Core.Results;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>What training leaves behind.</summary>
/// <param name="Rows">Loss and errors by epoch.</param>
/// <param name="InitialWeights">The weights before training, for the initial residual; of the caller's dispose
/// scope.</param>
/// <param name="Reached">Each checkpoint that was reached, by its name.</param>
/// <param name="Outputs">The recorded outputs of each split.</param>
/// <param name="End">Where and why training ended.</param>
internal sealed record TrainingOutcome(
    ImmutableArray<TrainingRow> Rows,
    ImmutableArray<Tensor> InitialWeights,
    ImmutableDictionary<string, ReachedCheckpoint> Reached,
    ImmutableDictionary<string, RecordedOutputs> Outputs,
    TrainingEnd End)
{
    /// <summary>The epoch after which the loss was no longer finite, or null.</summary>
    public int? DivergedAt => End.Reason == EndReason.Diverged ? End.Epoch : null;

    /// <summary>A split as analyses see it.</summary>
    /// <param name="split">Its labels.</param>
    /// <param name="jacobianExamples">How many of its examples have rows in the Jacobian.</param>
    public SplitView View(LabelledSplit split, int jacobianExamples)
    {
        RecordedOutputs outputs = Outputs[split.Name];
        return new SplitView(
            split.Name,
            split.Arrays.Count,
            split.Given.Outputs,
            split.Given.Values,
            split.Arrays.Targets.Values,
            split.Given.Labels,
            split.Arrays.Targets.Labels,
            [.. outputs.Epochs],
            outputs.Values.ToArray(),
            jacobianExamples);
    }
}

/// <summary>A checkpoint that training reached.</summary>
/// <param name="Name">The checkpoint's name.</param>
/// <param name="Epoch">The number of finished epochs.</param>
/// <param name="Rows">Loss and errors there.</param>
/// <param name="Weights">The weights, without graph; of the caller's dispose scope.</param>
internal sealed record ReachedCheckpoint(
    string Name, int Epoch, ImmutableArray<TrainingRow> Rows, ImmutableArray<Tensor> Weights);

/// <summary>Where and why training ended.</summary>
/// <param name="Epoch">The number of epochs, of which the last may have been cut short.</param>
/// <param name="Step">The number of steps; where training diverged, the first whose outputs were not finite, else its
/// epoch's last.</param>
/// <param name="Reason">Why.</param>
internal sealed record TrainingEnd(int Epoch, long Step, EndReason Reason);

/// <summary>Why training ended.</summary>
internal enum EndReason
{
    /// <summary>All epochs are done.</summary>
    AllEpochs,

    /// <summary>The plan's rule ended it earlier.</summary>
    Stopped,

    /// <summary>The loss was no longer finite.</summary>
    Diverged,
}

/// <summary>The outputs of one split over the epochs, in binary32: what residual curves are drawn from.</summary>
internal sealed class RecordedOutputs
{
    private readonly List<float> _values = [];
    private readonly List<long> _epochs = [];

    /// <summary>[epochs recorded, n, K], row-major.</summary>
    public ReadOnlySpan<float> Values => CollectionsMarshal.AsSpan(_values);

    /// <summary>[epochs recorded], the number of finished epochs of each.</summary>
    public ReadOnlySpan<long> Epochs => CollectionsMarshal.AsSpan(_epochs);

    /// <summary>Outputs that were recorded earlier.</summary>
    /// <param name="epochs">[epochs recorded].</param>
    /// <param name="values">[epochs recorded, n, K], row-major.</param>
    public static RecordedOutputs Of(ReadOnlySpan<long> epochs, ReadOnlySpan<float> values)
    {
        RecordedOutputs outputs = new();
        outputs.Add(epochs, values);
        return outputs;
    }

    /// <summary>Adds outputs that were recorded earlier.</summary>
    public void Add(ReadOnlySpan<long> epochs, ReadOnlySpan<float> values)
    {
        _epochs.AddRange(epochs);
        _values.AddRange(values);
    }

    /// <summary>Adds f [n, K] after some epochs.</summary>
    public void Add(int epoch, Tensor outputs)
    {
        using Tensor single = outputs.to(ScalarType.Float32).cpu().contiguous();
        _epochs.Add(epoch);
        _values.AddRange(single.data<float>().ToArray());
    }
}
