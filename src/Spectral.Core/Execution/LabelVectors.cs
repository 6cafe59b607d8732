using System.Collections.Immutable;
using Spectral.Core.Numerics;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>
/// The vectors of R^{nK} that a spectrum is asked about, as columns in a fixed order: the label vectors y of every
/// target, then the residuals r_t = f_t - y, then the initial residuals r_0 = f_0 - y. Sample-major, (i, c) = i*K + c.
/// </summary>
internal static class LabelVectors
{
    /// <summary>
    /// The targets that have labels: as training saw them, as they are in truth, without their mean, the difference, and
    /// the difference less its mean over the examples of the same clean class.
    /// </summary>
    public static ImmutableArray<string> LabelTargets { get; } = ["given", "clean", "centred", "noise", "noise_centred"];

    /// <summary>The targets that have residuals.</summary>
    public static ImmutableArray<string> ResidualTargets { get; } = ["given", "clean", "centred"];

    /// <summary>The names of the columns of <see cref="Columns"/>, such as <c>residual.clean</c>.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        .. LabelTargets.Select(target => "label." + target),
        .. ResidualTargets.Select(target => "residual." + target),
        .. ResidualTargets.Select(target => "initial_residual." + target),
    ];

    /// <summary>The columns [nK, 11] in the order of <see cref="Names"/>.</summary>
    /// <param name="split">One-hot targets, binary64.</param>
    /// <param name="outputs">f_t, or softmax(f_t) for cross entropy, [n, K], binary64.</param>
    /// <param name="initialOutputs">f_0, or softmax(f_0), [n, K], binary64.</param>
    public static Tensor Columns(SplitTensors split, Tensor outputs, Tensor initialOutputs)
    {
        Tensor given = split.Given.Values, clean = split.Clean.Values;
        return stack(
            [
                given, clean, Centred(given), given - clean, CentredNoise(split),
                outputs - given, outputs - clean, Centred(outputs - given),
                initialOutputs - given, initialOutputs - clean, Centred(initialOutputs - given),
            ],
            dim: 2).reshape(-1, Names.Length); // [nK, 11]
    }

    /// <summary>
    /// ||P y||/||y|| of each label vector for P onto span{1 (x) e_c}: the share of the class means alone. NaN for y =
    /// 0.
    /// </summary>
    public static ImmutableArray<double> ClassConstantShares(SplitTensors split)
    {
        Tensor given = split.Given.Values, clean = split.Clean.Values;
        return [.. new[] { given, clean, Centred(given), given - clean, CentredNoise(split) }.Select(Share)];

        static double Share(Tensor y) => // y [n, K]
            Math.Sqrt(y.mean([0]).Squared().sum().item<double>() * y.shape[0] / y.Squared().sum().item<double>());
    }

    /// <summary>((I - 11^T/n) (x) I_K) v: every class' mean over the examples is taken away.</summary>
    private static Tensor Centred(Tensor vector) => vector - vector.mean([0], keepdim: true); // [n, K]

    /// <summary>
    /// y_given - y_clean less its mean over the examples of the same clean class: what no function of the true class
    /// explains. Real targets have no classes and lose the mean over all examples.
    /// </summary>
    private static Tensor CentredNoise(SplitTensors split)
    {
        Tensor noise = split.Given.Values - split.Clean.Values; // [n, K]
        if (split.Clean.Labels is not { } labels)
            return Centred(noise);
        Tensor members = nn.functional.one_hot(labels, noise.shape[1]).to(noise.dtype); // [n, classes]
        using TorchSharp.Scalar one = 1.0;
        Tensor means = members.t().mm(noise) / members.sum(dim: 0).clamp(min: one).unsqueeze(1); // [classes, K]
        return noise - members.mm(means);
    }
}
