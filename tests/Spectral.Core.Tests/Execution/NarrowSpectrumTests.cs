using System.Collections.Immutable;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using Xunit;

namespace Spectral.Core.Tests.Execution;

/// <summary>Whole runs whose spectra are computed in binary32, by the code for devices, against those in binary64.</summary>
public sealed class NarrowSpectrumTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("spectral-narrow-");

    [Theory]
    [InlineData("gram", null)]
    [InlineData("krylov", 6)]
    public void Their_values_are_those_of_binary64_within_their_own_bounds(string method, int? top)
    {
        ImmutableArray<SpectrumResult> narrow = Run(method, top, Precision.Float32), wide = Run(method, top, Precision.Float64);
        Assert.Equal(4, narrow.Length);
        foreach ((SpectrumResult found, SpectrumResult expected) in narrow.Zip(wide))
        {
            Assert.True(found.Spectrum.TrustFloor > 5 * expected.Spectrum.TrustFloor);
            for (int s = 0; s < found.Spectrum.TrustedCount; s++)
            {
                Assert.InRange(
                    Math.Abs(found.Spectrum.Values[s] - expected.Spectrum.Values[s]),
                    0,
                    found.Spectrum.ErrorOf(s) + expected.Spectrum.ErrorOf(s));
            }
        }
    }

    [Fact]
    public void They_are_the_same_bits_twice_and_others_than_those_of_binary64()
    {
        double[] once = [.. Run("gram", null, Precision.Float32).SelectMany(found => found.Spectrum.Values)];
        double[] twice = [.. Run("gram", null, Precision.Float32).SelectMany(found => found.Spectrum.Values)];
        Assert.Equal(once, twice);
        Assert.NotEqual(once, [.. Run("gram", null, Precision.Float64).SelectMany(found => found.Spectrum.Values)]);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private ImmutableArray<SpectrumResult> Run(string method, int? top, Precision precision)
    {
        RunPlan plan = SmallRun.Plan with
        {
            Jacobian = SmallRun.Plan.Jacobian with { Method = method, Top = top, Precision = precision },
        };
        string payload = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"));
        return SmallRun.Into(new ArtifactFolder(payload), plan).Result.Spectra;
    }
}
