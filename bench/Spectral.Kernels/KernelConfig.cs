using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Spectral.Kernels;

/// <summary>
/// Short jobs within this process: a process of its own for each kernel would have to be built with libtorch beside it.
/// </summary>
internal static class KernelConfig
{
    /// <summary>The configuration; results go to <c>artifacts/kernels</c>.</summary>
    public static IConfig Create() => ManualConfig.CreateEmpty()
        .AddJob(Job.ShortRun.WithIterationCount(7).WithToolchain(InProcessEmitToolchain.Instance))
        .AddLogger(ConsoleLogger.Default)
        .AddColumn(TargetMethodColumn.Method, StatisticColumn.Min, StatisticColumn.Median, new FlopRateColumn())
        .AddExporter(MarkdownExporter.GitHub)
        .WithArtifactsPath(Path.Combine("artifacts", "kernels"));
}
