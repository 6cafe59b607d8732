using Spectral.Core.Results;

namespace Spectral.Core.Execution;

/// <summary>Something that happened in a run, for whoever shows progress or keeps a log.</summary>
public abstract record RunEvent;

/// <summary>A stage began.</summary>
/// <param name="Stage">Its name, such as <c>training</c>.</param>
public sealed record StageStarted(string Stage) : RunEvent;

/// <summary>A stage ended.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="Took">How long it took.</param>
public sealed record StageFinished(string Stage, TimeSpan Took) : RunEvent;

/// <summary>A stage, or a part of one, was found in the cache.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="Part">Which part, such as <c>final, train</c>; empty for the whole stage.</param>
/// <param name="Made">When it was computed.</param>
public sealed record StageRestored(string Stage, string Part, DateTimeOffset Made) : RunEvent;

/// <summary>A stage goes on where an earlier process ended.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="Where">Where it goes on, as a short phrase.</param>
public sealed record StageResumed(string Stage, string Where) : RunEvent;

/// <summary>An epoch of training ended.</summary>
/// <param name="Epoch">Finished epochs.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Found">How well the network does; null where this epoch was not evaluated.</param>
public sealed record EpochFinished(int Epoch, int Epochs, EpochErrors? Found) : RunEvent;

/// <summary>How well the network does after an epoch.</summary>
/// <param name="Loss">Training loss on the given labels.</param>
/// <param name="Train">Training error on the given labels, in [0, 1]; NaN without classes.</param>
/// <param name="Test">Test error, in [0, 1]; NaN without classes.</param>
public sealed record EpochErrors(double Loss, double Train, double Test)
{
    /// <summary>
    /// What the rows of one epoch say; the first is training's on given labels, the last the test split's.
    /// </summary>
    internal static EpochErrors Of(IReadOnlyList<TrainingRow> rows) => new(rows[0].Loss, rows[0].Error, rows[^1].Error);
}

/// <summary>A spectrum is being computed.</summary>
/// <param name="Done">Finished spectra before it.</param>
/// <param name="Of">Spectra in all; 0 for the one that training waits for.</param>
/// <param name="Part">The finished part of it, in [0, 1].</param>
/// <param name="Detail">Which one, as a short phrase.</param>
public sealed record SpectrumAdvanced(int Done, int Of, double Part, string Detail) : RunEvent;

/// <summary>One spectrum was computed.</summary>
/// <param name="Done">Finished spectra.</param>
/// <param name="Total">Spectra in all.</param>
/// <param name="Detail">Which one, as a short phrase.</param>
public sealed record SpectrumFinished(int Done, int Total, string Detail) : RunEvent;

/// <summary>Something that the reader of the results must know.</summary>
/// <param name="Message">One sentence.</param>
public sealed record RunWarning(string Message) : RunEvent;
