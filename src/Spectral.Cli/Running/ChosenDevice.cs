using Spectral.Core.Execution;

namespace Spectral.Cli.Running;

/// <summary>The device of <c>--device</c>; where <c>auto</c> comes down to the CPU, stderr is told why.</summary>
internal static class ChosenDevice
{
    /// <summary>The device that a text stands for here; loads libtorch.</summary>
    /// <exception cref="UnavailableException">The machine has no such device, or libtorch cannot be loaded.</exception>
    public static ComputeDevice Of(string requested)
    {
        ComputeDevice device = ComputeDevice.Resolve(requested);
        if (requested == "auto" && device == ComputeDevice.Cpu)
            Console.Error.WriteLine($"computing on the CPU: {CudaAbsence.Find().Reason}");
        if (NativeRuntime.Remark is { } remark)
            Console.Error.WriteLine($"warning: {remark}");
        return device;
    }
}
