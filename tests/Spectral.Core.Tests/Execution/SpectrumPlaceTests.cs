using Spectral.Core.Execution;
using Spectral.Core.Plans;
using Xunit;

namespace Spectral.Core.Tests.Execution;

/// <summary>Where spectra are computed follows from the method, the size and the device's whole memory.</summary>
public sealed class SpectrumPlaceTests
{
    private static readonly ComputeDevice Card = new("cuda", 1);

    [Theory]
    [InlineData("gram", Precision.Float64, 8e10, true, "cuda:1")]
    [InlineData("gram", Precision.Float64, 1e3, false, "cpu: the Gram matrix takes")]
    [InlineData("krylov", Precision.Float32, 8e10, true, "cuda:1; rows of J stay there as far as they fit")]
    [InlineData("krylov", Precision.Float64, 1e3, false, "cpu: the vectors of block Krylov take")]
    [InlineData("direct", Precision.Float64, 1e3, false, "cpu: J and its factors take")]
    [InlineData("tsqr", Precision.Float64, 8e10, false, "cpu: tsqr has no code for devices")]
    [InlineData("direct", Precision.Float64, 8e10, true, "cuda:1; J is formed and decomposed there")]
    public void On_a_device(string method, Precision precision, double memory, bool isThere, string description)
    {
        SpectrumPlace place = SpectrumPlace.Of(Plan(method, precision), "train", Card, memory);
        Assert.Equal(isThere, place.IsOnDevice);
        Assert.StartsWith(description, place.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void On_the_CPU_its_own_engine_computes_in_float64()
    {
        Assert.Equal(
            new SpectrumPlace(false, "cpu"),
            SpectrumPlace.Of(Plan("gram", Precision.Float64), "test", ComputeDevice.Cpu, 1e9));
        Assert.True(SpectrumPlace.Of(Plan("gram", Precision.Float32), "test", ComputeDevice.Cpu, 1e9).IsOnDevice);
    }

    private static RunPlan Plan(string method, Precision precision)
    {
        RunPlan plan = SmallRun.Plan;
        return plan with { Jacobian = plan.Jacobian with { Method = method, Precision = precision } };
    }
}
