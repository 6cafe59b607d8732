using System.Globalization;

namespace Spectral.Core.Numerics;

/// <summary>
/// A way to compute a Jacobian's spectrum, chosen for a size, with what it costs and why it was chosen.
/// </summary>
/// <param name="Name">The name in a spec and a plan, one of <see cref="Names"/>.</param>
/// <param name="Reason">Why, as one sentence.</param>
/// <param name="Flops">
/// Predicted floating-point operations of one spectrum, forward and backward passes left out; for <c>gram</c> an upper
/// bound, since a convolution's part may have a cheaper plan.
/// </param>
/// <param name="Bytes">Predicted peak memory of one spectrum in bytes.</param>
/// <param name="Passes">Passes over the examples: each is a forward pass and K backward ones.</param>
public sealed record SpectrumMethod(string Name, string Reason, double Flops, double Bytes, int Passes)
{
    /// <summary>
    /// J is formed; QR of its longer side, SVD of the triangle. Error of every value: a small multiple of u sigma_1.
    /// </summary>
    public const string Direct = "direct";

    /// <summary>
    /// G = J J^T from the layers' structure, never J; its eigenvalues. Blind below about 1e-8 sigma_1.
    /// </summary>
    public const string Gram = "gram";

    /// <summary>
    /// R of J^T = Q R by blocks of columns, never the whole of J; its SVD. As accurate as <see cref="Direct"/>.
    /// </summary>
    public const string Tsqr = "tsqr";

    /// <summary>
    /// The largest singular values by block Krylov; J is formed in tiles of rows, once in every pass.
    /// </summary>
    public const string Krylov = "krylov";

    /// <summary>
    /// The most rows or columns whose square still fits LAPACK's 32-bit workspace (1 + 6N + 2N^2 below 2^31).
    /// </summary>
    public const long LargestOrder = 32_766;

    /// <summary>
    /// Operations up to which <see cref="Direct"/> is chosen for its accuracy: seconds on one thread.
    /// </summary>
    private const double DirectFlops = 2e11;

    /// <summary>
    /// Passes that block Krylov takes to 1e-6 for the top 50 of a residual network, the left vectors' included.
    /// </summary>
    private const int KrylovPasses = 8;

    /// <summary>The names that a spec may ask for beside <c>auto</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = [Direct, Gram, Tsqr, Krylov];

    /// <summary>
    /// What a method whose square matrix goes to LAPACK expects of a Jacobian that is too large for it, as the end of the
    /// sentence "expected ..."; null where it can take it. The matrix' order is min(nK, p) for <see cref="Direct"/> and
    /// nK for <see cref="Tsqr"/>.
    /// </summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="rows">nK.</param>
    /// <param name="columns">p.</param>
    public static string? Limit(string name, double rows, double columns) => name switch
    {
        Direct when Math.Min(rows, columns) > LargestOrder =>
            FormattableString.Invariant($"a shorter side of {LargestOrder} or less"),
        Tsqr when rows > TsqrSpectrum.LargestOrder =>
            FormattableString.Invariant($"{TsqrSpectrum.LargestOrder} rows or less"),
        _ => null,
    };

    /// <summary>Memory up to which all singular values are computed where that takes fewer operations than some.</summary>
    private const double FullBytes = 4e9;

    /// <summary>
    /// The method that <c>auto</c> becomes. Where only the largest values are wanted and all of them cost fewer operations,
    /// it is one that gives all.
    /// </summary>
    /// <param name="rows">nK.</param>
    /// <param name="columns">p.</param>
    /// <param name="pair">Multiplications for a pair of rows of the Gram matrix, at most p.</param>
    /// <param name="top">How many of the largest singular values are wanted; null for all.</param>
    public static SpectrumMethod Choose(long rows, long columns, double pair, int? top)
    {
        if (top is { } count)
        {
            SpectrumMethod some = Of(Krylov, rows, columns, pair, top), all = Choose(rows, columns, pair, null);
            return all.Flops < some.Flops && all.Bytes <= FullBytes
                ? all
                : some with
                {
                    Reason = FormattableString.Invariant($"only the largest {count} singular values are wanted"),
                };
        }

        SpectrumMethod direct = Of(Direct, rows, columns, pair, top), gram = Of(Gram, rows, columns, pair, top);
        if (Math.Min(rows, columns) <= LargestOrder && (direct.Flops <= DirectFlops || direct.Flops <= gram.Flops))
        {
            return direct with
            {
                Reason = "J is formed and decomposed itself, so that small singular values keep full accuracy",
            };
        }

        string instead = Math.Min(rows, columns) > LargestOrder
            ? FormattableString.Invariant($"a shorter side of more than {LargestOrder} is too long for direct")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{gram.Flops:0.0e0} flops at most, against {direct.Flops:0.0e0} of direct");
        return gram with { Reason = instead };
    }

    /// <summary>A method by its name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="rows">nK.</param>
    /// <param name="columns">p.</param>
    /// <param name="pair">Multiplications for a pair of rows of the Gram matrix, at most p.</param>
    /// <param name="top">How many of the largest singular values are wanted; null for all.</param>
    /// <exception cref="ArgumentException">There is no such method.</exception>
    public static SpectrumMethod Of(string name, long rows, long columns, double pair, int? top)
    {
        double n = rows, p = columns, wide = Math.Max(n, p), narrow = Math.Min(n, p);
        const string asked = "as the spec asks";
        switch (name)
        {
            case Direct:
                return new SpectrumMethod(
                    name,
                    asked,
                    (2 * wide * narrow * narrow) + (22 * narrow * narrow * narrow),
                    8 * ((3 * wide * narrow) + (5 * narrow * narrow)),
                    Passes: 1);
            case Gram:
                // Half of the symmetric matrix at two operations; the eigenvalues of both stages.
                return new SpectrumMethod(
                    name,
                    asked,
                    (n * n * pair) + (4.0 / 3 * n * n * n),
                    8.0 * (LowerTriangle.Numbers(rows) + (1024 * rows)),
                    Passes: 1);
            case Tsqr:
                return new SpectrumMethod(
                    name, asked, (2 * p * n * n) + (32 * n * n * n), 8 * ((9 * n * n) + (64 * n)), Passes: 1);
            case Krylov:
                double block = Math.Min(narrow, 2.5 * (top ?? narrow)), basis = Math.Min(narrow, 8 * block);
                return new SpectrumMethod(
                    name,
                    asked,
                    (KrylovPasses * 4 * n * p * block) + (16 * narrow * basis * basis),
                    8 * (((basis + (2 * block)) * narrow) + (basis * n)),
                    KrylovPasses);
            default:
                throw new ArgumentException($"there is no method '{name}'", nameof(name));
        }
    }
}
