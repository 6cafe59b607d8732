using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using static TorchSharp.torch;

namespace Spectral.Core.Analyses;

/// <summary>Network and linear model at the checkpoints, in binary64.</summary>
internal static class LinearizedGaps
{
    private const string Kind = "linearized", Given = "given";

    /// <summary>The measurements of every checkpoint and split.</summary>
    /// <param name="run">The run.</param>
    /// <param name="jacobian">J at the initial weights on the training split.</param>
    /// <param name="course">The linear model's training.</param>
    /// <param name="views">The checkpoints that it has.</param>
    public static ImmutableArray<Measurement> At(
        RunView run, JacobianOperator jacobian, LinearizedCourse course, ImmutableArray<SpectralView> views)
    {
        if (views.IsEmpty)
            return [];
        using IDisposable scope = NewDisposeScope();
        ImmutableArray<string> names = [.. views.Select(view => view.Checkpoint).Distinct()];
        CancellationToken stop = run.Jacobians.Cancellation;
        Tensor coefficients = stack(
            [.. names.Select(name => tensor(course.Checkpoints[name].Coefficients))], dim: 1); // [nK, m]
        Tensor moves = jacobian.TransposeTimes(coefficients, stop); // theta - theta_0 of the linear model, [p, m]
        double[]? changes = null; // J_test (theta - theta_0), [n_test K, m]
        if (views.Any(view => view.Split == "test"))
        {
            JacobianOperator test = new(run.Jacobians.Source(JacobianAccess.Initial, "test"), run.Jacobians.Threads);
            changes = test.Times(moves, stop).data<double>().ToArray();
        }

        double[] initial = run.Jacobians.Parameters(JacobianAccess.Initial);
        return
        [
            .. views.SelectMany(view =>
            {
                LinearizedState state = course.Checkpoints[view.Checkpoint];
                int column = names.IndexOf(view.Checkpoint);
                return view.Split == "train"
                    ? Outputs(run, view, LinearizedCourse.InitialResidual(run, "train"), state.Residual, state.Steps)
                        .Append(Parameters(run, view, initial, Column(moves, column)))
                    : Test(view, state, column);
            }),
        ];

        IEnumerable<Measurement> Test(SpectralView view, LinearizedState state, int column)
        {
            double[] start = LinearizedCourse.InitialResidual(run, view.Split), linear = (double[])start.Clone();
            for (int i = 0; i < linear.Length; i++)
                linear[i] += changes![(i * names.Length) + column];
            return Outputs(run, view, start, linear, state.Steps);
        }
    }

    /// <summary>||r_t - linear r_t||/||r_0||, the linear model's energy, and its error rate.</summary>
    private static IEnumerable<Measurement> Outputs(
        RunView run, SpectralView view, double[] start, double[] linear, long steps)
    {
        SplitView labels = run.Split(view.Split);
        MeasurementRow row = new(view, Kind);
        double[] network = LinearizedCourse.Residual(labels, view.Outputs.Span);
        double norm = EuclideanNorm.Of(start), gap = EuclideanNorm.Between(network, linear) / norm;
        double total = EuclideanNorm.Squared(linear) / (norm * norm);
        // Every step rounds; without an initial checkpoint f_0 is a binary32 record.
        double rounding = (linear.Length + (4.0 * steps)) * UnitRoundoff.Float64;
        double begin = IsInBinary64(run, view.Split) ? 0
            : RecordedOutputsError.OfRecord(labels, 0, RecordedOutputsError.Relative(run, labels)) / norm;
        double slack = begin + (rounding * Math.Max(1, Math.Sqrt(total)));
        if (!double.IsFinite(total))
        {
            yield return row.Undefined("residual_gap", target: Given) with { Status = "diverged" };
            yield return row.Undefined("linear_total", target: Given) with { Status = "diverged" };
            yield break;
        }

        double spread = slack * ((2 * Math.Sqrt(total)) + slack);
        yield return row.Within(
            "residual_gap", gap <= slack ? 0 : gap, Math.Max(0, gap - slack), gap + slack, target: Given);
        yield return row.Within("linear_total", total, Math.Max(0, total - spread), total + spread, target: Given);
        if (!labels.AreClasses)
            yield break;
        int errors = Enumerable.Range(0, labels.JacobianExamples).Count(example => IsWrong(labels, linear, example));
        (double lower, double upper) = BinomialInterval.Of(errors, labels.JacobianExamples);
        yield return row.Within(
            "linear_error", (double)errors / labels.JacobianExamples, lower, upper, target: Given);
    }

    /// <summary>||theta_t - linear theta_t||/||theta_t - theta_0||.</summary>
    private static Measurement Parameters(RunView run, SpectralView view, double[] initial, double[] move)
    {
        MeasurementRow row = new(view, Kind);
        double[] moved = run.Jacobians.Parameters(view.Checkpoint);
        for (int i = 0; i < moved.Length; i++)
            moved[i] -= initial[i];
        double distance = EuclideanNorm.Of(moved);
        double gap = EuclideanNorm.Between(moved, move) / distance;
        double rounding = moved.Length * UnitRoundoff.Float64 * Math.Max(1, EuclideanNorm.Of(move) / distance);
        return distance > 0 && double.IsFinite(gap)
            ? row.Within("parameter_gap", gap <= rounding ? 0 : gap, Math.Max(0, gap - rounding), gap + rounding)
            : row.Undefined("parameter_gap");
    }

    private static double[] Column(Tensor matrix, int column) =>
        matrix.select(1, column).contiguous().data<double>().ToArray();

    private static bool IsWrong(SplitView labels, double[] residual, int example)
    {
        int first = example * labels.Classes, largest = 0;
        for (int c = 1; c < labels.Classes; c++)
        {
            if (Output(c) > Output(largest))
                largest = c;
        }

        return largest != labels.GivenLabels[example];

        double Output(int c) => residual[first + c] + labels.Given[first + c];
    }

    private static bool IsInBinary64(RunView run, string split) =>
        ReferenceCheckpoint.NameIn(run.Plan, JacobianAccess.Initial) is { } name
        && run.Spectrum(name, split) is not null;
}
