using System.Globalization;
using Spectral.Core.Execution;

namespace Spectral.Cli.Running;

/// <summary>How long a run works before it saves what is not finished.</summary>
internal static class SaveInterval
{
    /// <summary><c>SPECTRAL_SAVE_SECONDS</c>, a number of seconds of 0 or more; where it is none, 10 s.</summary>
    public static TimeSpan OfMachine() =>
        double.TryParse(
            Environment.GetEnvironmentVariable(StageStore.Variable),
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out double seconds)
        && seconds is >= 0 and <= 1e6
            ? TimeSpan.FromSeconds(seconds)
            : StageStore.Preset;
}
