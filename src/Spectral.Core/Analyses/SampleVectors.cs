using System.Collections.Immutable;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// The label vectors and residuals of one checkpoint and split themselves, sample-major [nK], where an analysis needs
/// more of them than their coordinates in the left singular vectors.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="view">The checkpoint and split.</param>
internal sealed class SampleVectors(RunView run, SpectralView view)
{
    private readonly SplitView _split = run.Split(view.Split);

    /// <summary>The label vector y of a target.</summary>
    /// <param name="target">
    /// <c>given</c>, <c>clean</c>, <c>centred</c>, <c>noise</c> or <c>noise_centred</c>, as
    /// <see cref="TargetView.Name"/>.
    /// </param>
    /// <exception cref="ArgumentException">There is no such target.</exception>
    public double[] Label(string target) => target switch
    {
        "given" => Rows(_split.Given),
        "clean" => Rows(_split.Clean),
        "centred" => Centred(Rows(_split.Given)),
        "noise" => Noise(),
        "noise_centred" => _split.AreClasses ? CentredByClass(Noise()) : Centred(Noise()),
        _ => throw new ArgumentException($"no target '{target}'", nameof(target)),
    };

    /// <summary>r = predictions - y at the checkpoint, predictions f or softmax(f) as the loss has it.</summary>
    /// <param name="target"><c>given</c>, <c>clean</c> or <c>centred</c>.</param>
    public double[] Residual(string target)
    {
        double[] residual = view.Outputs.ToArray(), label = Label(target == "centred" ? "given" : target);
        for (int example = 0; example < view.Examples; example++)
            run.Plan.Training.Loss.Predict(residual.AsSpan(example * view.Classes, view.Classes));
        for (int i = 0; i < residual.Length; i++)
            residual[i] -= label[i];
        return target == "centred" ? Centred(residual) : residual;
    }

    private double[] Rows(ImmutableArray<float> values) =>
        [.. values.AsSpan()[..(view.Examples * view.Classes)].ToArray().Select(value => (double)value)];

    private double[] Noise() => [.. Rows(_split.Given).Zip(Rows(_split.Clean), (given, clean) => given - clean)];

    /// <summary>((I - 11^T/n) (x) I_K) v.</summary>
    private double[] Centred(double[] vector) => CentredBy(vector, _ => 0, 1);

    /// <summary>v less its mean over the examples of the same clean class.</summary>
    private double[] CentredByClass(double[] vector) =>
        CentredBy(vector, example => _split.CleanLabels[example], view.Classes);

    private double[] CentredBy(double[] vector, Func<int, int> groupOf, int groups)
    {
        int outputs = view.Classes;
        double[] sums = new double[groups * outputs], counts = new double[groups];
        for (int example = 0; example < view.Examples; example++)
        {
            counts[groupOf(example)]++;
            for (int c = 0; c < outputs; c++)
                sums[(groupOf(example) * outputs) + c] += vector[(example * outputs) + c];
        }

        double[] centred = new double[vector.Length];
        for (int i = 0; i < vector.Length; i++)
        {
            int group = groupOf(i / outputs);
            centred[i] = vector[i] - (sums[(group * outputs) + (i % outputs)] / counts[group]);
        }

        return centred;
    }
}
