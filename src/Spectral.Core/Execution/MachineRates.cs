namespace Spectral.Core.Execution;

/// <summary>
/// How fast a machine does what a run consists of, and what a run takes there that does nothing: measured by a calibration,
/// or assumed. All numbers are finite and above 0; seconds, bytes, and operations or elements a second.
/// </summary>
public sealed record MachineRates
{
    /// <summary>From the start of the program to the first stage: the runtime, the compiler, libtorch and its digests.</summary>
    public required double StartSeconds { get; init; }

    /// <summary>From the last stage to the end of the program: the report, the seal and the summary of a small run.</summary>
    public required double EndSeconds { get; init; }

    /// <summary>What the data stage takes whatever the data: first calls above all.</summary>
    public required double DataSeconds { get; init; }

    /// <summary>What the training stage takes before its first step and behind its last.</summary>
    public required double TrainingSeconds { get; init; }

    /// <summary>What the spectrum stage takes whatever the sizes.</summary>
    public required double SpectrumSeconds { get; init; }

    /// <summary>What the analyses take whatever the sizes.</summary>
    public required double AnalysesSeconds { get; init; }

    /// <summary>Peak memory of a small run behind its data stage: the program with libtorch.</summary>
    public required double BaseBytes { get; init; }

    /// <summary>Peak memory of a small run behind its training.</summary>
    public required double TrainingBytes { get; init; }

    /// <summary>Peak memory of a small run behind its spectra.</summary>
    public required double SpectrumBytes { get; init; }

    /// <summary>Peak memory of a small run at its end.</summary>
    public required double EndBytes { get; init; }

    /// <summary>Seconds of one training step beside its layers.</summary>
    public required double StepSeconds { get; init; }

    /// <summary>Seconds of one call in a training step, forward and backward, whatever its size.</summary>
    public required double CallSeconds { get; init; }

    /// <summary>Seconds to evaluate one split, whatever its size.</summary>
    public required double EvaluationSeconds { get; init; }

    /// <summary>Matrix products in binary32, flop/s.</summary>
    public required ThreadedRate Products { get; init; }

    /// <summary>Convolutions of an image of one channel in binary32, flop/s.</summary>
    public required ThreadedRate FirstConvolutions { get; init; }

    /// <summary>Convolutions of <see cref="NarrowChannels"/> channels in binary32, flop/s.</summary>
    public required ThreadedRate NarrowConvolutions { get; init; }

    /// <summary>Convolutions of <see cref="WideChannels"/> channels in binary32, flop/s.</summary>
    public required ThreadedRate WideConvolutions { get; init; }

    /// <summary>Elementwise operations in binary32, a second.</summary>
    public required ThreadedRate Elementwise { get; init; }

    /// <summary>Pools in binary32, operations a second.</summary>
    public required ThreadedRate Pools { get; init; }

    /// <summary>Elements of an explicit Jacobian that are formed and checked, a second.</summary>
    public required ThreadedRate FormedElements { get; init; }

    /// <summary>QR of a Jacobian's longer side, flop/s.</summary>
    public required ThreadedRate TallFactorizations { get; init; }

    /// <summary>SVD of a square of order <see cref="SmallOrder"/>, flop/s.</summary>
    public required ThreadedRate SmallFactorizations { get; init; }

    /// <summary>SVD of a square of order <see cref="LargeOrder"/>, flop/s.</summary>
    public required ThreadedRate LargeFactorizations { get; init; }

    /// <summary>A Gram matrix from the layers' structure, on all cores, flop/s.</summary>
    public required double GramFlops { get; init; }

    /// <summary>Eigenvalues of a matrix of order <see cref="SmallEigenOrder"/>, on all cores, flop/s.</summary>
    public required double SmallEigenFlops { get; init; }

    /// <summary>Eigenvalues of a matrix of order <see cref="LargeEigenOrder"/>, on all cores, flop/s.</summary>
    public required double LargeEigenFlops { get; init; }

    /// <summary>Leading eigenvectors, on all cores, flop/s.</summary>
    public required double LeadingFlops { get; init; }

    /// <summary>Passes of block Krylov over rows that are there, on all cores, flop/s.</summary>
    public required double KrylovFlops { get; init; }

    /// <summary>A network's passes in binary64 to form rows of its Jacobian, on all cores, flop/s.</summary>
    public required double RowFlops { get; init; }

    /// <summary>Seconds of one call on one chunk of examples, where rows of a Jacobian are formed.</summary>
    public required double RowCallSeconds { get; init; }

    /// <summary>Bytes that are hashed and written through to the disk, a second.</summary>
    public required double WrittenBytes { get; init; }

    /// <summary>Channels of <see cref="NarrowConvolutions"/>.</summary>
    public const int NarrowChannels = 8;

    /// <summary>Channels of <see cref="WideConvolutions"/>.</summary>
    public const int WideChannels = 32;

    /// <summary>Order of <see cref="SmallFactorizations"/>.</summary>
    public const int SmallOrder = 300;

    /// <summary>Order of <see cref="LargeFactorizations"/>.</summary>
    public const int LargeOrder = 1000;

    /// <summary>Order of <see cref="SmallEigenFlops"/>.</summary>
    public const int SmallEigenOrder = 700;

    /// <summary>Order of <see cref="LargeEigenFlops"/>.</summary>
    public const int LargeEigenOrder = 2400;

    /// <summary>What is taken where nothing was measured: two cores of a server of 2023.</summary>
    public static MachineRates Assumed { get; } = new()
    {
        StartSeconds = 1,
        EndSeconds = 0.7,
        DataSeconds = 0.05,
        TrainingSeconds = 0.08,
        SpectrumSeconds = 0.1,
        AnalysesSeconds = 0.03,
        BaseBytes = 195e6,
        TrainingBytes = 215e6,
        SpectrumBytes = 235e6,
        EndBytes = 240e6,
        StepSeconds = 8e-5,
        CallSeconds = 2e-5,
        EvaluationSeconds = 3e-4,
        Products = new ThreadedRate(6e10, 1e11),
        FirstConvolutions = new ThreadedRate(8e9, 1.4e10),
        NarrowConvolutions = new ThreadedRate(1.5e10, 2.5e10),
        WideConvolutions = new ThreadedRate(3e10, 5e10),
        Elementwise = new ThreadedRate(5e8, 8e8),
        Pools = new ThreadedRate(8e8, 1.4e9),
        FormedElements = new ThreadedRate(6e7, 8e7),
        TallFactorizations = new ThreadedRate(2.5e10, 4e10),
        SmallFactorizations = new ThreadedRate(2e10, 2.5e10),
        LargeFactorizations = new ThreadedRate(3.5e10, 5e10),
        GramFlops = 4e10,
        SmallEigenFlops = 1.5e10,
        LargeEigenFlops = 3e10,
        LeadingFlops = 3e10,
        KrylovFlops = 4e10,
        RowFlops = 3e10,
        RowCallSeconds = 2e-5,
        WrittenBytes = 1e8,
    };
}
