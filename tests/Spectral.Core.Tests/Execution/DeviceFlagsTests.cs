using System.Collections.Immutable;
using Spectral.Core.Execution;
using Xunit;

namespace Spectral.Core.Tests.Execution;

/// <summary>The switches for CUDA can be read, whatever there is to switch.</summary>
public sealed class DeviceFlagsTests
{
    [Fact]
    public void Every_switch_is_read_back_by_name()
    {
        ImmutableSortedDictionary<string, string> flags = DeviceFlags.Read();
        Assert.Equal(
            [
                "cublas.allow_tf32", "cudnn.allow_tf32", "cudnn.benchmark", "cudnn.deterministic", "deterministic_algorithms",
                "fill_uninitialized_memory",
            ],
            flags.Keys);
        Assert.Equal("false", flags["cublas.allow_tf32"]);
        Assert.Equal("false", flags["cudnn.allow_tf32"]);
        if (OperatingSystem.IsLinux())
            Assert.DoesNotContain("unknown", flags.Values);
    }
}
