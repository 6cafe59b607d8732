namespace Spectral.Core.Numerics;

/// <summary>A way to compute a Jacobian's spectrum, chosen for a size, with what it costs and why it was chosen.</summary>
/// <param name="Name">The name in a spec and a plan, such as <c>direct</c>.</param>
/// <param name="Reason">Why, as one sentence.</param>
/// <param name="Flops">Predicted floating-point operations of one spectrum, forward and backward passes left out.</param>
/// <param name="Bytes">Predicted peak memory of one spectrum in bytes.</param>
public sealed record SpectrumMethod(string Name, string Reason, double Flops, double Bytes)
{
    /// <summary>The most rows or columns whose square still fits LAPACK's 32-bit workspace (1 + 6N + 2N^2 below 2^31).</summary>
    public const long LargestOrder = 32_766;

    /// <summary>The names that a spec may ask for beside <c>auto</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["direct"];

    /// <summary>
    /// The method for a Jacobian of <paramref name="rows"/> x <paramref name="columns"/>. <c>direct</c>: J formed from K
    /// batched backward passes, QR of its longer side, SVD of the triangle; 2 a b^2 + 22 b^3 flops for sides a >= b.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The shorter side exceeds <see cref="LargestOrder"/>.</exception>
    public static SpectrumMethod Choose(long rows, long columns)
    {
        double wide = Math.Max(rows, columns), narrow = Math.Min(rows, columns);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Min(rows, columns), LargestOrder, nameof(rows));
        return new SpectrumMethod(
            "direct",
            "J is formed and decomposed itself, so that small singular values keep full accuracy",
            (2 * wide * narrow * narrow) + (22 * narrow * narrow * narrow),
            8 * ((3 * wide * narrow) + (5 * narrow * narrow)));
    }
}
