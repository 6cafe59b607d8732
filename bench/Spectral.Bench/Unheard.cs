using Spectral.Core.Execution;

namespace Spectral.Bench;

/// <summary>Takes no notice of progress.</summary>
internal sealed class Unheard : IProgress<RunEvent>
{
    public void Report(RunEvent value)
    {
    }
}
