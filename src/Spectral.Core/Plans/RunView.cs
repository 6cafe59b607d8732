using System.Collections.Immutable;
using Spectral.Core.Results;

namespace Spectral.Core.Plans;

/// <summary>All that an analysis may look at.</summary>
/// <param name="Plan">The plan that was run.</param>
/// <param name="Parameters">p, the Jacobian's columns.</param>
/// <param name="Splits">The training split first; each with labels and recorded outputs.</param>
/// <param name="Spectra">One for each checkpoint that was reached and each split that has a Jacobian.</param>
/// <param name="Training">Loss and errors by epoch, split and target.</param>
/// <param name="Jacobians">The Jacobians themselves.</param>
public sealed record RunView(
    RunPlan Plan,
    long Parameters,
    ImmutableArray<SplitView> Splits,
    ImmutableArray<SpectralView> Spectra,
    ImmutableArray<TrainingRow> Training,
    JacobianAccess Jacobians)
{
    /// <summary>A split by its name.</summary>
    public SplitView Split(string name) => Splits.Single(split => split.Name == name);

    /// <summary>A spectrum, or null where the checkpoint was not reached.</summary>
    public SpectralView? Spectrum(string checkpoint, string split) =>
        Spectra.FirstOrDefault(view => view.Checkpoint == checkpoint && view.Split == split);

    /// <summary>
    /// r = predictions - y over the examples that have rows in the Jacobian, sample-major [nK], from a record of binary32
    /// outputs. For cross entropy predictions are softmax(f).
    /// </summary>
    /// <param name="split">The split.</param>
    /// <param name="record">The record's index.</param>
    /// <param name="target"><c>given</c> or <c>clean</c>.</param>
    public double[] RecordedResidual(SplitView split, int record, string target)
    {
        ReadOnlySpan<float> outputs = split.OutputsOf(record);
        ReadOnlySpan<float> targets = (target == "given" ? split.Given : split.Clean).AsSpan();
        double[] residual = new double[split.JacobianExamples * split.Classes];
        for (int i = 0; i < residual.Length; i++)
            residual[i] = outputs[i];
        for (int example = 0; example < split.JacobianExamples; example++)
            Plan.Training.Loss.Predict(residual.AsSpan(example * split.Classes, split.Classes));
        for (int i = 0; i < residual.Length; i++)
            residual[i] -= targets[i];
        return residual;
    }
}
