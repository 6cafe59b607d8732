using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>Holds a plan's predicted memory against this machine's, before anything is read or trained.</summary>
/// <param name="plan">The plan.</param>
/// <param name="layout">Its network.</param>
/// <param name="device">What it is to run on.</param>
internal sealed class MemoryNeed(RunPlan plan, NetworkLayout layout, ComputeDevice device)
{
    /// <summary>Refuses training and spectra that cannot fit: hours may lie between the one and the other.</summary>
    /// <exception cref="UnavailableException">Something needs more memory than the machine has.</exception>
    public void Check()
    {
        double there = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        double training = TrainingCost.Of(plan, layout, MachineProfile.Assumed).Bytes;
        Require("training", training, there, "take fewer examples, a smaller network, or record_outputs_every");
        CheckOutputs();
        foreach (string split in plan.Jacobian.Splits)
        {
            // What is on a device is no burden of this machine's memory, and the place is chosen by whether it fits there.
            if (device != ComputeDevice.Cpu
                && SpectrumPlace.Of(plan, split, device, device.Memory()).IsOnDevice)
                continue;
            SpectrumMethod method = layout.SpectrumMethod(plan, split);
            string spectrum = $"the {split} spectrum by '{method.Name}'";
            const string remedy =
                "take fewer rows (jacobian.examples) or the largest singular values only (spectrum: {top: N})";
            Require(spectrum, method.Bytes, there, remedy);
            if (method.Name == SpectrumMethod.Gram)
                Require(spectrum, GramBytes(split), there, remedy);
        }
    }

    /// <summary>A split's recorded outputs are one array of a file.</summary>
    private void CheckOutputs()
    {
        int most = Math.Max(plan.Dataset.TrainCount, Math.Max(plan.Dataset.ValidationCount, plan.Dataset.TestCount));
        double epochs = Math.Ceiling((double)plan.Training.Epochs / plan.Training.RecordOutputsEvery) + 1;
        double bytes = sizeof(float) * epochs * most * plan.Dataset.ClassNames.Length;
        if (plan.Weights.IsEmpty && bytes > ResultFiles.LargestArray)
        {
            throw new UnavailableException(
                $"the outputs of {epochs} epochs take {Amount(bytes)}, more than the 2.1 GB of a bundle's largest array; "
                + "record fewer of them (training.record_outputs_every)");
        }
    }

    private static void Require(string what, double needed, double there, string remedy)
    {
        if (needed > there)
        {
            throw new UnavailableException(string.Create(
                CultureInfo.InvariantCulture,
                $"{what} needs about {Amount(needed)} of memory, and this machine has {Amount(there)}; {remedy}"));
        }
    }

    private static string Amount(double bytes) => bytes >= 1e9
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:F1} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB");

    /// <summary>
    /// The Gram engine's own plan, the layers' factors and the threads' scratch memory included: shapes decide it, so
    /// that zeros do for weights and inputs.
    /// </summary>
    private double GramBytes(string split)
    {
        using IDisposable scope = NewDisposeScope();
        ImmutableArray<Tensor> weights =
            [.. layout.Parameters.Select(parameter => zeros(parameter.Slot.Shape.ToLongs(), ScalarType.Float64))];
        Tensor one = zeros([1, .. plan.Dataset.InputShape.ToLongs()], ScalarType.Float64);
        Tensor inputs = one.expand([plan.JacobianExamples(split), .. plan.Dataset.InputShape.ToLongs()]); // [n, ...]
        NetworkJacobian source = new(layout, weights, inputs, layout.Columns(plan));
        return new JacobianOperator(source, Environment.ProcessorCount).PlanGram().PeakBytes;
    }
}
