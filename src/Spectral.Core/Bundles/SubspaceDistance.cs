using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// How far apart two column spans are: the sine of the largest principal angle, which no change of signs or rotation
/// within a span moves (Golub and Van Loan, Matrix Computations, section 6.4.3). Where the cut falls into a cluster of
/// singular values, in either run, the span is not well defined, and the largest leading block that gaps bound in both
/// is compared in its place.
/// </summary>
internal static class SubspaceDistance
{
    private const string Measure = "sine of the largest principal angle";

    /// <summary>How far from orthonormal columns may be; those of every method are within 1e-10.</summary>
    private const double Orthonormality = 1e-8;

    /// <summary>Compares <c>results/CHECKPOINT/SPLIT/left_vectors.npy</c> [rows, r].</summary>
    /// <param name="path">The file.</param>
    /// <param name="original">The payload of the first run.</param>
    /// <param name="again">The payload of the second.</param>
    /// <param name="tolerance">The largest sine that counts as the same, in [0, 1].</param>
    public static ArtifactVerdict Judge(string path, ArtifactFolder original, ArtifactFolder again, double tolerance)
    {
        var (first, second) = (NpyArray.Parse(original.Read(path)), NpyArray.Parse(again.Read(path)));
        if (ArrayDistance.Mismatch(first, second) is { } mismatch)
            return ArtifactVerdict.Incomparable(path, mismatch);
        if (first.Shape is not [var rows, var columns] || columns > rows || columns == 0
            || ArrayDistance.Reals(first) is not { } a || ArrayDistance.Reals(second) is not { } b)
            return ArtifactVerdict.Incomparable(path, "no columns of real numbers");
        if (!a.All(double.IsFinite) || !b.All(double.IsFinite))
            return ArtifactVerdict.Incomparable(path, "not finite");
        var (block, note) = Block(path, original, again, rows, (int)columns);
        if (block == 0)
        {
            // No span can be compared, but orthonormal columns can be demanded of both.
            return IsOrthonormal(Columns(a, rows, columns, (int)columns))
                && IsOrthonormal(Columns(b, rows, columns, (int)columns))
                ? new ArtifactVerdict(path, Verdict.WithinTolerance, null, tolerance, note!)
                : ArtifactVerdict.Incomparable(path, "columns that are not orthonormal");
        }

        var distance = Sine(Columns(a, rows, columns, block), Columns(b, rows, columns, block));
        return ArtifactVerdict.Measured(path, distance, tolerance, Measure) with { Note = note };
    }

    /// <summary>How many leading columns gaps bound in both runs, and what to say where that is not all.</summary>
    private static (int Block, string? Note) Block(
        string path, ArtifactFolder original, ArtifactFolder again, long rows, int columns)
    {
        // Without singular values beside it, or with other ones, the spectrum's own file says so.
        if (SpectrumBeside.Read(path, original) is not { } sigma || SpectrumBeside.Read(path, again) is not { } other
            || sigma.Length != other.Length || sigma.Length < columns || columns == rows)
            return (columns, null);
        var gaps = SpectralBlocks.Ends(sigma, other).Where(end => end < sigma.Length).ToList();
        if (columns == sigma.Length && IsComplete(path, original, rows, columns)
            && SpectralBlocks.IsGap(sigma[^1], 0, sigma[0]) && SpectralBlocks.IsGap(other[^1], 0, other[0]))
            gaps.Add(columns); // behind the last of all values stands 0
        if (gaps.Contains(columns))
            return (columns, null);
        var block = gaps.Where(end => end < columns).DefaultIfEmpty(0).Max();
        var why = columns == sigma.Length
            ? string.Create(CultureInfo.InvariantCulture, $"no gap is known behind sigma_{columns}")
            : string.Create(CultureInfo.InvariantCulture,
                $"the cut falls into a cluster, sigma_{columns} - sigma_{columns + 1} < "
                + $"{SpectralBlocks.SmallestGap:0e-0} sigma_1");
        return (block, block == 0
            ? $"{why}, and no smaller span is well defined: nothing is compared but that the columns are orthonormal"
            : string.Create(
                CultureInfo.InvariantCulture, $"{why}: compared are the first {block} of {columns} vectors"));
    }

    /// <summary>Whether the file of singular values holds all min(nK, p), so that 0 stands behind the last.</summary>
    private static bool IsComplete(string path, ArtifactFolder payload, long rows, int count) =>
        SpectrumBeside.Stated("parameters", path, payload) is var parameters && count == Math.Min(rows, parameters);

    /// <summary>The sine of the largest principal angle between two spans of equal dimension, in [0, 1].</summary>
    /// <param name="a">[rows, k], of full column rank.</param>
    /// <param name="b">[rows, k], of full column rank.</param>
    private static double Sine(Matrix<double> a, Matrix<double> b)
    {
        var first = a.QR(QRMethod.Thin).Q; // [rows, k]
        var second = b.QR(QRMethod.Thin).Q; // [rows, k]
        // The cosines, singular values of the overlap, say nothing of angles under 1e-8; what the overlap leaves does.
        var rest = second - first * first.TransposeThisAndMultiply(second); // [rows, k]
        var squares = rest.TransposeThisAndMultiply(rest).Evd(Symmetricity.Symmetric).EigenValues; // [k]
        return Math.Min(1, Math.Sqrt(squares.Max(value => Math.Max(0, value.Real))));
    }

    private static bool IsOrthonormal(Matrix<double> columns) =>
        (columns.TransposeThisAndMultiply(columns) - DenseMatrix.CreateIdentity(columns.ColumnCount)).InfinityNorm()
        <= Orthonormality;

    private static DenseMatrix Columns(double[] values, long rows, long columns, int count) =>
        DenseMatrix.Create((int)rows, count, (i, j) => values[i * columns + j]);
}
