using System.Collections.Immutable;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>Outputs, loss and errors of a network on a whole split, without a graph.</summary>
internal static class Evaluation
{
    /// <summary>
    /// Elements of one activation of a chunk and most examples: on a CPU about what a core's second-level cache holds, on a
    /// device enough to keep it busy, for every operation there costs microseconds before it begins.
    /// </summary>
    private const long CpuElements = 1 << 18, DeviceElements = 1 << 26, CpuExamples = 1024, DeviceExamples = 16384;

    /// <summary>f [n, K] for all examples of a split; owned by the caller's dispose scope.</summary>
    public static Tensor Outputs(NetworkLayout layout, ImmutableArray<Tensor> weights, SplitTensors split)
    {
        using IDisposable graphless = no_grad();
        using IDisposable scope = NewDisposeScope();
        int chunk = ChunkOf(layout, split.Inputs.device_type == TorchSharp.DeviceType.CPU);
        List<Tensor> parts = [];
        for (int start = 0; start < split.Count; start += chunk)
        {
            Tensor inputs = split.Inputs.narrow(0, start, Math.Min(chunk, split.Count - start));
            parts.Add(layout.Forward(inputs, weights, ForwardPass.Evaluation));
        }

        return cat(parts, dim: 0).MoveToOuterDisposeScope(); // [n, K]
    }

    /// <summary>
    /// Examples in one forward pass, a power of two from 32 on: on a CPU larger ones fall out of the cache (a tenth slower
    /// for 784-256-256-10). It is part of what decides the bits, so that it depends on the network and the kind of device
    /// alone.
    /// </summary>
    public static int ChunkOf(NetworkLayout layout, bool isCpu)
    {
        long chunk = isCpu ? CpuExamples : DeviceExamples, elements = isCpu ? CpuElements : DeviceElements;
        while (chunk > 32 && chunk * layout.WidestActivation > elements)
            chunk /= 2;
        return (int)chunk;
    }

    /// <summary>
    /// The rows of training.csv for one epoch and split: given and clean targets for train, clean for test.
    /// </summary>
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
