using System.Collections.Immutable;
using Spectral.Core.Results;

namespace Spectral.Core.Execution;

/// <summary>Where training ended, if not with its last epoch, as measurements.</summary>
internal static class TrainingFacts
{
    /// <summary>
    /// <c>diverged_at</c>, <c>diverged_step</c> and the last finite training loss and error of a training that
    /// diverged; <c>stopped_at</c> and <c>stopped_step</c> of one that a rule ended; else nothing.
    /// </summary>
    public static ImmutableArray<Measurement> Measure(TrainingOutcome training)
    {
        TrainingEnd end = training.End;
        TrainingRow? last = training.Rows.LastOrDefault(row => row is { Split: "train", Target: "given" });
        return end.Reason switch
        {
            EndReason.Diverged =>
            [
                Fact("diverged_at", end.Epoch, "epochs", "diverged"),
                Fact("diverged_step", end.Step, "steps", "diverged"),
                .. last is null
                    ? ImmutableArray<Measurement>.Empty
                    :
                    [
                        Fact("last_finite_loss", last.Loss, "loss", "diverged") with { Epoch = last.Epoch },
                        Fact("last_finite_error", last.Error, "1", "diverged") with { Epoch = last.Epoch },
                    ],
            ],
            EndReason.Stopped =>
            [
                Fact("stopped_at", end.Epoch, "epochs", "ok"),
                Fact("stopped_step", end.Step, "steps", "ok"),
            ],
            _ => [],
        };

        Measurement Fact(string quantity, double value, string unit, string status) =>
            new("training", quantity, end.Epoch, "", "train", "given", null, null, value, value, value, unit, status);
    }
}
