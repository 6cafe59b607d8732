using System.Collections.Immutable;
using Spectral.Core.Results;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>What training leaves behind.</summary>
/// <param name="Rows">Loss and errors by epoch.</param>
/// <param name="InitialWeights">The weights before training, for the initial residual; of the caller's dispose scope.</param>
/// <param name="Weights">The weights kept at each checkpoint that was reached, by its name; of the caller's dispose scope.</param>
/// <param name="Outputs">The recorded outputs of each split.</param>
/// <param name="DivergedAt">The epoch after which the loss was no longer finite, or null.</param>
internal sealed record TrainingOutcome(
    ImmutableArray<TrainingRow> Rows,
    ImmutableArray<Tensor> InitialWeights,
    ImmutableDictionary<string, ImmutableArray<Tensor>> Weights,
    ImmutableDictionary<string, RecordedOutputs> Outputs,
    int? DivergedAt);

/// <summary>The outputs of one split over the epochs, in binary32: what residual curves are drawn from.</summary>
internal sealed class RecordedOutputs
{
    private readonly List<float> _values = [];
    private readonly List<long> _epochs = [];

    /// <summary>[epochs recorded, n, K], row-major.</summary>
    public ReadOnlySpan<float> Values => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_values);

    /// <summary>[epochs recorded], the number of finished epochs of each.</summary>
    public ReadOnlySpan<long> Epochs => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_epochs);

    /// <summary>Adds f [n, K] after some epochs.</summary>
    public void Add(int epoch, Tensor outputs)
    {
        using Tensor single = outputs.to(ScalarType.Float32).cpu().contiguous();
        _epochs.Add(epoch);
        _values.AddRange(single.data<float>().ToArray());
    }
}
