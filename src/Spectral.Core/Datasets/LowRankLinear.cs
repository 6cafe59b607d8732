using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;

namespace Spectral.Core.Datasets;

/// <summary>
/// Linear regression on inputs of low rank: X = U V^T + Z with U [n, r] and V [d, r] orthonormal and Z of variance
/// sx^2 / n; y = U V^T w* + z with z of variance sy^2 / n; w* = c (v_1 + ... + v_r). One real output. Test and validation
/// have the same rows of U V^T (row i of theirs is row i mod n) with fresh noise: the paper's expected loss.
/// </summary>
/// <param name="Train">n, training examples.</param>
/// <param name="Dimension">d, inputs of an example.</param>
/// <param name="Rank">r.</param>
/// <param name="InputNoise">sx.</param>
/// <param name="TargetNoise">sy.</param>
/// <param name="Coefficient">c: the norm of U V^T w* is c sqrt(r).</param>
/// <param name="Test">Test examples.</param>
/// <param name="Validation">Validation examples.</param>
public sealed record LowRankLinear(
    int Train,
    int Dimension,
    int Rank,
    double InputNoise,
    double TargetNoise,
    double Coefficient,
    int Test,
    int Validation) : Dataset
{
    private static readonly Field<int> TrainField = Field.Integer(
        "train", (LowRankLinear linear) => linear.Train, "n, training examples.", minimum: 1, preset: 200, unit: "examples");

    private static readonly Field<int> DimensionField = Field.Integer(
        "dimension", (LowRankLinear linear) => linear.Dimension, "d, the inputs of an example.", minimum: 1, maximum: 1_000_000, preset: 500);

    private static readonly Field<int> RankField = Field.Integer(
        "rank", (LowRankLinear linear) => linear.Rank, "r, the rank of the inputs without noise, at most n and d.", minimum: 1, preset: 5);

    private static readonly Field<double> InputNoiseField = Field.Real(
        "input_noise", (LowRankLinear linear) => linear.InputNoise, "sx: every input gets noise of variance sx^2 / n.", Interval.NotNegative, preset: 0.2);

    private static readonly Field<double> TargetNoiseField = Field.Real(
        "target_noise", (LowRankLinear linear) => linear.TargetNoise, "sy: every target gets noise of variance sy^2 / n.", Interval.NotNegative, preset: 2);

    private static readonly Field<double> CoefficientField = Field.Real(
        "coefficient",
        (LowRankLinear linear) => linear.Coefficient,
        "c in w* = c (v_1 + ... + v_r); the noiseless targets have the norm c sqrt(r).",
        Interval.NotNegative,
        preset: 1);

    private static readonly Field<int> TestField = Field.Integer(
        "test", (LowRankLinear linear) => linear.Test, "Test examples: the training rows with fresh noise.", minimum: 1, preset: 200, unit: "examples");

    private static readonly Field<int> ValidationField = Field.Integer(
        "validation", (LowRankLinear linear) => linear.Validation, "Validation examples, likewise.", minimum: 0, preset: 0, unit: "examples");

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Dataset, LowRankLinear>(
        kind: "low_rank_linear",
        summary: "Linear regression with one real target on inputs of low rank plus noise; drawn, not read.",
        source: "arXiv:1906.05392v2, section 2.1 and figure 2",
        example: "{low_rank_linear: {train: 200, dimension: 500, rank: 5, input_noise: 0.2, target_noise: 2}}",
        fields:
        [
            TrainField, DimensionField, RankField, InputNoiseField, TargetNoiseField, CoefficientField, TestField, ValidationField,
        ],
        bind: settings => new LowRankLinear(
            settings.Of(TrainField),
            settings.Of(DimensionField),
            settings.Of(RankField),
            settings.Of(InputNoiseField),
            settings.Of(TargetNoiseField),
            settings.Of(CoefficientField),
            settings.Of(TestField),
            settings.Of(ValidationField)),
        check: linear => linear.Rank > Math.Min(linear.Train, linear.Dimension)
            ?
            [
                new FieldProblem(
                    "rank",
                    string.Create(CultureInfo.InvariantCulture, $"{linear.Rank}"),
                    string.Create(CultureInfo.InvariantCulture, $"a rank of {Math.Min(linear.Train, linear.Dimension)} or less, min(n, d)")),
            ]
            : SplitSize.Problems(
                linear.Dimension, ("train", linear.Train), ("test", linear.Test), ("validation", linear.Validation)));

    /// <inheritdoc/>
    public override Shape InputShape => new(Dimension);

    /// <inheritdoc/>
    public override ImmutableArray<string> ClassNames { get; } = ["y"];

    /// <inheritdoc/>
    public override bool HasClasses => false;

    /// <inheritdoc/>
    public override int TrainCount => Train;

    /// <inheritdoc/>
    public override int ValidationCount => Validation;

    /// <inheritdoc/>
    public override int TestCount => Test;

    /// <inheritdoc/>
    public override DatasetArrays Load(DataFolders folders, ulong seed)
    {
        double[][] left = Orthonormal.Draw(Train, Rank, seed, "data/low_rank/left");
        double[][] right = Orthonormal.Draw(Dimension, Rank, seed, "data/low_rank/right");
        return Preprocessing.None.Seal(
            InputShape,
            Draw(left, right, Train, seed, "train"),
            Draw(left, right, Validation, seed, "validation"),
            Draw(left, right, Test, seed, "test"),
            ImmutableSortedDictionary<string, string>.Empty);
    }

    /// <summary>
    /// The expected loss of a linear model over fresh noise on the noiseless rows, in the span of U (information) and
    /// outside it (nuisance): 1/2 ||U V^T w - U V^T w*||^2 + (r/2n)(sx^2 ||w||^2 + sy^2) and
    /// 1/2 (1 - r/n)(sx^2 ||w||^2 + sy^2). Cost: V is drawn again.
    /// </summary>
    /// <param name="weights">w [d].</param>
    /// <param name="seed">The seed of the data, which decides V.</param>
    public (double Information, double Nuisance) ExpectedLoss(ReadOnlySpan<double> weights, ulong seed)
    {
        double square = 0, misfit = 0;
        foreach (double weight in weights)
            square += weight * weight;
        // U is orthonormal, and V^T w* is c in every direction.
        foreach (double[] direction in Orthonormal.Draw(Dimension, Rank, seed, "data/low_rank/right"))
        {
            double along = -Coefficient;
            for (int index = 0; index < direction.Length; index++)
                along += direction[index] * weights[index];
            misfit += along * along;
        }

        double noise = (InputNoise * InputNoise * square) + (TargetNoise * TargetNoise), part = (double)Rank / Train;
        return ((0.5 * misfit) + (0.5 * part * noise), 0.5 * (1 - part) * noise);
    }

    private DraftSplit Draw(double[][] left, double[][] right, int count, ulong seed, string split)
    {
        double scale = Math.Sqrt(Train);
        float[] inputs = new float[(long)count * Dimension], targets = new float[count];
        double[] noise = new double[Dimension];
        for (int example = 0; example < count; example++)
        {
            RandomStream stream = new(seed, "data/low_rank/" + split, (ulong)example);
            stream.FillNormal(noise);
            int row = example % Train;
            for (int index = 0; index < Dimension; index++)
            {
                double value = 0;
                for (int direction = 0; direction < Rank; direction++)
                    value += left[direction][row] * right[direction][index];
                inputs[(example * Dimension) + index] = (float)(value + (InputNoise / scale * noise[index]));
            }

            double target = 0; // U V^T w* = c (u_1 + ... + u_r), since V is orthonormal
            for (int direction = 0; direction < Rank; direction++)
                target += Coefficient * left[direction][row];
            targets[example] = (float)(target + (TargetNoise / scale * stream.NextNormal()));
        }

        return new DraftSplit(
            inputs,
            new TargetArrays([], ImmutableCollectionsMarshal.AsImmutableArray(targets), 1),
            [.. Enumerable.Range(0, count)]);
    }
}
