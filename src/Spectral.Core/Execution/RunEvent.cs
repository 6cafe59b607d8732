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

/// <summary>An epoch of training ended.</summary>
/// <param name="Epoch">Finished epochs.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Loss">Training loss on the given labels.</param>
/// <param name="TrainError">Training error on the given labels.</param>
/// <param name="TestError">Test error.</param>
public sealed record EpochFinished(int Epoch, int Epochs, double Loss, double TrainError, double TestError) : RunEvent;

/// <summary>One spectrum was computed.</summary>
/// <param name="Done">Finished spectra.</param>
/// <param name="Total">Spectra in all.</param>
/// <param name="Detail">Which one, as a short phrase.</param>
public sealed record SpectrumFinished(int Done, int Total, string Detail) : RunEvent;

/// <summary>Something that the reader of the results must know.</summary>
/// <param name="Message">One sentence.</param>
public sealed record RunWarning(string Message) : RunEvent;
