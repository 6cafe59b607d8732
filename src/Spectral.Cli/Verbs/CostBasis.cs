using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Execution;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;

namespace Spectral.Cli.Verbs;

/// <summary>What predicted costs rest on: this machine's profile, and that of the device that a run would take.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Device">The device; null for the CPU.</param>
/// <param name="Choice">Why it is this device where <c>auto</c> was asked for; null where it was named.</param>
internal sealed record CostBasis(MachineProfile Machine, DeviceProfile? Device, string? Choice)
{
    /// <summary>The device's name.</summary>
    public string DeviceName => (Device?.Device ?? ComputeDevice.Cpu).Name;

    /// <summary>The same for a run behind another one in a process: the device is open, and its libraries are loaded.</summary>
    public CostBasis Later => this with
    {
        Device = Device is null ? null : Device with
        {
            Rates = Device.Rates with { OpenSeconds = 0, TrainingSeconds = 0, ConvolutionSeconds = 0, SpectrumSeconds = 0 },
        },
    };

    /// <summary>
    /// The profiles that are stored here, without libtorch and without the driver; what is wrong with stored ones goes to
    /// stderr.
    /// </summary>
    /// <param name="requested"><c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:INDEX</c>.</param>
    public static CostBasis Here(string requested)
    {
        (MachineProfile machine, string? fault) = MachineProfile.OfMachine();
        (ImmutableArray<DeviceProfile> devices, ImmutableArray<string> faults) = DeviceProfile.Stored();
        foreach (string one in (IEnumerable<string>)[.. fault is null ? [] : new[] { fault }, .. faults])
            Console.Error.WriteLine($"warning: {one}; 'spectral calibrate' measures anew");
        if (requested == "auto")
        {
            return devices is [var only]
                ? new CostBasis(machine, only, "the only device that was calibrated")
                : new CostBasis(machine, null, devices.IsEmpty
                    ? "no other device was calibrated"
                    : $"{string.Join(", ", devices.Select(device => device.Device.Name))} were calibrated, and none is named");
        }

        ComputeDevice named = ComputeDevice.Named(requested);
        return named == ComputeDevice.Cpu
            ? new CostBasis(machine, null, null)
            : new CostBasis(
                machine, devices.FirstOrDefault(device => device.Device == named) ?? DeviceProfile.Assumed(named), null);
    }

    /// <summary>Predicts a plan's cost.</summary>
    public RunCost Predict(RunPlan plan) =>
        Device is null ? RunCost.Predict(plan, Machine) : RunCost.Predict(plan, Machine, Device);

    /// <summary>What times rest on, a line or more.</summary>
    public string ToText()
    {
        string choice = Choice is null ? "" : $"device {DeviceName}: {Choice}\n";
        return Device is null
            ? choice + CostText.Basis(Machine)
            : $"{choice}{OfDevice(Device)}\nthe rest: {CostText.BasisOfCpu(Machine)}";
    }

    /// <summary>
    /// That spectra would take less time in float32, where the device was measured, a spectrum is computed there in float64 and
    /// the difference is more than the prediction's own error; else null.
    /// </summary>
    public string? InFloat32(RunPlan plan, RunCost cost)
    {
        const double noticed = 0.5;
        JacobianPlan jacobian = plan.Jacobian;
        if (Device is not { IsCalibrated: true }
            || jacobian.Precision == Precision.Float32
            || jacobian.Method is not (SpectrumMethod.Gram or SpectrumMethod.Krylov))
            return null;
        RunCost narrow = Predict(plan with { Jacobian = jacobian with { Precision = Precision.Float32 } });
        double now = cost.Spectra.Sum(spectrum => spectrum.Seconds), then = narrow.Spectra.Sum(spectrum => spectrum.Seconds);
        return then < noticed * now
            ? $"in float32 the spectra of a checkpoint would take {CostText.Time(then)} instead of {CostText.Time(now)}, "
                + "with a higher floor (jacobian.precision)"
            : null;
    }

    private string OfDevice(DeviceProfile device)
    {
        string memory = (device.Bytes / 1e9).ToString("F0", CultureInfo.InvariantCulture);
        return device.Measured is { } moment
            ? $"times on {DeviceName} by its calibration of "
                + $"{moment.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} ({device.Card}, {memory} GB)"
            : $"{DeviceName} is not calibrated: times there are by assumed rates of a data-centre card "
                + $"({DeviceRates.AssumedText}, {memory} GB); 'spectral calibrate --device {DeviceName}' measures it";
    }
}
