using System.Collections.Immutable;
using Spectral.Core.Numerics;

namespace Spectral.Core.Plans;

/// <summary>
/// What holds of a whole plan beside its parts. The compiler keeps these rules for specs, with places and help; here they
/// are kept for a plan that comes from a file, so that none is run that no compiler could have made.
/// </summary>
public static class PlanRules
{
    /// <summary>Checks a plan.</summary>
    /// <exception cref="FormatException">A rule is broken; the message names the path.</exception>
    public static void Check(RunPlan plan)
    {
        TrainingPlan training = plan.Training;
        JacobianPlan jacobian = plan.Jacobian;
        Require(training.BatchSize <= plan.Dataset.TrainCount, "training.batch_size: more than the training examples");
        Require(SpectrumMethod.Names.Contains(jacobian.Method), $"jacobian.method: this build knows no '{jacobian.Method}'");
        Require(
            (jacobian.Method == SpectrumMethod.Krylov) == jacobian.Top.HasValue,
            "jacobian.method: krylov is for the largest singular values, and they are for krylov");
        Require(jacobian.Precision == Precision.Float64, "jacobian.precision: this build computes spectra in float64 only");
        Require(IsDistinct(jacobian.At.Select(checkpoint => checkpoint.Name)), "jacobian.at: a name stands twice");
        Require(IsDistinct(jacobian.Splits), "jacobian.splits: a split stands twice");
        Require(jacobian.Examples.Keys.All(jacobian.Splits.Contains), "jacobian.examples: a split that has no Jacobian");
        Require(
            training.RecordOutputsEvery % training.EvaluateEvery == 0,
            "training.record_outputs_every: not a multiple of evaluate_every");
        Require(
            training.EvaluateEvery == 1 || training.Stop.WatchedSplit is null,
            "training.evaluate_every: the stopping rule watches every epoch");
        Require(
            !training.Stop.NeedsInitialSpectrum || !jacobian.Examples.ContainsKey("train"),
            "jacobian.examples.train: the stopping rule needs the Jacobian of all training examples");
        // Steps and lowest errors become epochs only in training, and weights from elsewhere bring epochs of their own.
        int before = -1;
        for (int i = 0; i < jacobian.At.Length; i++)
        {
            if (jacobian.At[i].Epoch is not { } epoch)
                continue;
            Require(!plan.Weights.IsEmpty || epoch <= training.Epochs, $"jacobian.at[{i}].epoch: later than the last epoch");
            Require(epoch > before, $"jacobian.at[{i}].epoch: not after the one before");
            before = epoch;
        }

        double columns = Columns(plan);
        foreach (string split in jacobian.Splits)
        {
            int examples = split == "train" ? plan.Dataset.TrainCount : plan.Dataset.TestCount;
            Require(
                !jacobian.Examples.TryGetValue(split, out int first) || first < examples,
                $"jacobian.examples.{split}: expected fewer than the split's {examples}; leave it out to take them all");
            double rows = (double)plan.JacobianExamples(split) * plan.Dataset.ClassNames.Length;
            double values = Math.Min(rows, columns);
            string? limit = SpectrumMethod.Limit(jacobian.Method, rows, columns);
            Require(limit is null, $"jacobian: the {split} Jacobian is too large, expected {limit}");
            Require(rows <= int.MaxValue, $"jacobian: the {split} Jacobian has too many rows");
            Require((jacobian.Top ?? 1) <= values, $"jacobian.top: more than the {split} Jacobian has singular values");
            Require(
                (plan.Cutoff.RequiredRank ?? 0) <= Math.Min(values, jacobian.Top ?? values),
                $"cutoff: the rank is more than the {split} spectrum has singular values");
        }
    }

    /// <summary>p, the wanted weights of the network, whose shapes must fit.</summary>
    private static double Columns(RunPlan plan)
    {
        ParameterSelection wanted = plan.Jacobian.Parameters.IsAll ? plan.Trainable : plan.Jacobian.Parameters;
        int outputs = plan.Dataset.ClassNames.Length;
        Shape shape = plan.Dataset.InputShape;
        double columns = 0;
        foreach ((string name, Layer layer) in plan.Network.Layers(shape, outputs))
        {
            ShapeMatch match = layer.OutputShape(shape);
            Require(match.Output is not null, $"network: layer {name} expects {match.Expected}, got {shape}");
            columns += layer.Parameters(shape)
                .Where(slot => wanted.Contains($"{name}.{slot.Name}", slot.Role))
                .Sum(slot => slot.Shape.Dimensions.Aggregate(1.0, (product, extent) => product * extent));
            shape = match.Output!;
        }

        Require(shape.Equals(new Shape(outputs)), $"network: it gives {shape}, expected [{outputs}]");
        return columns;
    }

    private static bool IsDistinct(IEnumerable<string> names)
    {
        ImmutableArray<string> all = [.. names];
        return all.Distinct(StringComparer.Ordinal).Count() == all.Length;
    }

    private static void Require(bool holds, string problem)
    {
        if (!holds)
            throw new FormatException(problem);
    }
}
