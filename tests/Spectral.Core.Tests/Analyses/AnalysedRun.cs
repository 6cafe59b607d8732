using System.Collections.Immutable;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Tests.Execution;
using Spectral.Core.Tests.Formats;

namespace Spectral.Core.Tests.Analyses;

/// <summary>A run of a small plan with its tables and its export, Jacobians among it.</summary>
internal sealed class AnalysedRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ArtifactFolder _payload, _export;

    /// <summary>Runs and exports.</summary>
    public AnalysedRun(RunPlan plan)
    {
        _payload = new(_folder.File("payload"));
        Measurements = SmallRun.Into(_payload, plan).Result.Measurements;
        new ResultExport(
            _payload, ResultFiles.Read(_payload, "small", "", Catalog.Components), DataFolders.None, Catalog.Components)
            .WriteTo(_folder.File("export"), withJacobian: true, CancellationToken.None);
        _export = new(_folder.File("export"));
    }

    /// <summary>What the run measured.</summary>
    public ImmutableArray<Measurement> Measurements { get; }

    /// <summary>One row.</summary>
    public Measurement Row(string analysis, string quantity, string checkpoint, string split, string target = "") =>
        Measurements.Single(row => (row.Analysis, row.Quantity, row.SpectrumAt, row.Split, row.Target)
            == (analysis, quantity, checkpoint, split, target));

    /// <summary>A table as the run wrote it.</summary>
    public CsvTable Table(string name) => CsvTable.Parse(_payload.Read($"results/analyses/{name}.csv"));

    /// <summary>Whether the run wrote such a table.</summary>
    public bool HasTable(string name) => _payload.Contains($"results/analyses/{name}.csv");

    /// <summary>An exported matrix as rows; a vector as one column.</summary>
    public double[][] Matrix(string path) => Rows(NpyArray.Parse(_export.Read(path)));

    /// <summary>An exported array of whole numbers.</summary>
    public long[] Longs(string path) => NpyArray.Parse(_export.Read(path)).ToLongs();

    /// <summary>Recorded outputs, one row [nK] for each recorded epoch.</summary>
    public double[][] Recorded(string split) => Rows(NpyArray.Parse(_payload.Read($"results/outputs/{split}.npy")));

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static double[][] Rows(NpyArray array)
    {
        double[] values = array.Type == NpyType.Float32
            ? [.. array.ToFloats().Select(value => (double)value)]
            : array.ToDoubles();
        return [.. values.Chunk(values.Length / (int)array.Shape[0])];
    }
}
