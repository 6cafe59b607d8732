using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;

namespace Spectral.Core.Noises;

/// <summary>
/// Every training label of class c is drawn anew from row c of a matrix of probabilities. An example compares one
/// uniform number of its own stream with the diagonal first, so that it keeps its label exactly where that number lies below
/// T_cc: a matrix whose diagonal is nowhere larger corrupts all examples that this one corrupts, and more (masks nest).
/// </summary>
/// <param name="Matrix">T [K, K], row-major rows: T_cj is the probability that class c is given as class j.</param>
public sealed record ConfusionNoise(ImmutableArray<ImmutableArray<double>> Matrix) : LabelNoise
{
    /// <summary>How far a row's sum may be from 1.</summary>
    private const double Tolerance = 1e-12;

    private static readonly Field<ImmutableArray<ImmutableArray<double>>> MatrixField = Field.RealRows(
        "matrix",
        (ConfusionNoise noise) => noise.Matrix,
        "Row c holds the probabilities that a label of class c is given as each class; K rows of K, each of sum 1.",
        Interval.Closed(0, 1),
        minimumCount: 2,
        unit: "probability");

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<LabelNoise, ConfusionNoise>(
        kind: "confusion",
        summary: "Every training label is drawn from its class' row of a confusion matrix; counts are random.",
        source: "arXiv:1609.03683, the noise transition matrix T",
        example: "{confusion: [[0.8, 0.2, 0], [0, 1, 0], [0.1, 0.1, 0.8]]}",
        fields: [MatrixField],
        bind: settings => new ConfusionNoise(settings.Of(MatrixField)),
        check: noise => noise.Problems());

    /// <inheritdoc/>
    public override string? Problem(int outputs, bool areClasses) => areClasses && outputs == Matrix.Length
        ? null
        : string.Create(
            CultureInfo.InvariantCulture, $"targets of {Matrix.Length} classes, one for each row of its matrix");

    /// <inheritdoc/>
    public override TargetArrays Corrupt(TargetArrays clean, ulong seed)
    {
        NoiseTargets.Require(this, clean);
        return TargetArrays.OneHot(
            [
                .. clean.Labels.Select((label, example) =>
                    Draw(label, new RandomStream(seed, "noise/confusion", (ulong)example).NextUniform())),
            ],
            clean.Outputs);
    }

    /// <summary>The class whose stretch of [0, 1) holds a number; the true class' own stretch is the first.</summary>
    private int Draw(int label, double uniform)
    {
        ImmutableArray<double> row = Matrix[label];
        if (uniform < row[label])
            return label;
        double below = row[label];
        int given = label;
        for (int other = 0; other < row.Length; other++)
        {
            // Where rounding leaves the sum below the number, the last class that has a probability takes the rest.
            if (other == label || row[other] == 0)
                continue;
            given = other;
            below += row[other];
            if (uniform < below)
                break;
        }

        return given;
    }

    private ImmutableArray<FieldProblem> Problems()
    {
        for (int row = 0; row < Matrix.Length; row++)
        {
            int length = Matrix[row].Length;
            if (length != Matrix.Length)
                return [Problem($"{length} numbers in row {row}", $"{Matrix.Length} rows of {Matrix.Length} numbers")];
            double sum = Matrix[row].Sum();
            if (!(Math.Abs(sum - 1) <= Tolerance))
                return [Problem($"a row {row} of sum {sum:R}", $"{Matrix.Length} rows of sum 1")];
        }

        return [];

        static FieldProblem Problem(FormattableString found, FormattableString expected) =>
            new("matrix", FormattableString.Invariant(found), FormattableString.Invariant(expected));
    }
}
