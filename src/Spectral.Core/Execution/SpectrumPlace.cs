using System.Globalization;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>Where a spectrum is computed, and why, where that is not the device that was asked for.</summary>
/// <param name="IsOnDevice">Whether the code for devices computes it, on the run's device.</param>
/// <param name="Description">The place, and the reason where it is not the obvious one.</param>
public sealed record SpectrumPlace(bool IsOnDevice, string Description)
{
    /// <summary>J, a copy that is decomposed in place, and its factors.</summary>
    private const double MatricesOfDirect = 3;

    /// <summary>
    /// The place of a split's spectrum, by the method, its size and the device's whole memory: not by what is free, so that
    /// equal machines give equal bits.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="split"><c>train</c> or <c>test</c>.</param>
    /// <param name="device">The run's device.</param>
    /// <param name="memory">Its memory in bytes.</param>
    public static SpectrumPlace Of(RunPlan plan, string split, ComputeDevice device, double memory)
    {
        string method = plan.Jacobian.Method;
        bool isNarrow = plan.Jacobian.Precision == Precision.Float32;
        if (device == ComputeDevice.Cpu)
        {
            return isNarrow
                ? new SpectrumPlace(true, "cpu, by the code for devices, for float32 was asked for")
                : new SpectrumPlace(false, "cpu");
        }

        if (method == SpectrumMethod.Tsqr)
            return new SpectrumPlace(false, "cpu: tsqr has no code for devices; the factors are differentiated there, too");
        double usable = memory * DeviceTiling.UsablePart;
        (string what, double bytes) = Need(plan, split);
        if (bytes > usable)
        {
            return new SpectrumPlace(false, string.Create(
                CultureInfo.InvariantCulture,
                $"cpu: {what} {bytes / 1e9:F1} GB, of {device.Name}'s {memory / 1e9:F1} GB {usable / 1e9:F1} may be used"));
        }

        return new SpectrumPlace(true, method switch
        {
            SpectrumMethod.Krylov => $"{device.Name}; rows of J stay there as far as they fit",
            SpectrumMethod.Direct => $"{device.Name}; J is formed and decomposed there",
            _ => device.Name,
        });
    }

    /// <summary>What a method cannot do without on a device, whatever else there is room for.</summary>
    private static (string What, double Bytes) Need(RunPlan plan, string split)
    {
        double rows = (double)plan.JacobianExamples(split) * plan.Dataset.ClassNames.Length;
        if (plan.Jacobian.Method == SpectrumMethod.Gram)
            return ("the Gram matrix takes", DeviceTiling.MatrixBytes(rows));
        double columns = NetworkLayout.Of(plan).ColumnCount(plan);
        if (plan.Jacobian.Method == SpectrumMethod.Direct)
            return ("J and its factors take", MatricesOfDirect * sizeof(double) * rows * columns);
        KrylovSettings settings = KrylovSettings.For(plan.Jacobian.Top ?? 1, 0);
        double example = sizeof(double) * columns * plan.Dataset.ClassNames.Length;
        return ("the vectors of block Krylov take", DeviceKrylovVectors.Bytes(settings, columns, rows) + example);
    }
}
