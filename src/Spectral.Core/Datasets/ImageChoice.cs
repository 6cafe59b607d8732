using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Components;

namespace Spectral.Core.Datasets;

/// <summary>Which images of a published set are used, and how.</summary>
/// <param name="Classes">The labels to keep, in the order of the outputs.</param>
/// <param name="Train">Training examples, from the training files.</param>
/// <param name="Test">Test examples, from the test files.</param>
/// <param name="Validation">Validation examples, from the training files, disjoint from training.</param>
/// <param name="Balanced">Whether every class gets equally many (one more for the first ones where it does not divide).</param>
/// <param name="Preprocessing">What is done to the pixels.</param>
/// <param name="Verify">Whether the files must be the published ones.</param>
public sealed record ImageChoice(
    ImmutableArray<int> Classes,
    int Train,
    int Test,
    int Validation,
    bool Balanced,
    Preprocessing Preprocessing,
    bool Verify)
{
    /// <summary>Problems of the settings, held against the sizes of the published set.</summary>
    internal ImmutableArray<FieldProblem> Problems(ImageSource source)
    {
        if (Classes.GroupBy(label => label).FirstOrDefault(labels => labels.Count() > 1) is { } twice)
            return [new FieldProblem("classes", $"{source.ClassNames[twice.Key]} twice", "every class at most once")];
        if (!Verify)
            return []; // files of the user's own: their sizes are known when they are read
        return
        [
            .. new[]
            {
                Shortage(source.ClassNames, source.TrainOfClass, "training", [("train", Train), ("validation", Validation)]),
                Shortage(source.ClassNames, source.TestOfClass, "test", [("test", Test)]),
            }.OfType<FieldProblem>(),
        ];
    }

    /// <summary>The first split that asks for more than its source has, or null.</summary>
    /// <param name="names">All class names.</param>
    /// <param name="available">Images of each class.</param>
    /// <param name="part">What the images are called.</param>
    /// <param name="splits">The splits that share the source, in the order in which they are served.</param>
    internal FieldProblem? Shortage(
        ImmutableArray<string> names,
        ImmutableArray<int> available,
        string part,
        ImmutableArray<(string Field, int Count)> splits)
    {
        string suffix = splits.Length > 1 ? $" for {string.Join(" and ", splits.Select(split => split.Field))}" : "";
        if (!Balanced)
        {
            int all = Classes.Sum(label => available[label]), asked = splits.Sum(split => split.Count);
            return asked <= all
                ? null
                : new FieldProblem(
                    splits[0].Field,
                    string.Create(CultureInfo.InvariantCulture, $"{asked} examples{suffix}"),
                    string.Create(CultureInfo.InvariantCulture, $"no more than the {all} {part} images that there are"));
        }

        for (int position = 0; position < Classes.Length; position++)
        {
            int label = Classes[position], asked = 0;
            foreach ((string field, int count) in splits)
            {
                asked += BalancedSubset.Share(count, Classes.Length, position);
                if (asked > available[label])
                {
                    return new FieldProblem(
                        field,
                        string.Create(CultureInfo.InvariantCulture, $"{asked} images of class {names[label]}{suffix}"),
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"no more than the {available[label]} {part} images that there are of it (balanced: false takes the classes as they come)"));
                }
            }
        }

        return null;
    }
}
