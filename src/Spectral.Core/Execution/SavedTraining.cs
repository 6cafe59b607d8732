using System.Collections.Immutable;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>Where a training stood between two steps: all that the next step depends on.</summary>
/// <param name="Epoch">The epoch that is under way, from 1.</param>
/// <param name="Start">The place of its next batch's first example.</param>
/// <param name="Step">Finished steps.</param>
/// <param name="Time">Theory time so far.</param>
/// <param name="Sums">A sum of the outputs' gradients for each of the epoch's finished steps.</param>
internal sealed record TrainingPosition(int Epoch, int Start, long Step, double Time, ImmutableArray<double> Sums)
{
    /// <summary>Before the first step.</summary>
    public static TrainingPosition First { get; } = new(1, 0, 0, 0, []);
}

/// <summary>A training that was saved between two steps.</summary>
/// <param name="Position">Where it stood.</param>
/// <param name="Weights">One tensor for each of the network's parameters.</param>
/// <param name="Memory">The optimizer's memory.</param>
/// <param name="Rows">Loss and errors by epoch so far.</param>
/// <param name="Reached">The checkpoints so far.</param>
/// <param name="Outputs">The outputs of each split so far.</param>
internal sealed record SavedTraining(
    TrainingPosition Position,
    ImmutableArray<Tensor> Weights,
    OptimizerMemory Memory,
    ImmutableArray<TrainingRow> Rows,
    ImmutableDictionary<string, ReachedCheckpoint> Reached,
    ImmutableDictionary<string, RecordedOutputs> Outputs);
