namespace Spectral.Core.Execution;

/// <summary>
/// How fast a device does what runs do there, and what its opening takes: measured by a calibration, or assumed. All numbers
/// are finite and above 0; seconds, bytes, and operations a second.
/// </summary>
public sealed record DeviceRates
{
    /// <summary>Seconds of the first operation on the device: its context, and libraries that are loaded for it.</summary>
    public required double OpenSeconds { get; init; }

    /// <summary>Seconds that the first training of a process takes longer than the next one.</summary>
    public required double TrainingSeconds { get; init; }

    /// <summary>Seconds that the first training with convolutions takes longer than the next one, after another one.</summary>
    public required double ConvolutionSeconds { get; init; }

    /// <summary>Seconds that the first spectrum of a process takes longer than the next one.</summary>
    public required double SpectrumSeconds { get; init; }

    /// <summary>Bytes of the process' own memory that the open device and its libraries take.</summary>
    public required double HostBytes { get; init; }

    /// <summary>Seconds of one training step beside its layers.</summary>
    public required double StepSeconds { get; init; }

    /// <summary>Seconds of one call in a training step, forward and backward, whatever its size, of dense networks.</summary>
    public required double CallSeconds { get; init; }

    /// <summary>The same of networks with convolutions and normalisations.</summary>
    public required double ConvolutionCallSeconds { get; init; }

    /// <summary>Seconds to evaluate one split, whatever its size.</summary>
    public required double EvaluationSeconds { get; init; }

    /// <summary>Matrix products of training in binary32, flop/s.</summary>
    public required double ProductFlops { get; init; }

    /// <summary>Convolutions of <see cref="NarrowChannels"/> channels in training in binary32, flop/s.</summary>
    public required double NarrowConvolutionFlops { get; init; }

    /// <summary>Convolutions of <see cref="WideChannels"/> channels in training in binary32, flop/s.</summary>
    public required double WideConvolutionFlops { get; init; }

    /// <summary>Products of large matrices in binary64, flop/s.</summary>
    public required double Float64ProductFlops { get; init; }

    /// <summary>Products of large matrices in binary32, flop/s.</summary>
    public required double Float32ProductFlops { get; init; }

    /// <summary>Bytes that cross the device's memory bus where a tensor is copied there, a second; both ways count.</summary>
    public required double CopyBytes { get; init; }

    /// <summary>Bytes that are copied from the host to the device, a second.</summary>
    public required double TransferBytes { get; init; }

    /// <summary>Convolutions in binary64 where a Jacobian's factors are formed, flop/s.</summary>
    public required double Float64RowFlops { get; init; }

    /// <summary>Convolutions in binary32 where a Jacobian's factors are formed, flop/s.</summary>
    public required double Float32RowFlops { get; init; }

    /// <summary>Seconds of one call on one chunk of examples, where factors are formed.</summary>
    public required double RowCallSeconds { get; init; }

    /// <summary>Order of <see cref="SmallEigenFlops"/>.</summary>
    public required double SmallEigenOrder { get; init; }

    /// <summary>All eigenvalues and eigenvectors of a matrix of a small order, flop/s.</summary>
    public required double SmallEigenFlops { get; init; }

    /// <summary>Order of <see cref="LargeEigenFlops"/>.</summary>
    public required double LargeEigenOrder { get; init; }

    /// <summary>The same of a large order, flop/s.</summary>
    public required double LargeEigenFlops { get; init; }

    /// <summary>QR of a Jacobian's longer side, flop/s.</summary>
    public required double TallFactorizationFlops { get; init; }

    /// <summary>Order of <see cref="SmallFactorizationFlops"/>.</summary>
    public required double SmallFactorizationOrder { get; init; }

    /// <summary>SVD of a square of a small order, flop/s.</summary>
    public required double SmallFactorizationFlops { get; init; }

    /// <summary>Order of <see cref="LargeFactorizationFlops"/>.</summary>
    public required double LargeFactorizationOrder { get; init; }

    /// <summary>SVD of a square of a large order, flop/s.</summary>
    public required double LargeFactorizationFlops { get; init; }

    /// <summary>Numbers of the random start of block Krylov that are drawn and copied to the device, a second.</summary>
    public required double DrawnNumbers { get; init; }

    /// <summary>Vectors in a block of the run that <see cref="KrylovSeconds"/> was taken from.</summary>
    public required double KrylovBlock { get; init; }

    /// <summary>Seconds of one pass of block Krylov beside its products: the small matrices' algebra above all.</summary>
    public required double KrylovSeconds { get; init; }

    /// <summary>Channels of <see cref="NarrowConvolutionFlops"/>.</summary>
    public const int NarrowChannels = 16;

    /// <summary>Channels of <see cref="WideConvolutionFlops"/>.</summary>
    public const int WideChannels = 64;

    /// <summary>What is assumed of a data-centre card where nothing was measured, the foremost of it in words.</summary>
    public const string AssumedText =
        "60 Tflop/s of products in float64 and float32, 3 TB/s, 10 us a call, 3 s to open and to load libraries, and others";

    /// <summary>What is taken where nothing was measured: a data-centre card.</summary>
    public static DeviceRates Assumed { get; } = new()
    {
        OpenSeconds = 1,
        TrainingSeconds = 0.5,
        ConvolutionSeconds = 0.5,
        SpectrumSeconds = 1,
        HostBytes = 2.5e9,
        // Thirty calls and more of TorchSharp and of the optimizer, and a layer's forward and backward ones.
        StepSeconds = 6e-4,
        CallSeconds = 6e-5,
        ConvolutionCallSeconds = 7e-5,
        EvaluationSeconds = 1e-3,
        ProductFlops = 6e13,
        NarrowConvolutionFlops = 5e12,
        WideConvolutionFlops = 2e13,
        Float64ProductFlops = 6e13,
        Float32ProductFlops = 6e13,
        CopyBytes = 3e12,
        TransferBytes = 5e9,
        Float64RowFlops = 5e12,
        Float32RowFlops = 5e12,
        RowCallSeconds = 1e-5,
        SmallEigenOrder = 1000,
        SmallEigenFlops = 1e12,
        LargeEigenOrder = 4000,
        LargeEigenFlops = 5e12,
        TallFactorizationFlops = 1e12,
        SmallFactorizationOrder = 300,
        SmallFactorizationFlops = 1e10,
        LargeFactorizationOrder = 1000,
        LargeFactorizationFlops = 5e10,
        DrawnNumbers = 2e7,
        KrylovBlock = 128,
        KrylovSeconds = 0.1,
    };
}
