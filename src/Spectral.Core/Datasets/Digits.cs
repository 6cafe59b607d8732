using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Components;
using Spectral.Core.Plans;

namespace Spectral.Core.Datasets;

/// <summary>Handwritten digits, 8 x 8 grey pixels divided by 16, embedded in the program.</summary>
/// <param name="Classes">The digits to keep, in the order of the outputs.</param>
/// <param name="Train">Training examples, as evenly over the classes as the number allows.</param>
/// <param name="Test">Test examples, likewise, disjoint from training.</param>
/// <param name="Validation">Validation examples, likewise, disjoint from both.</param>
public sealed record Digits(ImmutableArray<int> Classes, int Train, int Test, int Validation) : Dataset
{
    private static readonly Field<ImmutableArray<int>> ClassesField = Field.Integers(
        "classes",
        (Digits digits) => digits.Classes,
        "The digits to keep, in the order of the outputs.",
        minimum: 0,
        maximum: 9,
        minimumCount: 2,
        preset: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);

    private static readonly Field<int> TrainField = Field.Integer(
        "train", (Digits digits) => digits.Train, "Training examples, evenly over the classes.", minimum: 1, unit: "examples");

    private static readonly Field<int> TestField = Field.Integer(
        "test", (Digits digits) => digits.Test, "Test examples, evenly over the classes.", minimum: 1, unit: "examples");

    private static readonly Field<int> ValidationField = Field.Integer(
        "validation",
        (Digits digits) => digits.Validation,
        "Validation examples, evenly over the classes.",
        minimum: 0,
        preset: 0,
        unit: "examples");

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Dataset, Digits>(
        kind: "digits",
        summary: "1,797 handwritten digits of 8 x 8 grey pixels, embedded; about 180 of each class.",
        source: "Alpaydin and Kaynak 1998, Optical Recognition of Handwritten Digits, doi 10.24432/C50P49, test half",
        example: "{digits: {classes: [0, 1, 2], train: 300, test: 150}}",
        fields: [ClassesField, TrainField, TestField, ValidationField],
        bind: settings => new Digits(
            settings.Of(ClassesField), settings.Of(TrainField), settings.Of(TestField), settings.Of(ValidationField)),
        check: digits => digits.Problems());

    /// <inheritdoc/>
    public override Shape InputShape { get; } = new(1, 8, 8);

    /// <inheritdoc/>
    public override ImmutableArray<string> ClassNames =>
        [.. Classes.Select(digit => digit.ToString(CultureInfo.InvariantCulture))];

    /// <inheritdoc/>
    public override bool HasClasses => true;

    /// <inheritdoc/>
    public override int TrainCount => Train;

    /// <inheritdoc/>
    public override int ValidationCount => Validation;

    /// <inheritdoc/>
    public override int TestCount => Test;

    /// <inheritdoc/>
    public override DatasetArrays Load(DataFolders folders, ulong seed)
    {
        ImmutableArray<ImmutableArray<int>> splits =
            BalancedSubset.Choose(DigitsSource.Labels, Classes, [Train, Test, Validation], seed);
        return new DatasetArrays(
            Select(splits[0]),
            Select(splits[2]),
            Select(splits[1]),
            ImmutableSortedDictionary<string, string>.Empty.Add(DigitsSource.Name, DigitsSource.Sha256));
    }

    private SplitArrays Select(ImmutableArray<int> indices)
    {
        float[] inputs = new float[indices.Length * DigitsSource.Pixels];
        for (int example = 0; example < indices.Length; example++)
        {
            for (int pixel = 0; pixel < DigitsSource.Pixels; pixel++)
            {
                byte value = DigitsSource.Images[(indices[example] * DigitsSource.Pixels) + pixel];
                inputs[(example * DigitsSource.Pixels) + pixel] = value / 16f;
            }
        }

        return new SplitArrays(
            [.. inputs],
            TargetArrays.OneHot([.. indices.Select(index => Classes.IndexOf(DigitsSource.Labels[index]))], Classes.Length),
            indices);
    }

    private ImmutableArray<FieldProblem> Problems()
    {
        if (Classes.GroupBy(digit => digit).FirstOrDefault(digits => digits.Count() > 1) is { } twice)
            return [new FieldProblem("classes", $"{twice.Key} twice", "every digit at most once")];

        for (int position = 0; position < Classes.Length; position++)
        {
            int digit = Classes[position];
            int available = DigitsSource.Labels.Count(label => label == digit);
            (string Field, int Share)[] shares =
            [
                ("train", BalancedSubset.Share(Train, Classes.Length, position)),
                ("test", BalancedSubset.Share(Test, Classes.Length, position)),
                ("validation", BalancedSubset.Share(Validation, Classes.Length, position)),
            ];
            long asked = 0;
            foreach ((string field, int share) in shares)
            {
                asked += share;
                if (asked > available)
                {
                    return
                    [
                        new FieldProblem(
                            field,
                            asked == share ? Count(share) : $"{Count(share)} beside {Count(asked - share)} of other splits",
                            $"no more than the {Count(available)} images of digit {Count(digit)} that there are"),
                    ];
                }
            }
        }

        return [];

        static string Count(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
