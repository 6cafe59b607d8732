using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using Spectral.Core.Analyses;
using Spectral.Core.Cutoffs;
using Spectral.Core.Datasets;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Losses;
using Spectral.Core.Networks;
using Spectral.Core.Noises;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Tests.Execution;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

/// <summary>One run of the paper's network with noisy labels, and its export.</summary>
public sealed class ShallowRun : IDisposable
{
    /// <summary>The settings of the analysis.</summary>
    public const double Gamma = 2, Abar = 0.2, Zeta = 0.25, Delta = 0.1;

    /// <summary>The scale of V.</summary>
    public const double Nu = 0.7;

    /// <summary>n, K, d and k.</summary>
    public const int N = 18, K = 2, D = 4, Hidden = 11;

    private readonly TemporaryFolder _folder = new();
    private readonly ArtifactFolder _export;
    private readonly ImmutableArray<Measurement> _rows;
    private readonly CsvTable _table;

    /// <summary>Runs and exports.</summary>
    public ShallowRun()
    {
        Run = new(_folder.File("payload"));
        _rows = SmallRun.Into(Run, Plan).Result.Measurements;
        _table = CsvTable.Parse(Run.Read("results/analyses/theorems.csv"));
        RunResult read = ResultFiles.Read(Run, "small", "", Catalog.Components);
        new ResultExport(Run, read, DataFolders.None, Catalog.Components)
            .WriteTo(_folder.File("export"), withJacobian: true, CancellationToken.None);
        _export = new(_folder.File("export"));
    }

    /// <summary>Gradient descent on all of a small mixture.</summary>
    public static RunPlan Plan { get; } = SmallRun.Plan with
    {
        Dataset = new GaussianMixture(K, 2, D, 0.3, 0.5, true, N, 40, 0, new Preprocessing("none", true)),
        Noise = new UniformNoise(1 / 3.0),
        Network = new OneHiddenLayer(Hidden, new Tanh(), Nu, "first", new UnscaledNormal(1)),
        Training = SmallRun.Plan.Training with
        {
            Loss = new SquaredError("sum"),
            Optimizer = new StochasticGradientDescent(0.05),
            BatchSize = N,
            Epochs = 30,
            RecordOutputsEvery = 1,
        },
        Jacobian = SmallRun.Plan.Jacobian with
        {
            At = [new Checkpoint("initial", 0), new Checkpoint("final", 30)],
            Splits = ["train"],
        },
        Cutoff = new RankCutoff(8),
        Analyses = [new Theorems(Gamma, Abar, Zeta, Delta)],
    };

    /// <summary>What the run wrote.</summary>
    public ArtifactFolder Run { get; }

    /// <summary>X [n, d].</summary>
    public Matrix<double> Inputs => Read("train/inputs.npy", N);

    /// <summary>y [nK], as given.</summary>
    public Vector<double> Labels => Flat("train/targets.npy");

    /// <summary>J [nK, p] at a checkpoint.</summary>
    public Matrix<double> Jacobian(string checkpoint) => Read($"{checkpoint}/train/jacobian.npy", N * K);

    /// <summary>f - y [nK] at a checkpoint.</summary>
    public Vector<double> Residual(string checkpoint) => Flat($"{checkpoint}/train/outputs.npy") - Labels;

    /// <summary>W, flattened.</summary>
    public Vector<double> Weights(string checkpoint) => Flat($"{checkpoint}/weights/hidden.weight.npy");

    /// <summary>The row of a quantity; of several the one for a target.</summary>
    public Measurement Of(string quantity, string? target = null) =>
        Assert.Single(_rows, row => row.Quantity == quantity && (target is null || row.Target == target));

    /// <summary>A number of the table.</summary>
    public double Line(string theorem, string part, string name, string column) => CsvTable.ParseNumber(
        Assert.Single(_table.Rows, row => row[0] == theorem && row[1] == part && row[2] == name)[_table.Column(column)]);

    /// <summary>The verdict on a hypothesis.</summary>
    public string Verdict(string theorem, string name) => Assert.Single(
        _table.Rows, row => row[0] == theorem && row[1] == "hypothesis" && row[2] == name)[_table.Column("verdict")];

    /// <summary>How many hypotheses have a verdict.</summary>
    public int Count(string theorem, string verdict) => _table.Rows.Count(
        row => row[0] == theorem && row[1] == "hypothesis" && row[_table.Column("verdict")] == verdict);

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private Matrix<double> Read(string path, int rows)
    {
        Vector<double> flat = Flat(path);
        return Matrix<double>.Build.DenseOfRowMajor(rows, flat.Count / rows, flat);
    }

    private Vector<double> Flat(string path)
    {
        NpyArray array = NpyArray.Parse(_export.Read(path));
        return Vector<double>.Build.Dense(
            array.Type == NpyType.Float32 ? [.. array.ToFloats().Select(value => (double)value)] : array.ToDoubles());
    }
}
