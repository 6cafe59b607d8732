using System.Collections.Immutable;
using Spectral.Core.Analyses;
using Spectral.Core.Cutoffs;
using Spectral.Core.Datasets;
using Spectral.Core.Execution;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Losses;
using Spectral.Core.Networks;
using Spectral.Core.Noises;
using Spectral.Core.Numerics;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Schedules;
using Spectral.Core.Stopping;

namespace Spectral.Core.Tests.Report;

/// <summary>A run as it could have been: 3 classes, 300 training and 100 test examples, half of the labels corrupted.</summary>
internal static class SampleRun
{
    private const int Rank = 12;

    public static RunResult Typical(int epochs = 100)
    {
        RunPlan plan = new(
            new Seeds(1, ImmutableSortedDictionary<string, long>.Empty.Add("noise", 7)),
            new Digits([0, 1, 2], 300, 100, 0),
            new UniformNoise(0.5),
            new MultilayerPerceptron([32, 16], new Tanh(), new PyTorchUniform()),
            ParameterSelection.All,
            new TrainingPlan(
                new SquaredError("sum"),
                new StochasticGradientDescent(0.05, 0.9),
                50,
                epochs,
                Precision.Float32,
                1,
                new Constant(),
                [],
                null,
                new NoStopping()),
            new JacobianPlan(
                [new Checkpoint("initial", 0), new Checkpoint("final", epochs)],
                ["train", "test"],
                ParameterSelection.All,
                Precision.Float64,
                "direct"),
            new RankCutoff(Rank),
            [new ClassificationError(), new LabelAlignment(), new ResidualEnergy()],
            1);
        ImmutableArray<SpectrumResult> spectra =
        [
            Spectrum("initial", 0, "train", 900, 24),
            Spectrum("initial", 0, "test", 300, 14),
            Spectrum("final", epochs, "train", 900, 61),
            Spectrum("final", epochs, "test", 300, 35),
        ];
        return new RunResult(
            "digits-noise50",
            "Half of the training labels replaced",
            plan,
            new string('0', 24) + new string('a', 40),
            2787,
            [.. Enumerable.Range(0, epochs + 1).SelectMany(epoch => Training(epoch, epochs))],
            spectra,
            [.. spectra.SelectMany(spectrum => Measurements(spectrum, epochs))],
            null);
    }

    public static SpectrumResult Spectrum(string checkpoint, int epoch, string split, int count, double largest)
    {
        // A fast head, a power law, and for the last tenth noise below the floor.
        double[] values = [.. Enumerable.Range(1, count).Select(s =>
            s > count * 0.9
                ? 1e-16 * (count - s)
                : largest * ((s <= Rank ? 1 : 0.3) / Math.Pow(s, 0.9)) * Math.Pow(1 - (0.9 * s / count), 2))];
        return new SpectrumResult(checkpoint, epoch, split, new SingularSpectrum([.. values], largest * 2e-5, count, 2787, "direct"));
    }

    public static Measurement Row(
        SpectrumResult at,
        string analysis,
        string quantity,
        string target,
        double value,
        double slack = 0) =>
        new(
            analysis,
            quantity,
            at.Epoch,
            at.Checkpoint,
            at.Split,
            target,
            Rank,
            at.Spectrum.Values[Rank - 1],
            value,
            value - slack,
            value + slack,
            "",
            "ok");

    private static IEnumerable<TrainingRow> Training(int epoch, int epochs)
    {
        double part = (double)epoch / epochs;
        double fast = Math.Exp(-9 * part);
        int given = (int)(198 * Math.Exp(-2.5 * part * part));
        yield return new TrainingRow(epoch, "train", "given", (210 * Math.Exp(-4 * part)) + 3, given, 300);
        int clean = (int)(200 * fast) + 20 + (int)(100 * part);
        yield return new TrainingRow(epoch, "train", "clean", (190 * fast) + 30 + (80 * part), clean, 300);
        int test = (int)(66 * fast) + 9 + (int)(36 * part);
        yield return new TrainingRow(epoch, "test", "clean", (70 * fast) + 12 + (25 * part), test, 100);
    }

    private static IEnumerable<Measurement> Measurements(SpectrumResult at, int epochs)
    {
        bool train = at.Split == "train";
        double part = (double)at.Epoch / epochs;
        SingularSpectrum spectrum = at.Spectrum;
        double floor = spectrum.TrustFloor;
        yield return Row(at, "spectrum", "trust_floor", "", floor);
        yield return Row(at, "spectrum", "below_trust_floor", "", spectrum.Values.Length - spectrum.TrustedCount);
        yield return Row(at, "spectrum", "sigma_1", "", spectrum.Values[0], floor);
        yield return Row(at, "spectrum", "sigma_r", "", spectrum.Values[Rank - 1], floor);
        yield return Row(at, "spectrum", "sigma_r_plus_1", "", spectrum.Values[Rank], floor);
        yield return Row(at, "spectrum", "information_angle_bound", "", 4e-5);
        foreach ((string target, double share) in new[]
        {
            ("given", train ? 0.59 + (0.16 * part) : 0.62 + (0.2 * part)), ("clean", 0.62 + (0.22 * part)),
            ("centred", 0.17 + (0.42 * part)), ("noise", 0.11 + (0.2 * part)),
        })
        {
            if (!train && target == "noise")
                continue;
            double nuisance = Math.Sqrt(1 - (share * share));
            yield return Row(at, "label_alignment", "information", target, share, 4e-5);
            yield return Row(at, "label_alignment", "nuisance", target, nuisance, 4e-5);
            yield return Row(at, "label_alignment", "random_baseline", target, Math.Sqrt((double)Rank / spectrum.Rows));
            double classes = target is "given" or "clean" ? Math.Sqrt(1.0 / 3) : 0;
            yield return Row(at, "label_alignment", "class_constant_baseline", target, classes);
        }

        yield return Row(at, "residual_energy", "initial_information", "given", 0.64 + (0.12 * part));
        yield return Row(at, "residual_energy", "initial_nuisance", "given", Math.Sqrt(1 - Math.Pow(0.64 + (0.12 * part), 2)));
        int examples = train ? 300 : 100;
        int errors = train ? 198 - (int)(180 * part) : 66 - (int)(21 * part);
        yield return Row(at, "classification_error", "errors", "given", errors);
        yield return Row(at, "classification_error", "error", "given", (double)errors / examples) with { Lower = 0.02, Upper = 0.71 };
        yield return Row(at, "classification_error", "errors", "clean", train ? 200 - (int)(80 * part) : errors);
    }
}
