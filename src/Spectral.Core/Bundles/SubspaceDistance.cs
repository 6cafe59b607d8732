using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// How far apart two column spans are: the sine of the largest principal angle, which no change of signs or rotation
/// within a span moves (Golub and Van Loan, Matrix Computations, section 6.4.3).
/// </summary>
internal static class SubspaceDistance
{
    private const double Tolerance = 1e-6;
    private const string Measure = "sine of the largest principal angle";

    /// <summary>Compares two files of columns [rows, r].</summary>
    public static ArtifactVerdict Judge(string path, NpyArray original, NpyArray again)
    {
        if (ArrayDistance.Mismatch(original, again) is { } mismatch)
            return ArtifactVerdict.Incomparable(path, mismatch);
        if (original.Shape is not [var rows, var columns] || columns > rows || columns == 0
            || ArrayDistance.Reals(original) is not { } a || ArrayDistance.Reals(again) is not { } b)
            return ArtifactVerdict.Incomparable(path, "no columns of real numbers");
        if (!a.All(double.IsFinite) || !b.All(double.IsFinite))
            return ArtifactVerdict.Incomparable(path, "not finite");
        var distance = Sine(Columns(a, rows, columns), Columns(b, rows, columns));
        return ArtifactVerdict.Measured(path, distance, Tolerance, Measure);
    }

    /// <summary>The sine of the largest principal angle between two spans of equal dimension, in [0, 1].</summary>
    /// <param name="a">[rows, r], of full column rank.</param>
    /// <param name="b">[rows, r], of full column rank.</param>
    public static double Sine(Matrix<double> a, Matrix<double> b)
    {
        var first = a.QR(QRMethod.Thin).Q; // [rows, r]
        var second = b.QR(QRMethod.Thin).Q; // [rows, r]
        // The cosines, singular values of the overlap, say nothing of angles under 1e-8; what the overlap leaves does.
        var rest = second - first * first.TransposeThisAndMultiply(second); // [rows, r]
        var squares = rest.TransposeThisAndMultiply(rest).Evd(Symmetricity.Symmetric).EigenValues; // [r]
        return Math.Min(1, Math.Sqrt(squares.Max(value => Math.Max(0, value.Real))));
    }

    private static DenseMatrix Columns(double[] values, long rows, long columns) =>
        DenseMatrix.Create((int)rows, (int)columns, (i, j) => values[i * columns + j]);
}
