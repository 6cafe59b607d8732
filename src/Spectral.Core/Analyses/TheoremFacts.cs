using Spectral.Core.Layers;
using Spectral.Core.Numerics;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Schedules;
using static TorchSharp.torch;

namespace Spectral.Core.Analyses;

/// <summary>What the theorems ask of a run, whichever theorem it is.</summary>
internal sealed class TheoremFacts
{
    private readonly Dictionary<string, double[]> _moved = [];

    /// <summary>Looks at a run.</summary>
    /// <param name="run">The run, whose plan the analysis has accepted.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="initial">The training split's spectrum before training.</param>
    public TheoremFacts(RunView run, Theorems settings, SpectralView initial)
    {
        (Run, Settings, Initial) = (run, settings, initial);
        Train = run.Split("train");
        Inputs = run.Jacobians.Inputs("train");
        InputNorm = NormOf(Inputs, Examples);
    }

    /// <summary>The run.</summary>
    public RunView Run { get; }

    /// <summary>Gamma, abar, zeta, delta.</summary>
    public Theorems Settings { get; }

    /// <summary>The training split's spectrum before training.</summary>
    public SpectralView Initial { get; }

    /// <summary>The training split's spectra at all checkpoints that were reached.</summary>
    public IEnumerable<SpectralView> TrainSpectra => Run.Spectra.Where(view => view.Split == "train");

    /// <summary>The training split.</summary>
    public SplitView Train { get; }

    /// <summary>X [n, d].</summary>
    public double[] Inputs { get; }

    /// <summary>||X||, the largest singular value.</summary>
    public double InputNorm { get; }

    /// <summary>n.</summary>
    public int Examples => Train.Examples;

    /// <summary>K.</summary>
    public int Classes => Train.Classes;

    /// <summary>The largest | ||x_i|| - 1 | of the training examples.</summary>
    public double RowDeviation => Inputs.Chunk(Inputs.Length / Examples)
        .Max(row => Math.Abs(Math.Sqrt(row.Sum(value => value * value)) - 1));

    /// <summary>r_0 = f_0 - y for the given labels, in the initial Jacobian's coordinates.</summary>
    public ProjectedVector InitialResidual =>
        Initial.Targets.Single(target => target.Name == "given").Residual
        ?? throw new InvalidOperationException("the given labels have no residual");

    /// <summary>
    /// eta in units of the full batch's sum of 1/2 ||f_i - y_i||^2 where training is gradient descent with one step
    /// size on all examples; NaN elsewhere.
    /// </summary>
    public double StepSize =>
        IsGradientDescent ? Run.Plan.Training.TheoryTime(Examples, Examples, Classes, 0) ?? double.NaN : double.NaN;

    /// <summary>The hypothesis that training is what the theorems speak of.</summary>
    public TheoremLine GradientDescent => TheoremLine.Require(
        "gradient_descent", IsGradientDescent, "full batch, one step size, no momentum, nothing random");

    /// <summary>The hypothesis of the step size.</summary>
    public TheoremLine Step(double largest, string note) => TheoremLine.AtMost("step_size", StepSize, largest, note);

    /// <summary>
    /// The recorded epoch whose theory time is nearest to a time; the last one where there is no theory time.
    /// </summary>
    /// <param name="time">eta T.</param>
    public TheoremMoment Nearest(double time)
    {
        int record = Enumerable.Range(0, Train.Epochs.Length)
            .MinBy(index => double.IsNaN(TimeAt((int)Train.Epochs[index]))
                ? -index
                : Math.Abs(TimeAt((int)Train.Epochs[index]) - time));
        int epoch = (int)Train.Epochs[record];
        double here = TimeAt(epoch);
        // T is no whole number: half a step on either side, and a breath for the sums. No theorem's T is below one.
        bool isReached = IsGradientDescent && epoch > 0 && Math.Abs(here - time) <= 0.5000001 * StepSize;
        return new TheoremMoment(record, epoch, here, isReached);
    }

    /// <summary>The hypothesis that the run has a record at a time.</summary>
    public static TheoremLine TimeOf(TheoremMoment moment, double time, string note) =>
        new(
            "hypothesis",
            "theory_time",
            Enclosure.Exact(moment.Time),
            "=",
            time,
            double.IsNaN(moment.Time) || double.IsNaN(time) ? "unknown" : moment.IsReached ? "yes" : "no",
            note)
        {
            Epoch = moment.Epoch,
        };

    /// <summary>||f - y|| of the given labels at a record, in binary32 as it was recorded.</summary>
    public Enclosure Residual(TheoremMoment moment)
    {
        double norm = Norm(Run.RecordedResidual(Train, moment.Record, "given"));
        double outputs = Math.Sqrt(Train.OutputsOf(moment.Record).ToArray().Sum(value => (double)value * value));
        return Enclosure.Around(norm, UnitRoundoff.Float32 * outputs);
    }

    /// <summary>
    /// The last checkpoint with a training spectrum no later than a time, for what the theorems say of all times before
    /// it; the initial one where there is no other.
    /// </summary>
    public SpectralView Checkpoint(double time) => TrainSpectra
        .Where(view => TimeAt(view.Epoch) <= (1 + 1e-9) * time)
        .Append(Initial)
        .MaxBy(view => view.Epoch)!;

    /// <summary>theta_t - theta_0 [p] at a checkpoint.</summary>
    public double[] Moved(string checkpoint)
    {
        if (_moved.TryGetValue(checkpoint, out double[]? known))
            return known;
        double[] start = Run.Jacobians.Parameters(JacobianAccess.Initial);
        double[] moved = [.. Run.Jacobians.Parameters(checkpoint).Zip(start, (now, then) => now - then)];
        _moved.Add(checkpoint, moved);
        return moved;
    }

    /// <summary>||v||.</summary>
    public static double Norm(double[] vector) => Math.Sqrt(vector.Sum(value => value * value));

    private bool IsGradientDescent
    {
        get
        {
            TrainingPlan training = Run.Plan.Training;
            return training.Optimizer is StochasticGradientDescent { Momentum: 0, WeightDecay: 0 }
                && training.Schedule is Constant
                && training.Augment.IsEmpty
                && training.ClipGradientNorm is null
                && training.BatchSize == Examples
                && Run.Plan.Network.Layers(Run.Plan.Dataset.InputShape, Classes)
                    .All(named => IsTheSameInTraining(named.Layer));
        }
    }

    private static bool IsTheSameInTraining(Layer layer) => layer switch
    {
        Dropout or BatchNorm => false,
        SkipBlock block => block.Body.All(inner => IsTheSameInTraining(inner.Layer)),
        _ => true,
    };

    /// <summary>The sum of the steps' theory times through so many epochs; NaN where they have none.</summary>
    private double TimeAt(int epoch)
    {
        TrainingPlan training = Run.Plan.Training;
        int whole = Examples / training.BatchSize, rest = Examples % training.BatchSize;
        double time = 0;
        for (int finished = 0; finished < epoch; finished++)
        {
            time += whole * (training.TheoryTime(training.BatchSize, Examples, Classes, finished) ?? double.NaN);
            time += rest == 0 ? 0 : training.TheoryTime(rest, Examples, Classes, finished) ?? double.NaN;
        }

        return time;
    }

    private static double NormOf(double[] inputs, int examples)
    {
        using IDisposable scope = NewDisposeScope();
        return linalg.svdvals(tensor(inputs, examples, inputs.Length / examples).clone()).max().item<double>();
    }
}

/// <summary>A recorded epoch.</summary>
/// <param name="Record">Its index among the recorded ones.</param>
/// <param name="Epoch">Finished epochs.</param>
/// <param name="Time">Its theory time; NaN for none.</param>
/// <param name="IsReached">Whether it is the asked time to half a step.</param>
internal sealed record TheoremMoment(int Record, int Epoch, double Time, bool IsReached);
