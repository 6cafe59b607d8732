using Spectral.Report;
using Xunit;

namespace Spectral.Core.Tests.Report;

public class SpectrumFigureTests
{
    [Fact]
    public void X()
    {
        File.WriteAllText("/tmp/fig/st.svg", SpectrumFigure.Of(SampleRun.Typical(), "train")!.Svg);
        File.WriteAllText("/tmp/fig/al.svg", AlignmentFigure.Of(SampleRun.Typical())!.Svg);
        File.WriteAllText("/tmp/fig/tr.svg", TrainingFigure.Of(SampleRun.Typical())!.Svg);
    }
}
