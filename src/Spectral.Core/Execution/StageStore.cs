using Spectral.Core.Caching;

namespace Spectral.Core.Execution;

/// <summary>A cache as one machine may use it: its entries are of this numeric environment alone.</summary>
/// <param name="Cache">The cache.</param>
/// <param name="Environment">What the bits depend on beside the plan.</param>
/// <param name="SaveEvery">How long work may go on before it is kept; a longer pause where keeping takes long.</param>
public sealed record StageStore(StageCache Cache, NumericEnvironment Environment, TimeSpan SaveEvery)
{
    /// <summary>The environment variable that gives <see cref="SaveEvery"/> in seconds.</summary>
    public const string Variable = "SPECTRAL_SAVE_SECONDS";

    /// <summary>How long work goes on unsaved where nobody says otherwise.</summary>
    public static TimeSpan Preset { get; } = TimeSpan.FromSeconds(10);
}
