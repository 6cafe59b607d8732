namespace Spectral.Core.Execution;

/// <summary>How large the work is that a device's rates are taken from. All numbers are 1 or more.</summary>
public sealed record DeviceProbeSizes
{
    /// <summary>Steps of each training that is timed, once and four times over.</summary>
    public required int Steps { get; init; }

    /// <summary>Width of the dense layers of a training that is bound by products.</summary>
    public required int Width { get; init; }

    /// <summary>Examples in a batch of that training.</summary>
    public required int Batch { get; init; }

    /// <summary>Examples in a batch of a training that is bound by convolutions.</summary>
    public required int ConvolutionBatch { get; init; }

    /// <summary>Order of the matrices that are multiplied.</summary>
    public required int ProductOrder { get; init; }

    /// <summary>Numbers of binary64 that are copied.</summary>
    public required int CopiedNumbers { get; init; }

    /// <summary>Examples of which a Jacobian's factors are formed.</summary>
    public required int RowExamples { get; init; }

    /// <summary>The smaller order of a matrix whose eigenvalues are computed.</summary>
    public required int SmallEigenOrder { get; init; }

    /// <summary>The larger one.</summary>
    public required int LargeEigenOrder { get; init; }

    /// <summary>The smaller order of a matrix whose singular values are computed.</summary>
    public required int SmallFactorizationOrder { get; init; }

    /// <summary>The larger one.</summary>
    public required int LargeFactorizationOrder { get; init; }

    /// <summary>Columns of a Jacobian of 240 rows that is decomposed.</summary>
    public required int TallColumns { get; init; }

    /// <summary>Examples of a Jacobian of ten outputs whose largest singular values are computed.</summary>
    public required int KrylovExamples { get; init; }

    /// <summary>How many of them.</summary>
    public required int KrylovTop { get; init; }

    /// <summary>About ten seconds on a data-centre card.</summary>
    public static DeviceProbeSizes Card { get; } = new()
    {
        Steps = 30,
        Width = 2048,
        Batch = 8192,
        ConvolutionBatch = 1024,
        ProductOrder = 4096,
        CopiedNumbers = 1 << 26,
        RowExamples = 512,
        SmallEigenOrder = 1000,
        LargeEigenOrder = 4000,
        SmallFactorizationOrder = 300,
        LargeFactorizationOrder = 1000,
        TallColumns = 60_000,
        KrylovExamples = 240,
        KrylovTop = 50,
    };

    /// <summary>A few seconds on two cores of a CPU: to try the measurement itself.</summary>
    public static DeviceProbeSizes Small { get; } = new()
    {
        Steps = 4,
        Width = 128,
        Batch = 128,
        ConvolutionBatch = 8,
        ProductOrder = 256,
        CopiedNumbers = 1 << 18,
        RowExamples = 16,
        SmallEigenOrder = 60,
        LargeEigenOrder = 180,
        SmallFactorizationOrder = 60,
        LargeFactorizationOrder = 150,
        TallColumns = 2000,
        KrylovExamples = 12,
        KrylovTop = 4,
    };
}
