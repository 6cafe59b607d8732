using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// How far recorded outputs, which are binary32 and often computed in it, lie from those of the same weights in
/// binary64.
/// </summary>
internal static class RecordedOutputsError
{
    /// <summary>
    /// ||f_recorded - f||/||f||, measured: twice the largest found at the split's checkpoints whose epoch was recorded,
    /// and
    /// no less than the unit roundoff of binary32, which is what rounding the record alone may do.
    /// </summary>
    public static double Relative(RunView run, SplitView split)
    {
        double largest = UnitRoundoff.Float32 / 2;
        foreach (SpectralView view in run.Spectra.Where(view => view.Split == split.Name && !view.Outputs.IsEmpty))
        {
            int record = split.Epochs.IndexOf(view.Epoch);
            // A step inside an epoch bears the number of finished epochs, and other weights.
            if (record < 0 || run.Plan.Jacobian.At.Any(at => at.Name == view.Checkpoint && at.Step is not null))
                continue;
            double[] recorded = InBinary64(split.OutputsOf(record)[..view.Outputs.Length]);
            double size = EuclideanNorm.Of(view.Outputs.Span);
            if (size > 0)
                largest = Math.Max(largest, EuclideanNorm.Between(recorded, view.Outputs.Span) / size);
        }

        return 2 * largest;
    }

    /// <summary>
    /// A bound of ||r_recorded - r|| over the examples that have rows in the Jacobian; softmax does not widen it.
    /// </summary>
    public static double OfRecord(SplitView split, int record, double relative) => relative
        * EuclideanNorm.Of(InBinary64(split.OutputsOf(record)[..(split.JacobianExamples * split.Classes)]));

    private static double[] InBinary64(ReadOnlySpan<float> values)
    {
        double[] wide = new double[values.Length];
        for (int i = 0; i < wide.Length; i++)
            wide[i] = values[i];
        return wide;
    }
}
