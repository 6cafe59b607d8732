using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using TorchSharp;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>The Jacobians of a finished training for analyses; each is made once, when it is first asked for.</summary>
internal sealed class RunJacobians : JacobianAccess, IDisposable
{
    private readonly RunPlan _plan;
    private readonly NetworkLayout _layout;
    private readonly TrainingOutcome _training;
    private readonly ImmutableArray<SplitTensors> _splits;
    private readonly Dictionary<(string Checkpoint, string Split), JacobianSource> _sources = [];

    // Its tensors are alive as long as the analyses are.
    private readonly DisposeScope _scope = NewDisposeScope();

    /// <summary>Names the Jacobians; nothing is computed yet.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="layout">The network.</param>
    /// <param name="training">The weights of every checkpoint.</param>
    /// <param name="splits">The splits in binary64.</param>
    /// <param name="cancellation">Asks to stop.</param>
    public RunJacobians(
        RunPlan plan,
        NetworkLayout layout,
        TrainingOutcome training,
        ImmutableArray<SplitTensors> splits,
        CancellationToken cancellation)
    {
        (_plan, _layout, _training, _splits) = (plan, layout, training, splits);
        Cancellation = cancellation;
    }

    /// <inheritdoc/>
    public override int Threads => Environment.ProcessorCount;

    /// <inheritdoc/>
    public override CancellationToken Cancellation { get; }

    /// <inheritdoc/>
    public override JacobianSource Source(string checkpoint, string split)
    {
        if (_sources.TryGetValue((checkpoint, split), out JacobianSource? made))
            return made;
        // Whatever scope the first analysis asks in, the source is there for the next one.
        using DisposeScope here = NewDisposeScope();
        JacobianSource source =
            new NetworkJacobian(_layout, Weights(checkpoint), InputsOf(split), _layout.Columns(_plan));
        here.MoveToOther(_scope, here.DisposablesView);
        _sources.Add((checkpoint, split), source);
        return source;
    }

    /// <inheritdoc/>
    public override RowTiles Rows(string checkpoint, string split)
    {
        ImmutableArray<Tensor> weights =
            [.. CheckpointJacobian.InBinary64(Weights(checkpoint)).Select(weight => weight.cpu())];
        int outputs = (int)_splits[0].Given.Values.shape[1];
        return new NetworkRowTiles(_layout, weights, InputsOf(split), outputs, _layout.Columns(_plan));
    }

    /// <inheritdoc/>
    public override double[] Parameters(string checkpoint)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor all = cat(
            [
                .. CheckpointJacobian.InBinary64(Weights(checkpoint))
                    .Where((_, i) => _layout.Parameters[i].Slot.Role != ParameterRole.Buffer)
                    .Select(weight => weight.cpu().reshape(-1)),
            ]);
        return cat([.. _layout.Columns(_plan).Select(range => all.narrow(0, range.First, range.Count))])
            .data<double>().ToArray(); // [p]
    }

    /// <inheritdoc/>
    public override double[] Inputs(string split)
    {
        using IDisposable scope = NewDisposeScope();
        return InputsOf(split).contiguous().data<double>().ToArray(); // [n, ...]
    }

    /// <inheritdoc/>
    public void Dispose() => _scope.Dispose();

    private ImmutableArray<Tensor> Weights(string checkpoint) => checkpoint == Initial
        ? _training.InitialWeights
        : _training.Reached.TryGetValue(checkpoint, out ReachedCheckpoint? reached)
            ? reached.Weights
            : throw new ArgumentException($"no checkpoint '{checkpoint}' was reached", nameof(checkpoint));

    private Tensor InputsOf(string split) =>
        (_splits.FirstOrDefault(tensors => tensors.Name == split)
            ?? throw new ArgumentException($"there is no split '{split}'", nameof(split)))
        .First(_plan.JacobianExamples(split)).Inputs.cpu();
}
