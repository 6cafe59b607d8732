namespace Spectral.Core.Execution;

/// <summary>What a run takes that does next to nothing, as a calibration finds it in a process of its own.</summary>
/// <param name="StartSeconds">From the program's start to the first stage.</param>
/// <param name="EndSeconds">From the last stage to the program's end.</param>
/// <param name="StageSeconds">Each stage, by its name.</param>
/// <param name="StagePeaks">Peak memory of the process up to each stage's end, in bytes, by the stage's name.</param>
/// <param name="PeakBytes">Peak memory of the whole process.</param>
public sealed record SmallRunFacts(
    double StartSeconds,
    double EndSeconds,
    IReadOnlyDictionary<string, double> StageSeconds,
    IReadOnlyDictionary<string, double> StagePeaks,
    double PeakBytes);
