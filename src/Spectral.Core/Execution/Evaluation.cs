using System.Collections.Immutable;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>Outputs, loss and errors of a network on a whole split, without a graph.</summary>
internal static class Evaluation
{
    /// <summary>Examples in one forward pass: bounds the memory, and is part of what decides the bits.</summary>
    private const int Chunk = 1024;

    /// <summary>f [n, K] for all examples of a split; owned by the caller's dispose scope.</summary>
    public static Tensor Outputs(NetworkLayout layout, ImmutableArray<Tensor> weights, SplitTensors split)
    {
        using IDisposable graphless = no_grad();
        using IDisposable scope = NewDisposeScope();
        List<Tensor> parts = [];
        for (int start = 0; start < split.Count; start += Chunk)
            parts.Add(layout.Forward(split.Inputs.narrow(0, start, Math.Min(Chunk, split.Count - start)), weights, ForwardPass.Evaluation));
        return cat(parts, dim: 0).MoveToOuterDisposeScope(); // [n, K]
    }

    /// <summary>The rows of training.csv for one epoch and split: given and clean targets for train, clean for test.</summary>
    public static ImmutableArray<TrainingRow> Rows(int epoch, SplitTensors split, bool noisy, Tensor outputs, Loss loss)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor predicted = outputs.argmax(1); // [n]
        TrainingRow clean = Row("clean", split.Clean);
        return noisy ? [Row("given", split.Given), clean] : [clean];

        TrainingRow Row(string target, TargetTensors targets) => new(
            epoch,
            split.Name,
            target,
            loss.Value(outputs, targets.Values).to(ScalarType.Float64).item<double>(),
            targets.Labels is { } labels ? (int)predicted.ne(labels).sum().item<long>() : null,
            split.Count);
    }
}
