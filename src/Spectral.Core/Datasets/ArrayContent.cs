using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Plans;

namespace Spectral.Core.Datasets;

/// <summary>The content of a user's four arrays, checked against each other.</summary>
/// <param name="InputShape">The shape of one example.</param>
/// <param name="TrainInputs">[n, input shape].</param>
/// <param name="TrainLabels">[n].</param>
/// <param name="TestInputs">[m, input shape].</param>
/// <param name="TestLabels">[m].</param>
/// <param name="Digests">SHA-256 of the four files: inputs and labels of train, then of test.</param>
internal sealed record ArrayContent(
    Shape InputShape,
    float[] TrainInputs,
    ImmutableArray<int> TrainLabels,
    float[] TestInputs,
    ImmutableArray<int> TestLabels,
    ImmutableArray<string> Digests)
{
    /// <summary>Reads the four files.</summary>
    /// <param name="paths">Inputs and labels of train, then of test.</param>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is not what it should be; the message names it.</exception>
    public static ArrayContent Read(ImmutableArray<string> paths)
    {
        ImmutableArray<ArrayFile> files = [.. paths.Select(ArrayFile.Read)];
        float[] trainInputs = files[0].ToInputs(), testInputs = files[2].ToInputs();
        ImmutableArray<int> trainLabels = files[1].ToLabels(), testLabels = files[3].ToLabels();
        RequireOneEach(files[1], trainLabels.Length, files[0]);
        RequireOneEach(files[3], testLabels.Length, files[2]);
        ImmutableArray<int> shape = [.. files[0].Array.Shape.Skip(1).Select(extent => (int)extent)];
        if (!files[2].Array.Shape.Skip(1).SequenceEqual(files[0].Array.Shape.Skip(1)))
        {
            throw new InvalidDataException(
                $"{paths[2]}: found examples of shape [{string.Join(", ", files[2].Array.Shape.Skip(1))}], expected [{string.Join(", ", shape)}] as in {paths[0]}");
        }

        return new ArrayContent(
            new Shape(shape), trainInputs, trainLabels, testInputs, testLabels, [.. files.Select(file => file.Sha256)]);
    }

    private static void RequireOneEach(ArrayFile labels, int count, ArrayFile inputs)
    {
        if (count != inputs.Array.Shape[0])
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{labels.Path}: found {count} labels, expected {inputs.Array.Shape[0]}, one for each example of {inputs.Path}"));
        }
    }
}
