using System.Collections.Immutable;
using Spectral.Core.Cutoffs;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Tests.Formats;

namespace Spectral.Core.Tests.Execution;

/// <summary>
/// One run whose information space is the whole range of J, and its export with Jacobians, for all tests that only read
/// them.
/// </summary>
public sealed class ExportedRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Runs and exports.</summary>
    public ExportedRun()
    {
        Payload = new(_folder.File("payload"));
        Measurements = SmallRun.Into(Payload, Plan).Result.Measurements;
        RunResult read = ResultFiles.Read(Payload, "small", "", Catalog.Components);
        new ResultExport(Payload, read, DataFolders.None, Catalog.Components)
            .WriteTo(_folder.File("export"), withJacobian: true, CancellationToken.None);
        Export = new(_folder.File("export"));
    }

    /// <summary>The small plan with a cutoff that leaves nothing of J's range to the nuisance space.</summary>
    public static RunPlan Plan { get; } = SmallRun.Plan with { Cutoff = new RelativeCutoff(1e-7) };

    /// <summary>What the run wrote.</summary>
    public ArtifactFolder Payload { get; }

    /// <summary>What was exported of it.</summary>
    public ArtifactFolder Export { get; }

    /// <summary>What the run measured.</summary>
    public ImmutableArray<Measurement> Measurements { get; }

    /// <summary>An exported matrix as rows; a vector as one column.</summary>
    public double[][] Matrix(string path)
    {
        NpyArray array = NpyArray.Parse(Export.Read(path));
        double[] values = array.Type == NpyType.Float32
            ? [.. array.ToFloats().Select(value => (double)value)]
            : array.ToDoubles();
        return [.. values.Chunk(values.Length / (int)array.Shape[0])];
    }

    /// <summary>An exported vector of whole numbers.</summary>
    public long[] Longs(string path) => NpyArray.Parse(Export.Read(path)).ToLongs();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
