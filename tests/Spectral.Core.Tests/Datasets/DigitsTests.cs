using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using Spectral.Core.Components;
using Spectral.Core.Datasets;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using Xunit;

namespace Spectral.Core.Tests.Datasets;

/// <summary>
/// The embedded digits, held against the file itself as read here. The golden indices were computed by an independent
/// program (Python integers and hashlib).
/// </summary>
public sealed class DigitsTests
{
    private const string Sha256 = "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8";

    private static readonly ImmutableArray<ImmutableArray<int>> Lines = Read();

    [Fact]
    public void The_embedded_file_has_1797_images_of_about_180_a_digit()
    {
        Assert.Equal(1797, Lines.Length);
        Assert.All(Lines, line => Assert.Equal(65, line.Length));
        Assert.Equal(
            [178, 182, 177, 183, 181, 182, 181, 179, 174, 180],
            Enumerable.Range(0, 10).Select(digit => Lines.Count(line => line[64] == digit)));
        Assert.Equal(Sha256, new Digits([0, 1], 2, 2, 0).Load(DataFolders.None, 1).Sources["digits.csv"]);
    }

    [Fact]
    public void The_examples_of_a_seed_are_golden()
    {
        DatasetArrays arrays = new Digits([3, 5, 8], 24, 12, 0).Load(DataFolders.None, 1);
        Assert.Equal(
            [98, 158, 204, 261, 370, 519, 789, 835, 850, 890, 985, 1064,
                1069, 1080, 1154, 1203, 1271, 1438, 1486, 1553, 1568, 1578, 1605, 1670],
            arrays.Train.Indices);
        Assert.Equal([59, 133, 394, 678, 681, 859, 893, 1015, 1327, 1390, 1410, 1447], arrays.Test.Indices);
        Assert.Equal([0, 2, 1, 1, 2, 0, 0, 0, 1, 2, 0, 1, 2, 2, 2, 1, 2, 0, 1, 2, 1, 1, 0, 0], arrays.Train.Targets.Labels);

        DatasetArrays other = new Digits([8, 1], 7, 5, 0).Load(DataFolders.None, 2);
        Assert.Equal([70, 123, 303, 1123, 1295, 1357, 1553], other.Train.Indices);
        Assert.Equal([414, 726, 777, 1026, 1154], other.Test.Indices);
        Assert.Equal([1, 0, 1, 0, 0, 1, 0], other.Train.Targets.Labels);
    }

    [Theory]
    [InlineData(new[] { 3, 5, 8 }, 24, 12)]
    [InlineData(new[] { 8, 3, 5 }, 25, 11)]
    [InlineData(new[] { 9, 0 }, 1, 1)]
    [InlineData(new[] { 7, 6, 5, 4, 3, 2, 1, 0 }, 77, 13)]
    [InlineData(new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, 1000, 740)]
    public void Splits_are_balanced_disjoint_sorted_and_true_to_the_file(int[] classes, int train, int test)
    {
        Digits digits = new([.. classes], train, test, 0);
        DatasetArrays arrays = digits.Load(DataFolders.None, 5);
        Assert.Empty(arrays.Train.Indices.Intersect(arrays.Test.Indices));
        Assert.Equal((train, test), (digits.TrainCount, digits.TestCount));
        Assert.Equal(classes.Select(digit => $"{digit}"), digits.ClassNames);
        Assert.Equal(new Shape(1, 8, 8), digits.InputShape);
        foreach ((SplitArrays split, int total) in new[] { (arrays.Train, train), (arrays.Test, test) })
        {
            Assert.Equal(total, split.Count);
            Assert.Equal(total * 64, split.Inputs.Length);
            Assert.Equal(split.Indices.Distinct().Order(), split.Indices);
            Assert.Equal(split.Indices.Select(index => Lines[index][64]), split.Targets.Labels.Select(label => classes[label]));
            Assert.Equal(
                Enumerable.Range(0, classes.Length)
                    .Select(c => (total / classes.Length) + (c < total % classes.Length ? 1 : 0)),
                Enumerable.Range(0, classes.Length).Select(c => split.Targets.Labels.Count(label => label == c)));
            Assert.Equal(
                split.Indices.SelectMany(index => Lines[index].Take(64).Select(pixel => pixel / 16f)), split.Inputs);
            Assert.All(
                split.Inputs, pixel => Assert.True(pixel is >= 0 and <= 1 && pixel * 16 == MathF.Floor(pixel * 16)));
        }
    }

    [Fact]
    public void A_larger_training_split_contains_a_smaller_one_of_the_same_seed()
    {
        HashSet<int> small = [.. new Digits([3, 5, 8], 30, 10, 0).Load(DataFolders.None, 1).Train.Indices];
        HashSet<int> large = [.. new Digits([3, 5, 8], 301, 10, 0).Load(DataFolders.None, 1).Train.Indices];
        Assert.ProperSubset(large, small);
    }

    [Fact]
    public void A_digit_keeps_its_examples_whatever_the_other_classes_are()
    {
        DatasetArrays three = new Digits([3, 5, 8], 30, 9, 0).Load(DataFolders.None, 1), two = new Digits([8, 3], 20, 6, 0).Load(DataFolders.None, 1);
        Assert.Equal(
            three.Train.Indices.Where(index => Lines[index][64] is 3 or 8), two.Train.Indices);
        Assert.Equal(three.Test.Indices.Where(index => Lines[index][64] is 3 or 8), two.Test.Indices);
    }

    [Fact]
    public void Another_seed_chooses_other_examples()
    {
        SplitArrays one = new Digits([3, 5, 8], 60, 10, 0).Load(DataFolders.None, 1).Train;
        SplitArrays two = new Digits([3, 5, 8], 60, 10, 0).Load(DataFolders.None, 2).Train;
        Assert.InRange(one.Indices.Intersect(two.Indices).Count(), 0, 20);
        Assert.Equal(one.Indices, new Digits([3, 5, 8], 60, 20, 0).Load(DataFolders.None, 1).Train.Indices);
    }

    [Theory]
    [InlineData(new[] { 1, 2, 1 }, 3, 3, "classes", "1 twice", "every digit at most once")]
    [InlineData(
        new[] { 3, 8 }, 348, 2, "test", "1 beside 174 of other splits",
        "no more than the 174 images of digit 8 that there are")]
    [InlineData(
        new[] { 3, 8 }, 350, 2, "train", "175",
        "no more than the 174 images of digit 8 that there are")]
    [InlineData(
        new[] { 0, 1 }, 357, 1, "train", "179",
        "no more than the 178 images of digit 0 that there are")]
    [InlineData(
        new[] { 0, 1 }, 2, 2_147_483_647, "test", "1073741824 beside 1 of other splits",
        "no more than the 178 images of digit 0 that there are")]
    public void What_the_data_cannot_give_is_told_with_the_digit_and_the_number_there_is(
        int[] classes, int train, int test, string field, string found, string expected)
    {
        FieldProblem problem = Assert.Single(Digits.Definition.Check(new Digits([.. classes], train, test, 0)));
        Assert.Equal(new FieldProblem(field, found, expected), problem);
    }

    [Theory]
    [InlineData(new[] { 3, 8 }, 346, 2)]
    [InlineData(new[] { 8, 3 }, 1, 345)]
    [InlineData(new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, 1740, 0)]
    public void All_that_the_data_has_can_be_asked_for(int[] classes, int train, int test)
    {
        Digits digits = new([.. classes], train, test, 0);
        Assert.Empty(Digits.Definition.Check(digits));
        Assert.Equal((train, test), (digits.Load(DataFolders.None, 1).Train.Count, digits.Load(DataFolders.None, 1).Test.Count));
    }

    private static ImmutableArray<ImmutableArray<int>> Read()
    {
        using Stream packed = typeof(Digits).Assembly.GetManifestResourceStream("digits.csv.gz")!;
        using GZipStream unpacked = new(packed, CompressionMode.Decompress);
        using MemoryStream bytes = new();
        unpacked.CopyTo(bytes);
        Assert.Equal(Sha256, ContentHash.Sha256(bytes.ToArray()));
        return
        [
            .. Encoding.ASCII.GetString(bytes.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => (ImmutableArray<int>)[.. line.Trim().Split(',').Select(int.Parse)]),
        ];
    }
}
