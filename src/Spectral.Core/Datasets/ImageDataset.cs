using System.Collections.Immutable;
using Spectral.Core.Plans;

namespace Spectral.Core.Datasets;

/// <summary>Images of a published set. Pixels are divided by 255; training and test come from the set's own files.</summary>
/// <param name="Choice">Which images are used, and how.</param>
public abstract record ImageDataset(ImageChoice Choice) : Dataset
{
    /// <summary>The published set.</summary>
    protected abstract ImageSource Source { get; }

    /// <inheritdoc/>
    public sealed override Shape InputShape => Source.Shape;

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> ClassNames => [.. Choice.Classes.Select(label => Source.ClassNames[label])];

    /// <inheritdoc/>
    public sealed override bool HasClasses => true;

    /// <inheritdoc/>
    public sealed override int TrainCount => Choice.Train;

    /// <inheritdoc/>
    public sealed override int ValidationCount => Choice.Validation;

    /// <inheritdoc/>
    public sealed override int TestCount => Choice.Test;

    /// <inheritdoc/>
    public sealed override long SourceBytes => Source.TrainFiles.Concat(Source.TestFiles).Sum(file => file.Length);

    /// <inheritdoc/>
    public sealed override DatasetArrays Load(DataFolders folders, ulong seed)
    {
        (LabelledImages train, ImmutableArray<FoundFile> trainFiles) = Source.Read(Source.TrainFiles, folders, Choice.Verify);
        (LabelledImages test, ImmutableArray<FoundFile> testFiles) = Source.Read(Source.TestFiles, folders, Choice.Verify);
        Require(train, trainFiles, "training", [("train", Choice.Train), ("validation", Choice.Validation)]);
        Require(test, testFiles, "test", [("test", Choice.Test)]);
        ImmutableArray<ImmutableArray<int>> fromTrain =
            Choose(train.Labels, [Choice.Train, Choice.Validation], seed, "data/subset");
        ImmutableArray<ImmutableArray<int>> fromTest = Choose(test.Labels, [Choice.Test], seed, "data/subset/test");
        return Choice.Preprocessing.Seal(
            Source.Shape,
            Take(train, fromTrain[0]),
            Take(train, fromTrain[1]),
            Take(test, fromTest[0]),
            trainFiles.Concat(testFiles).ToImmutableSortedDictionary(
                file => file.File.Name, file => file.Sha256, StringComparer.Ordinal));
    }

    private ImmutableArray<ImmutableArray<int>> Choose(
        ImmutableArray<int> labels, ImmutableArray<int> counts, ulong seed, string stream) => Choice.Balanced
        ? BalancedSubset.Choose(labels, Choice.Classes, counts, seed, stream)
        : RandomSubset.Choose(labels, Choice.Classes, counts, seed, stream);

    private DraftSplit Take(LabelledImages images, ImmutableArray<int> indices) =>
        DraftSplit.OfImages(images.Pixels, (int)Source.Shape.Count, 255, images.Labels, Choice.Classes, indices);

    private void Require(
        LabelledImages images, ImmutableArray<FoundFile> files, string part, ImmutableArray<(string Field, int Count)> splits)
    {
        int[] available = new int[Source.ClassNames.Length];
        foreach (int label in images.Labels)
            available[label]++;
        if (Choice.Shortage(Source.ClassNames, [.. available], part, splits) is { } problem)
        {
            throw new InvalidDataException(
                $"{files[^1].Path}: the spec's {problem.Field} asks for {problem.Found}, expected {problem.Expected}");
        }
    }
}
