using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Execution;
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
        string device = Device switch
        {
            null => "",
            { Measured: { } moment } => string.Create(
                CultureInfo.InvariantCulture,
                $"times on {DeviceName} by its calibration of {moment.ToLocalTime():yyyy-MM-dd HH:mm} ({Device.Card}, {Device.Bytes / 1e9:F0} GB)\n"),
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"{DeviceName} is not calibrated: times there are by assumed rates of a data-centre card ({DeviceRates.AssumedText}, {Device.Bytes / 1e9:F0} GB); 'spectral calibrate --device {DeviceName}' measures it\n"),
        };
        string choice = Choice is null ? "" : $"device {DeviceName}: {Choice}\n";
        return choice + device + (Device is null ? CostText.Basis(Machine) : "the rest: " + CostText.BasisOfCpu(Machine));
    }
}
