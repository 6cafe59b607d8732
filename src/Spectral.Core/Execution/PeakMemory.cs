using System.Diagnostics;
using System.Globalization;

namespace Spectral.Core.Execution;

/// <summary>The most memory that a process has had in the machine's memory at once.</summary>
public static class PeakMemory
{
    /// <summary>
    /// The peak resident set of this process in bytes, shared libraries included; null where the system does not tell it.
    /// </summary>
    public static long? OfProcess() => Of(Environment.ProcessId);

    /// <summary>The same of another process; null too where it has ended.</summary>
    /// <param name="process">The process' number.</param>
    public static long? Of(int process)
    {
        try
        {
            if (OperatingSystem.IsLinux())
                return OfStatus(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status"));
            using Process found = Process.GetProcessById(process);
            return found.PeakWorkingSet64 > 0 ? found.PeakWorkingSet64 : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException
            or InvalidOperationException or NotSupportedException)
        {
            return null;
        }
    }

    private static long? OfStatus(string path)
    {
        const string key = "VmHWM:";
        string? line = File.ReadLines(path).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
        ReadOnlySpan<char> number = line is null ? [] : line.AsSpan(key.Length).TrimEnd("kB ").Trim();
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long kibibytes)
            ? 1024 * kibibytes
            : null;
    }
}
