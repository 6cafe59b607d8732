using System.Collections.Immutable;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>The moments at which a training could have been stopped, and what each would have cost.</summary>
/// <param name="run">The run.</param>
/// <param name="view">The training split's spectrum at the initial weights.</param>
/// <param name="gamma">Gamma of the paper's rule.</param>
internal sealed class StoppingMoments(RunView run, SpectralView view, double gamma)
{
    private readonly SplitView _test = run.Split("test");
    private readonly ImmutableArray<TrainingRow> _rows =
        [.. run.Training.Where(row => row is { Split: "test", Target: "clean" }).OrderBy(row => row.Epoch)];

    /// <summary>All measurements.</summary>
    public IEnumerable<Measurement> Measure()
    {
        ImmutableArray<double> energies = [.. Enumerable.Range(0, _test.Epochs.Length).Select(Energy)];
        int least = energies.IndexOf(energies.Min());
        foreach (Measurement row in Rule(energies))
            yield return row;
        yield return Epoch("least_energy_epoch", (int)_test.Epochs[least]);
        foreach (Measurement row in At("least_energy", (int)_test.Epochs[least], energies))
            yield return row;
        if (_rows.Any(row => row.Errors is null))
            yield break;
        yield return Epoch("least_error_epoch", Best.Epoch);
        foreach (Measurement row in At("least_error", Best.Epoch, energies))
            yield return row;
    }

    private TrainingRow Best => _rows.MinBy(row => row.Errors)!;

    /// <summary>T in theory time and in epochs, and what stopping there would have cost.</summary>
    private IEnumerable<Measurement> Rule(ImmutableArray<double> energies)
    {
        if (view.Cutoff.Split is not { Rank: > 0 } split)
        {
            string status = view.Cutoff.Split is null ? "refused" : "undefined";
            yield return Row("time", double.NaN, double.NaN, double.NaN, "theory time", status);
            yield return Row("epoch", double.NaN, double.NaN, double.NaN, "epochs", status);
            yield break;
        }

        // A cutoff by rank or energy takes alpha from the spectrum; one in units of sigma is exact.
        double error = split.Alpha == split.SigmaAt ? view.Spectrum.ErrorOf(split.Rank - 1) : 0;
        double time = Time(split.Alpha);
        double early = Time(split.Alpha + error), late = Time(Math.Max(0, split.Alpha - error));
        yield return Row("time", time, early, late, "theory time", "ok");
        int last = (int)_test.Epochs[^1];
        if (EpochOf(time) is not { } epoch)
        {
            yield return Row("epoch", double.NaN, last, double.PositiveInfinity, "epochs", "not_reached");
            yield break;
        }

        double latest = EpochOf(late) ?? double.PositiveInfinity;
        yield return Row("epoch", epoch, EpochOf(early) ?? epoch, latest, "epochs", "ok");
        foreach (Measurement row in At("rule", epoch, energies))
            yield return row;

        double Time(double alpha) => gamma / (alpha * alpha);
    }

    /// <summary>The epoch within which training comes to a theory time; null where it ends before.</summary>
    private int? EpochOf(double time)
    {
        double passed = 0;
        for (int epoch = 1; epoch <= _test.Epochs[^1]; epoch++)
        {
            passed += TrainingSteps.TimeOfEpoch(run.Plan, epoch - 1);
            if (passed >= time * (1 - 1e-12))
                return epoch;
        }

        return null;
    }

    /// <summary>Test energy and error at the first recorded, or evaluated, epoch from one on.</summary>
    private IEnumerable<Measurement> At(string moment, int epoch, ImmutableArray<double> energies)
    {
        int record = 0;
        while (record < _test.Epochs.Length - 1 && _test.Epochs[record] < epoch)
            record++;
        double relative = RecordedOutputsError.Relative(run, _test);
        double shift = relative * OutputNorm(record) / InitialNorm, start = relative * OutputNorm(0) / InitialNorm;
        double slack = (2 * Math.Sqrt(energies[record]) * shift) + (shift * shift) + (2 * energies[record] * start);
        yield return Row(
            $"{moment}_energy", energies[record], Math.Max(0, energies[record] - slack), energies[record] + slack, "",
            double.IsNaN(energies[record]) ? "undefined" : "ok");
        TrainingRow evaluated = _rows.FirstOrDefault(row => row.Epoch >= epoch) ?? _rows[^1];
        if (evaluated.Errors is not { } errors)
            yield break;
        (double lower, double upper) = BinomialInterval.Of(errors, evaluated.Examples);
        yield return Row($"{moment}_error", evaluated.Error, lower, upper, "", "ok");
        double excess = evaluated.Error - Best.Error;
        yield return Row($"{moment}_excess_error", excess, excess, excess, "", "ok");
    }

    /// <summary>||r||^2/||r_0||^2 over all test examples.</summary>
    private double Energy(int record) => SquaredResidual(record) / SquaredResidual(0);

    private double InitialNorm => Math.Sqrt(SquaredResidual(0));

    private double SquaredResidual(int record)
    {
        ReadOnlySpan<float> outputs = _test.OutputsOf(record);
        double sum = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            double residual = (double)outputs[i] - _test.Clean[i];
            sum += residual * residual;
        }

        return sum;
    }

    private double OutputNorm(int record)
    {
        double sum = 0;
        foreach (float output in _test.OutputsOf(record))
            sum += (double)output * output;
        return Math.Sqrt(sum);
    }

    private Measurement Epoch(string quantity, int epoch) => Row(quantity, epoch, epoch, epoch, "epochs", "ok");

    private Measurement Row(
        string quantity, double value, double lower, double upper, string unit, string status) => new(
        "spectral_early_stopping",
        quantity,
        (int)_test.Epochs[^1],
        view.Checkpoint,
        "test",
        "clean",
        view.Cutoff.Split?.Rank,
        view.Cutoff.Split?.Alpha,
        value,
        lower,
        upper,
        unit,
        status);
}
