using Spectral.Core.Execution;
using Xunit;

namespace Spectral.Core.Tests.Execution;

/// <summary>The texts that name a device, and what they stand for on this machine.</summary>
public sealed class ComputeDeviceTests
{
    [Theory]
    [InlineData("auto", true)]
    [InlineData("cpu", true)]
    [InlineData("cuda", true)]
    [InlineData("cuda:0", true)]
    [InlineData("cuda:17", true)]
    [InlineData("cuda:2147483647", true)]
    [InlineData("cuda:2147483648", false)]
    [InlineData("cuda:", false)]
    [InlineData("cuda:-1", false)]
    [InlineData("cuda:+1", false)]
    [InlineData("cuda: 1", false)]
    [InlineData("cuda:1 ", false)]
    [InlineData("cuda:1.0", false)]
    [InlineData("cuda:one", false)]
    [InlineData("cuda0", false)]
    [InlineData("cpu:0", false)]
    [InlineData("CPU", false)]
    [InlineData("Cuda", false)]
    [InlineData("gpu", false)]
    [InlineData("mps", false)]
    [InlineData("", false)]
    [InlineData(" cpu", false)]
    public void A_text_names_a_device_or_it_does_not(string text, bool names)
    {
        Assert.Equal(names, ComputeDevice.IsWellFormed(text));
        if (!names)
        {
            string message = Assert.Throws<ArgumentException>(() => ComputeDevice.Resolve(text)).Message;
            Assert.Contains($"expected auto, cpu, cuda or cuda:INDEX, got '{text}'", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_CPU_is_always_there_and_a_device_beyond_all_is_not()
    {
        Assert.Equal(ComputeDevice.Cpu, ComputeDevice.Resolve("cpu"));
        Assert.Contains(
            "cuda:4096", Assert.Throws<UnavailableException>(() => ComputeDevice.Resolve("cuda:4096")).Message);
        Assert.Contains(ComputeDevice.Resolve("auto").Name, (string[])["cpu", "cuda:0"]);
    }

    [Fact]
    public void A_device_is_named_as_it_is_asked_for()
    {
        Assert.Equal("cpu", ComputeDevice.Cpu.Name);
        Assert.Equal("cuda:3", new ComputeDevice("cuda", 3).Name);
        Assert.Equal(TorchSharp.DeviceType.CPU, ComputeDevice.Cpu.ToTorch().type);
    }
}
