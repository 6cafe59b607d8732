namespace Spectral.Core.Execution;

/// <summary>What a stage is predicted to cost.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Flops">Floating-point operations.</param>
/// <param name="Moved">Bytes that cross the memory bus, at least.</param>
/// <param name="Bytes">Peak memory in bytes beside what the program itself takes.</param>
/// <param name="PeakBytes">Peak resident memory of the whole process up to the stage's end, in bytes.</param>
/// <param name="Disk">Bytes that it leaves in the bundle and in the stage cache.</param>
/// <param name="Seconds">Time by the machine's profile.</param>
/// <param name="RuleSeconds">
/// Time by rule of thumb, at <see cref="AssumedRate"/> and <see cref="AssumedStep"/>, the same on every machine.
/// </param>
/// <param name="GpuSeconds">The same on one data-centre GPU, at <see cref="AssumedGpuRate"/>.</param>
public sealed record StageCost(
    string Stage,
    double Flops,
    double Moved,
    double Bytes,
    double PeakBytes,
    double Disk,
    double Seconds,
    double RuleSeconds,
    double GpuSeconds)
{
    /// <summary>Peak of the device's memory up to the stage's end, in bytes, libtorch's own left out; 0 on the CPU.</summary>
    public double DeviceBytes { get; init; }

    /// <summary>Assumed rate of one thread in flop/s.</summary>
    public const double AssumedRate = 3e10;

    /// <summary>Assumed overhead of one training step in seconds, whatever its size.</summary>
    public const double AssumedStep = 3e-4;

    /// <summary>Assumed rate of one data-centre GPU in flop/s, whatever the precision.</summary>
    public const double AssumedGpuRate = 1e13;
}
