using System.Diagnostics;

namespace Spectral.Core.Execution;

/// <summary>Takes times of work on a device, which goes on when a call has returned: the device is waited for.</summary>
/// <param name="device">The device.</param>
internal sealed class DeviceClock(ComputeDevice device)
{
    /// <summary>The device as libtorch knows it.</summary>
    public TorchSharp.torch.Device Torch { get; } = device.ToTorch();

    /// <summary>The shortest of several times of the same work, in seconds, above 0; a run before them is not counted.</summary>
    /// <param name="repeats">1 or more.</param>
    /// <param name="work">The work; its tensors are gone behind it.</param>
    public double Seconds(int repeats, Action work)
    {
        _ = Once(work);
        return Probe.Seconds(repeats, () => Finish(work));
    }

    /// <summary>Seconds of work that runs once, and for the first time where nobody ran it before; above 0.</summary>
    public double Once(Action work)
    {
        Wait();
        long start = Stopwatch.GetTimestamp();
        Finish(work);
        return Math.Max(1e-9, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>What the first of two runs of the same work takes longer; at least a tenth of it.</summary>
    public double First(Action work)
    {
        double first = Once(work);
        return Probe.Rest(first, Once(work));
    }

    private void Finish(Action work)
    {
        using IDisposable scope = TorchSharp.torch.NewDisposeScope();
        work();
        Wait();
    }

    private void Wait()
    {
        if (device != ComputeDevice.Cpu)
            TorchSharp.torch.cuda.synchronize(Torch);
    }
}
