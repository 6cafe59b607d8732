using Spectral.Core.Formats;
using Spectral.Report;
using Xunit;

namespace Spectral.Core.Tests.Report;

public class SpectrumFigureTests
{
    [Fact]
    public void X()
    {
        RunReport.Render(SampleRun.Typical(), new ArtifactFolder("/tmp/rep"));
    }
}
