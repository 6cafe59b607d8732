using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// The names of draft folders, <c>.NAME-HASH12.draft-PID-RANDOM</c>, and the removal of those whose process died. The
/// random part begins with eight digits for this machine: on a shared disk another machine's process may be alive under
/// a number that is free here.
/// </summary>
internal static partial class DraftName
{
    /// <summary>A new name, hidden, for this process.</summary>
    public static string New(BundleIdentity identity) => string.Create(CultureInfo.InvariantCulture,
        $"{Prefix(identity)}{Environment.ProcessId}-{MachineTag()}{RandomNumberGenerator.GetHexString(8, true)}");

    /// <summary>
    /// Deletes drafts of the same run that this machine's dead processes left. Whatever is in doubt stays: a draft of
    /// another machine, a process number in use again, a link, a folder that cannot be deleted.
    /// </summary>
    /// <param name="outFolder">An existing folder.</param>
    /// <param name="identity">What the drafts are of.</param>
    public static void RemoveAbandoned(string outFolder, BundleIdentity identity)
    {
        var prefix = Prefix(identity);
        foreach (var draft in new DirectoryInfo(outFolder).GetDirectories(prefix + "*", Everything))
        {
            var match = Rest().Match(draft.Name[prefix.Length..]);
            if (!match.Success || draft.LinkTarget is not null || match.Groups["machine"].Value != MachineTag()
                || IsAlive(match.Groups["pid"].Value))
                continue;
            try
            {
                draft.Delete(recursive: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Someone else is deleting it, or may and we may not.
            }
        }
    }

    /// <summary>
    /// Eight digits that tell machines apart, and containers that number their processes from one again.
    /// </summary>
    internal static string MachineTag()
    {
        var processSpace = new FileInfo("/proc/self/ns/pid").LinkTarget;
        return ContentHash.Sha256(Encoding.UTF8.GetBytes($"{Environment.MachineName}\n{processSpace}"))[..8];
    }

    // The default options skip hidden entries, which drafts are.
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0 };

    private static string Prefix(BundleIdentity identity) => $".{identity.FolderName}.draft-";

    // A number too large for a process may mean anything, so it counts as alive.
    private static bool IsAlive(string pid)
    {
        if (!int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return true;
        try
        {
            using var process = Process.GetProcessById(number);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex("^(?<pid>[0-9]{1,10})-(?<machine>[0-9a-f]{8})[0-9a-f]{8}$", RegexOptions.CultureInvariant)]
    private static partial Regex Rest();
}
