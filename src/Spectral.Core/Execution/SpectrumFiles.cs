using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectral.Core.Formats;
using Spectral.Core.Numerics;

namespace Spectral.Core.Execution;

/// <summary>What a method found of one Jacobian, as files, and back with the same bits.</summary>
internal static class SpectrumFiles
{
    private const string Facts = "spectrum.json", Left = "left.npy", Outputs = "outputs.npy";

    /// <summary>Left vectors beyond this size are found again where they are wanted: 256 MiB.</summary>
    private const double LargestLeft = 1 << 28;

    /// <summary>Writes outputs and decomposition.</summary>
    /// <param name="files">Where to.</param>
    /// <param name="outputs">f [nK].</param>
    /// <param name="found">The decomposition.</param>
    public static void Write(ArtifactFolder files, double[] outputs, JacobianDecomposition found)
    {
        SingularSpectrum spectrum = found.Spectrum;
        int count = spectrum.Values.Length;
        files.Write(Outputs, NpyArray.Of(outputs, outputs.Length).ToBytes());
        files.Write("values.npy", NpyArray.Of(spectrum.Values.AsSpan(), count).ToBytes());
        files.Write("residuals.npy", NpyArray.Of(spectrum.Residuals.AsSpan(), spectrum.Residuals.Length).ToBytes());
        WriteVectors(files, found.Vectors);
        if (found.HoldsLeftVectors && (double)spectrum.Rows * count * sizeof(double) <= LargestLeft)
            files.Write(Left, NpyArray.Of(found.Leading(count).LeftVectors, spectrum.Rows, count).ToBytes());
        double[] numbers =
        [
            spectrum.TrustFloor, spectrum.SquareError, spectrum.MostNegative, spectrum.Next,
            spectrum.SquaredNorm ?? double.NaN, found.SelfCheck ?? double.NaN,
        ];
        files.Write("numbers.npy", NpyArray.Of(numbers, numbers.Length).ToBytes());
        files.Write(Facts, CanonicalJson.Serialize(new JsonObject
        {
            ["rows"] = spectrum.Rows,
            ["columns"] = spectrum.Columns,
            ["method"] = spectrum.Method,
            ["negative"] = spectrum.NegativeCount,
            ["converged"] = spectrum.IsConverged,
        }));
    }

    /// <summary>Reads them.</summary>
    /// <param name="files">Where from.</param>
    /// <param name="again">Decomposes the Jacobian again.</param>
    /// <exception cref="FormatException">The files are none of a spectrum.</exception>
    public static (double[] Outputs, JacobianDecomposition Found) Read(
        ArtifactFolder files, Func<JacobianDecomposition> again)
    {
        JsonObject facts = CanonicalJson.Parse(files.Read(Facts)) as JsonObject
            ?? throw new FormatException($"{Facts} holds no object");
        double[] numbers = Doubles(files, "numbers.npy");
        SingularSpectrum spectrum = new(
            [.. Doubles(files, "values.npy")],
            numbers[0],
            Integer("rows"),
            Integer("columns"),
            facts["method"]!.GetValue<string>())
        {
            SquareError = numbers[1],
            MostNegative = numbers[2],
            Next = numbers[3],
            SquaredNorm = Unless(numbers[4]),
            NegativeCount = (int)Integer("negative"),
            Residuals = [.. Doubles(files, "residuals.npy")],
            IsConverged = facts["converged"]!.GetValue<bool>(),
        };
        double[]? left = files.Contains(Left) ? Doubles(files, Left) : null;
        return (
            Doubles(files, Outputs),
            new KeptDecomposition(spectrum, ReadVectors(files), Unless(numbers[5]), left, again));

        long Integer(string key) => long.Parse(facts[key]!.ToJsonString(), CultureInfo.InvariantCulture);

        static double? Unless(double number) => double.IsNaN(number) ? null : number;
    }

    /// <summary>Writes the left vectors of one rank, and the vectors in them.</summary>
    public static void WriteLeading(ArtifactFolder files, double[] left, ImmutableArray<ProjectedVector> vectors)
    {
        files.Write(Left, NpyArray.Of(left, left.Length).ToBytes());
        WriteVectors(files, vectors);
    }

    /// <summary>Reads the left vectors of one rank, and the vectors in them.</summary>
    /// <exception cref="FormatException">The files are none of these.</exception>
    public static LeadingVectors ReadLeading(ArtifactFolder files) => new(Doubles(files, Left), ReadVectors(files));

    private static void WriteVectors(ArtifactFolder files, ImmutableArray<ProjectedVector> vectors)
    {
        double[] ends = [.. vectors.SelectMany(vector => new[] { vector.Outside, vector.Norm })];
        files.Write("ends.npy", NpyArray.Of(ends, vectors.Length, 2).ToBytes());
        double[] coefficients = [.. vectors.SelectMany(vector => vector.Coefficients)];
        files.Write(
            "coefficients.npy",
            NpyArray.Of(coefficients, vectors.Length, coefficients.Length / vectors.Length).ToBytes());
    }

    private static ImmutableArray<ProjectedVector> ReadVectors(ArtifactFolder files)
    {
        double[] ends = Doubles(files, "ends.npy"), coefficients = Doubles(files, "coefficients.npy");
        int count = ends.Length / 2, each = coefficients.Length / count;
        return
        [
            .. Enumerable.Range(0, count).Select(j => new ProjectedVector(
                [.. coefficients.AsSpan(j * each, each)], ends[2 * j], ends[(2 * j) + 1])),
        ];
    }

    private static double[] Doubles(ArtifactFolder files, string name) => NpyArray.Parse(files.Read(name)).ToDoubles();
}

/// <summary>Left vectors of one rank.</summary>
/// <param name="Left">u_1..u_r as columns [nK, r], row-major.</param>
/// <param name="Vectors">The vectors of <see cref="LabelVectors.Names"/> in them.</param>
internal sealed record LeadingVectors(double[] Left, ImmutableArray<ProjectedVector> Vectors);
