using System.Collections.Immutable;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>An analysis that looks at one checkpoint on one split at a time.</summary>
public abstract record SpectralAnalysis : Analysis
{
    /// <summary>The measurements of one checkpoint and split.</summary>
    public abstract ImmutableArray<Measurement> Measure(SpectralView view);

    /// <inheritdoc/>
    public sealed override AnalysisResult Analyse(RunView run) =>
        AnalysisResult.Of([.. run.Spectra.SelectMany(view => Measure(view))]);
}
