using Spectral.Core.Plans;
using Xunit;

namespace Spectral.Core.Tests.Datasets;

/// <summary>Standardisation takes its statistics from the chosen training examples; unit rows have norm 1.</summary>
public sealed class PreprocessingTests
{
    private const string Digits = "\"classes\": [3, 5, 8], \"train\": 60, \"test\": 30, \"validation\": 15";

    [Fact]
    public void Digits_without_preprocessing_are_pixels_over_16_and_the_indices_are_fixed_for_ever()
    {
        DatasetArrays arrays = SpecDataset.Of("digits", $"{{{Digits}}}").Load(DataFolders.None, 1);
        Assert.All(arrays.Train.Inputs, value => Assert.Equal(value * 16, MathF.Round(value * 16)));
        Assert.Equal([8, 18, 59, 98, 133], arrays.Train.Indices.Take(5));
    }

    [Theory]
    [InlineData("per_pixel", 1)]
    [InlineData("per_channel", 64)]
    public void Training_inputs_get_mean_0_and_deviation_1_and_other_splits_the_same_map(string standardize, int group)
    {
        DatasetArrays plain = SpecDataset.Of("digits", $"{{{Digits}}}").Load(DataFolders.None, 1);
        DatasetArrays done = SpecDataset.Of("digits", $"{{{Digits}, \"standardize\": \"{standardize}\"}}").Load(DataFolders.None, 1);
        for (int start = 0; start < 64; start += group)
        {
            bool Member(int at) => at % 64 >= start && at % 64 < start + group;
            double[] values = [.. plain.Train.Inputs.Where((_, at) => Member(at)).Select(value => (double)value)];
            double mean = values.Average(), deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
            bool constant = values.Distinct().Count() == 1;
            foreach ((SplitArrays before, SplitArrays after) in
                new[] { (plain.Train, done.Train), (plain.Validation, done.Validation), (plain.Test, done.Test) })
            {
                Assert.Equal(before.Indices, after.Indices);
                for (int at = 0; at < before.Inputs.Length; at++)
                {
                    if (Member(at))
                        Assert.Equal(constant ? 0 : (before.Inputs[at] - mean) / deviation, after.Inputs[at], 1e-5);
                }
            }
        }

        Assert.All(done.Train.Inputs, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Unit_rows_come_after_standardisation()
    {
        DatasetArrays done = SpecDataset
            .Of("digits", $"{{{Digits}, \"standardize\": \"per_pixel\", \"unit_norm\": true}}").Load(DataFolders.None, 1);
        foreach (SplitArrays split in (SplitArrays[])[done.Train, done.Validation, done.Test])
        {
            for (int example = 0; example < split.Count; example++)
                Assert.Equal(1, Math.Sqrt(split.Inputs.Skip(64 * example).Take(64).Sum(value => (double)value * value)), 1e-6);
        }

        Assert.Contains(done.Test.Inputs, value => value < 0);
    }
}
