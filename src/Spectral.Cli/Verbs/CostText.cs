using System.Globalization;
using System.Text.Json.Nodes;
using Spectral.Core.Execution;

namespace Spectral.Cli.Verbs;

/// <summary>Predicted costs as <c>plan</c> shows them.</summary>
internal static class CostText
{
    /// <summary>The heads of the columns of <see cref="Line(StageCost, bool)"/>.</summary>
    /// <param name="isOnDevice">Whether costs are a device's: then its memory has a column, and no rule of thumb.</param>
    public static string Header(bool isOnDevice) => isOnDevice
        ? $"{"flops",9}{"moved",11}{"peak memory",13}{"on device",11}{"disk",11}{"time",11}"
        : $"{"flops",9}{"moved",11}{"peak memory",13}{"disk",11}{"time",11}{"on a GPU",11}";

    /// <summary>One stage: operations, traffic, peak memory of the process, disk, time here and on a GPU.</summary>
    public static string Line(StageCost cost, bool isOnDevice) =>
        Columns(cost.Flops, cost.Moved, cost.PeakBytes, isOnDevice ? cost.DeviceBytes : null, cost.Disk, cost.Seconds)
        + (isOnDevice ? "" : $"{Time(cost.GpuSeconds),11}");

    /// <summary>The whole run.</summary>
    public static string Line(RunCost run, bool isOnDevice) => Columns(
        run.Stages.Sum(stage => stage.Flops),
        run.Stages.Sum(stage => stage.Moved),
        run.PeakBytes,
        isOnDevice ? run.DeviceBytes : null,
        run.DiskBytes,
        run.Seconds);

    /// <summary>The whole run as <c>--json</c> has it.</summary>
    public static JsonObject ToJson(RunCost run) => new()
    {
        ["flops"] = run.Stages.Sum(stage => stage.Flops),
        ["moved_bytes"] = run.Stages.Sum(stage => stage.Moved),
        ["peak_bytes"] = run.PeakBytes,
        ["device_bytes"] = run.DeviceBytes,
        ["bundle_bytes"] = run.BundleBytes,
        ["cache_bytes"] = run.CacheBytes,
        ["other_seconds"] = run.OtherSeconds,
        ["seconds"] = run.Seconds,
    };

    /// <summary>What times of the CPU rest on, where others are a device's.</summary>
    public static string BasisOfCpu(MachineProfile profile) => profile.Measured is { } moment
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"by the calibration of {moment.ToLocalTime():yyyy-MM-dd HH:mm} ({profile.Processor}, {profile.Cores} cores)")
        : "by assumed rates of a CPU; 'spectral calibrate' measures this machine";

    /// <summary>What times rest on.</summary>
    public static string Basis(MachineProfile profile) => profile.Measured is { } moment
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"times by the calibration of {moment.ToLocalTime():yyyy-MM-dd HH:mm} ({profile.Processor}, {profile.Cores} cores); on a GPU by rule of thumb")
        : "not calibrated: times are by assumed rates, and on a GPU by rule of thumb; 'spectral calibrate' measures this machine";

    /// <summary>Bytes with a unit.</summary>
    public static string Bytes(double bytes) => ByteCount.Text((long)Math.Min(long.MaxValue / 2, Math.Ceiling(bytes)));

    /// <summary>Two digits and a unit, such as <c>~3.2 min</c>; 0 for nothing.</summary>
    public static string Time(double seconds) => seconds switch
    {
        0 => "0",
        < 0.0995 => string.Create(CultureInfo.InvariantCulture, $"~{Rounded(seconds * 1000)} ms"),
        < 60 => string.Create(CultureInfo.InvariantCulture, $"~{Rounded(seconds)} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"~{Rounded(seconds / 60)} min"),
        < 86400 => string.Create(CultureInfo.InvariantCulture, $"~{Rounded(seconds / 3600)} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"~{Rounded(seconds / 86400)} d"),
    };

    private static string Columns(double flops, double moved, double peak, double? device, double disk, double seconds)
    {
        string onDevice = device is { } bytes ? $"{Bytes(bytes),11}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{flops,9:0.0e0}{Bytes(moved),11}{Bytes(peak),13}{onDevice}{Bytes(disk),11}{Time(seconds),11}");
    }

    private static string Rounded(double value) =>
        value.ToString(value >= 9.95 ? "F0" : value >= 0.0995 ? "F1" : "0.0e0", CultureInfo.InvariantCulture);
}
