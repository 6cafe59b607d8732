using Spectral.Core.Execution;
using Xunit;

namespace Spectral.Core.Tests.Execution;

/// <summary>Each thing that a run on CUDA can lack is named, with what brings it.</summary>
public sealed class CudaAbsenceTests
{
    private static readonly CudaDeviceFacts Card = new("NVIDIA H100 80GB HBM3", "9.0", 8.5e10);

    [Fact]
    public void A_libtorch_for_CPUs_alone_comes_first()
    {
        CudaAbsence found = CudaAbsence.Of("/opt/libtorch/lib", hasLibrary: false, null, CudaDriver.Missing, null);
        Assert.Contains("/opt/libtorch/lib is one for CPUs alone", found.Reason, StringComparison.Ordinal);
        Assert.Contains("-p:SpectralTorch=cuda", found.Remedy, StringComparison.Ordinal);
        Assert.Contains("SPECTRAL_LIBTORCH", found.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_cannot_be_loaded_is_told_in_the_linkers_words()
    {
        CudaAbsence found = CudaAbsence.Of(
            "/opt", hasLibrary: true, "libcudart.so.13: cannot open shared object file", CudaDriver.Missing, null);
        Assert.Contains("libcudart.so.13: cannot open", found.Reason, StringComparison.Ordinal);
        Assert.Contains("LD_LIBRARY_PATH", found.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_driver_is_told_from_a_driver_without_a_device()
    {
        CudaAbsence none = CudaAbsence.Of("/opt", hasLibrary: true, null, CudaDriver.Missing, null);
        Assert.Contains("no NVIDIA driver", none.Reason, StringComparison.Ordinal);
        Assert.Contains("--gpus all", none.Remedy, StringComparison.Ordinal);

        CudaAbsence empty = CudaAbsence.Of("/opt", hasLibrary: true, null, new CudaDriver(true, 100, "12.8", []), null);
        Assert.Contains("for CUDA 12.8 is here and finds no device (CUDA_ERROR_NO_DEVICE)", empty.Reason, StringComparison.Ordinal);
        Assert.Contains("nvidia-smi", empty.Remedy, StringComparison.Ordinal);

        CudaAbsence hidden = CudaAbsence.Of("/opt", hasLibrary: true, null, new CudaDriver(true, 100, "12.8", []), "-1");
        Assert.Contains("CUDA_VISIBLE_DEVICES=-1", hidden.Reason, StringComparison.Ordinal);
        Assert.Contains("unset CUDA_VISIBLE_DEVICES", hidden.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_libtorch_cannot_use_speaks_for_versions()
    {
        CudaAbsence found = CudaAbsence.Of("/opt", hasLibrary: true, null, new CudaDriver(true, 0, "12.1", [Card]), null);
        Assert.Contains("H100", found.Reason, StringComparison.Ordinal);
        Assert.Contains("CUDA 12.1 or older", found.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "there is no cuda:7: the only device is cuda:0")]
    [InlineData(4, "there is no cuda:7: the devices are cuda:0 to cuda:3")]
    public void An_index_beyond_the_devices_is_told_what_there_is(int devices, string message) =>
        Assert.Equal(message, ComputeDevice.Beyond("cuda:7", devices));

    [Fact]
    public void A_refusal_says_what_is_missing_what_brings_it_and_what_runs_at_once()
    {
        string message = ComputeDevice.Refusal("cuda", new CudaAbsence("there is no driver", "install it"));
        Assert.Equal(
            "no CUDA device can be used here, and cuda was asked for: there is no driver; install it; '--device cpu' runs on the CPU",
            message);
    }
}
