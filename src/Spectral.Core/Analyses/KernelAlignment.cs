using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Components;
using Spectral.Core.Formats;
using Spectral.Core.Noises;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// The centred kernel-target alignment of the empirical NTK K = J J^T: of the whole kernel, of each layer's part of it,
/// and of the corrupted and the uncorrupted examples apart.
/// </summary>
/// <param name="Layers">Whether each layer's kernel is measured: a Gram matrix [nK, nK] for each.</param>
/// <param name="Groups">Whether corrupted and uncorrupted examples are measured apart: one Gram matrix.</param>
public sealed record KernelAlignment(bool Layers, bool Groups) : Analysis
{
    private static readonly ImmutableArray<string> Targets = ["given", "clean"];

    private static readonly Field<bool> LayersField = Field.Flag(
        "layers",
        (KernelAlignment analysis) => analysis.Layers,
        "Whether each layer's part of the kernel is measured: a Gram matrix [nK, nK] for each.",
        preset: false);

    private static readonly Field<bool> GroupsField = Field.Flag(
        "groups",
        (KernelAlignment analysis) => analysis.Groups,
        "Whether corrupted and uncorrupted training examples are measured apart, too: one Gram matrix [nK, nK].",
        preset: false);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Analysis, KernelAlignment>(
        kind: "kernel_alignment",
        summary: "y_c^T K_c y_c / (||K_c||_F ||y_c||^2) of the centred empirical NTK; by layer and by corruption.",
        source: "arXiv:2008.00938, section 3; Cortes, Mohri and Rostamizadeh 2012",
        example: "{kernel_alignment: {layers: true}}",
        fields: [LayersField, GroupsField],
        bind: settings => new KernelAlignment(settings.Of(LayersField), settings.Of(GroupsField)));

    /// <inheritdoc/>
    public override AnalysisWork Work => new(Passes: 2, Vectors: 4, Groups ? 1 : 0);

    /// <summary>False: it multiplies with every Jacobian again.</summary>
    public override bool IsPreset => false;

    /// <inheritdoc/>
    public override string? Inapplicable(RunPlan plan) => Groups && plan.Noise is NoNoise
        ? "tells corrupted labels from clean ones with 'groups', and there is no noise"
        : null;

    /// <summary>
    /// Measurements <c>alignment</c>, and <c>corrupted_alignment</c> and <c>uncorrupted_alignment</c> of the training
    /// split; targets are <c>given</c> and <c>clean</c> labels, both centred over the examples that count. The table
    /// <c>kernel_alignment_layers</c> has a row for every layer and target.
    /// </summary>
    /// <inheritdoc/>
    public override AnalysisResult Analyse(RunView run)
    {
        ImmutableArray<Measurement>.Builder found = ImmutableArray.CreateBuilder<Measurement>();
        ImmutableArray<ImmutableArray<string>>.Builder layers = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        foreach (SpectralView view in run.Spectra)
        {
            SplitView split = run.Split(view.Split);
            JacobianOperator jacobian = new(run.Jacobians.Source(view.Checkpoint, view.Split), run.Jacobians.Threads);
            found.AddRange(Whole(run, view, split, jacobian));
            if (Layers)
                layers.AddRange(ByLayer(run, view, split, jacobian));
            if (Groups && view.Split == "train")
                found.AddRange(ByGroup(run, view, split, jacobian));
        }

        return new AnalysisResult(
            found.ToImmutable(),
            Layers
                ? [
                    new AnalysisTable("kernel_alignment_layers", new CsvTable(
                        ["epoch", "spectrum_at", "split", "target", "layer", "parameters", "alignment", "lower",
                            "upper", "status"],
                        layers.ToImmutable())),
                ]
                : []);
    }

    private static IEnumerable<Measurement> Whole(
        RunView run, SpectralView view, SplitView split, JacobianOperator jacobian)
    {
        ImmutableArray<double[]> labels = Labels(split, All(split));
        CentredKernel kernel = CentredKernel.FromProducts(
            jacobian, labels, new SpectralShape(view.Spectrum).GramNorm, run.Jacobians.Cancellation);
        return Rows(view, "alignment", kernel, labels);
    }

    private static IEnumerable<Measurement> ByGroup(
        RunView run, SpectralView view, SplitView split, JacobianOperator jacobian)
    {
        using GramMatrix gram = jacobian.Gram(null, run.Jacobians.Cancellation);
        List<Measurement> rows = [];
        foreach (string group in (ImmutableArray<string>)["corrupted", "uncorrupted"])
        {
            ImmutableArray<int> members =
                [.. All(split).Where(example => split.IsCorrupted(example) == (group == "corrupted"))];
            if (members.IsEmpty)
                continue;
            ImmutableArray<double[]> labels = Labels(split, members);
            CentredKernel kernel = CentredKernel.FromGram(gram, jacobian, members, labels, run.Jacobians.Cancellation);
            rows.AddRange(Rows(view, group + "_alignment", kernel, labels));
        }

        return rows;
    }

    private static IEnumerable<ImmutableArray<string>> ByLayer(
        RunView run, SpectralView view, SplitView split, JacobianOperator jacobian)
    {
        ImmutableArray<double[]> labels = Labels(split, All(split));
        for (int layer = 0; layer < jacobian.Source.Layers.Length; layer++)
        {
            // One Gram matrix at a time.
            using GramMatrix gram = jacobian.Gram(
                new GramOptions { Threads = run.Jacobians.Threads, Layers = [layer] }, run.Jacobians.Cancellation);
            CentredKernel kernel = CentredKernel.FromGram(
                gram, jacobian, All(split), labels, run.Jacobians.Cancellation);
            foreach (Measurement row in Rows(view, "alignment", kernel, labels))
            {
                yield return
                [
                    view.Epoch.ToString(CultureInfo.InvariantCulture), view.Checkpoint, view.Split, row.Target,
                    jacobian.Source.Layers[layer], jacobian.LayerColumns[layer].ToString(CultureInfo.InvariantCulture),
                    CsvTable.Number(row.Value), CsvTable.Number(row.Lower), CsvTable.Number(row.Upper), row.Status,
                ];
            }
        }
    }

    private static IEnumerable<Measurement> Rows(
        SpectralView view, string quantity, CentredKernel kernel, ImmutableArray<double[]> labels)
    {
        MeasurementRow row = new(view, "kernel_alignment");
        return Targets.Select((target, index) => row.Enclosed(
            quantity, kernel.Alignment(index, CentredKernel.Square(labels[index])), target: target));
    }

    private static ImmutableArray<int> All(SplitView split) => [.. Enumerable.Range(0, split.JacobianExamples)];

    /// <summary>The labels of some examples, [examples * K] for each target, less their mean over them.</summary>
    private static ImmutableArray<double[]> Labels(SplitView split, ImmutableArray<int> examples) =>
    [
        .. Targets.Select(target =>
        {
            ImmutableArray<float> all = target == "given" ? split.Given : split.Clean;
            int outputs = split.Classes;
            double[] labels =
            [
                .. examples.SelectMany(
                    example => Enumerable.Range(example * outputs, outputs), (_, at) => (double)all[at]),
            ];
            for (int c = 0; c < outputs; c++)
            {
                double sum = Enumerable.Range(0, examples.Length).Sum(i => labels[(i * outputs) + c]);
                for (int i = 0; i < examples.Length; i++)
                    labels[(i * outputs) + c] -= sum / examples.Length;
            }

            return labels;
        }),
    ];
}
