using System.Collections.Immutable;
using Spectral.Core.Execution;
using Spectral.Core.Numerics;
using Spectral.Core.Results;

namespace Spectral.Core.Tests.Report;

/// <summary>The sample run with something unusual about it.</summary>
internal static class SampleVariants
{
    /// <summary>Text that would be markup, an escape sequence or another reading direction if it were trusted.</summary>
    public const string Hostile = "</title><script>alert('x')</script>\u001b[31m\u202e \ud800 & \"_{s}\u0000\ue000";

    public static RunResult HostileNames()
    {
        RunResult typical = SampleRun.Typical();
        return typical with
        {
            Name = Hostile,
            Description = Hostile,
            Spectra = [.. typical.Spectra.Select(spectrum => spectrum with { Checkpoint = spectrum.Checkpoint + Hostile })],
            Measurements = [.. typical.Measurements.Select(row => row with { SpectrumAt = row.SpectrumAt + Hostile, Unit = Hostile })],
            Training = [.. typical.Training.Select(row => row.Split == "test" ? row with { Target = Hostile } : row)],
        };
    }

    /// <summary>Ten checkpoints with a rank that moves, and spectra short enough for a straight axis.</summary>
    public static RunResult ManyCheckpoints()
    {
        RunResult typical = SampleRun.Typical();
        ImmutableArray<SpectrumResult> spectra =
        [
            .. Enumerable.Range(0, 10).Select(step => new SpectrumResult(
                $"{10 * step}",
                10 * step,
                "train",
                new SingularSpectrum([.. Enumerable.Range(1, 30).Select(s => Value(s, step))], 1e-13, 30, 2787, "direct"))),
        ];

        static double Value(int s, int step) => (step + 2) * Math.Exp(-0.15 * s) * (s > 4 + step ? 0.5 : 1);

        return typical with
        {
            Spectra = spectra,
            Measurements =
            [
                .. spectra.SelectMany((spectrum, step) => new[]
                {
                    SampleRun.Row(spectrum, "spectrum", "sigma_1", "", spectrum.Spectrum.Values[0]) with { CutoffRank = 4 + step },
                    SampleRun.Row(spectrum, "label_alignment", "information", "given", 0.6 + (0.01 * step)) with
                    {
                        CutoffRank = 4 + step,
                    },
                }),
            ],
        };
    }

    /// <summary>A cutoff that cuts a cluster, one that was refused, and a training that diverged.</summary>
    public static RunResult Troubled()
    {
        RunResult typical = SampleRun.Typical();
        return typical with
        {
            Measurements =
            [
                .. typical.Measurements.Select(row => (row.Split, row.SpectrumAt, row.Analysis) switch
                {
                    ("train", "initial", "label_alignment") => row with { Lower = 0, Upper = 1, Status = "cluster_cut" },
                    ("test", "final", "label_alignment") => row with
                    {
                        Value = double.NaN,
                        Lower = double.NaN,
                        Upper = double.NaN,
                        Status = "refused",
                        CutoffRank = null,
                        CutoffAlpha = null,
                    },
                    ("test", "final", "spectrum") => row with { CutoffRank = null, CutoffAlpha = null },
                    ("test", "final", _) => row with { CutoffRank = null, CutoffAlpha = null },
                    _ when row.Quantity == "sigma_r_plus_1" && row.SpectrumAt == "initial" =>
                        row with { Value = double.NaN, Lower = 0, Upper = 1.2e-12, Status = "below_trust_floor" },
                    _ => row,
                }),
            ],
            Training = [.. typical.Training.Where(row => row.Epoch <= 60)],
            DivergedAt = 61,
        };
    }

    /// <summary>No noise: given and clean labels are the same, and label noise is nothing.</summary>
    public static RunResult Clean()
    {
        RunResult typical = SampleRun.Typical();
        ImmutableArray<Measurement> given = [.. typical.Measurements.Where(row => row.Target is "given" or "centred" or "")];
        return typical with
        {
            Measurements = [.. given, .. given.Where(row => row.Target == "given").Select(row => row with { Target = "clean" })],
            Training =
            [
                .. typical.Training.Where(row => row.Split == "test" || row.Target == "given")
                    .SelectMany(row => row.Split == "train" ? new[] { row, row with { Target = "clean" } } : [row]),
            ],
        };
    }

    /// <summary>Neither spectra nor measurements nor training: a plan that was never carried out.</summary>
    public static RunResult Empty() => SampleRun.Typical() with { Spectra = [], Measurements = [], Training = [] };
}
