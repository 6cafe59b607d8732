using Spectral.Core.Plans;
using Xunit;

namespace Spectral.Core.Tests.Datasets;

/// <summary>Datasets that are drawn have the distribution that the paper gives them.</summary>
public sealed class DrawnDatasetTests
{
    private const string Mixture = "\"classes\": 3, \"clusters\": 4, \"dimension\": 8, \"test\": 24";

    [Fact]
    public void Without_noise_a_mixture_is_its_KC_unit_centres_apart_from_each_other()
    {
        DatasetArrays arrays = SpecDataset
            .Of("gaussian_mixture", $"{{{Mixture}, \"sigma\": 0, \"separation\": 0.5, \"balanced\": true, \"train\": 36}}")
            .Load(DataFolders.None, 5);
        float[][] rows = [.. Enumerable.Range(0, 36).Select(example => arrays.Train.Inputs.AsSpan(8 * example, 8).ToArray())];
        Assert.All(rows, row => Assert.Equal(1, Norm(row), 1e-6));
        for (int left = 0; left < 36; left++)
        {
            Assert.Equal(left % 12 % 3, arrays.Train.Targets.Labels[left]);
            for (int right = 0; right < left; right++)
            {
                double distance = Norm([.. rows[left].Zip(rows[right], (a, b) => a - b)]);
                if (left % 12 == right % 12)
                    Assert.Equal(0, distance);
                else
                    Assert.InRange(distance, 0.5 - 1e-6, 2);
            }
        }

        // Test examples come from the same centres.
        Assert.All(Enumerable.Range(0, 24), example =>
            Assert.Contains(rows, row => row.AsSpan().SequenceEqual(arrays.Test.Inputs.AsSpan(8 * example, 8))));
    }

    [Fact]
    public void Noise_has_variance_sigma_squared_over_d_and_clusters_are_drawn_uniformly()
    {
        string settings = $"{{{Mixture}, \"separation\": 0.5, \"train\": 6000, \"sigma\": ";
        DatasetArrays noisy = SpecDataset.Of("gaussian_mixture", settings + "0.4}").Load(DataFolders.None, 5);
        DatasetArrays exact = SpecDataset.Of("gaussian_mixture", settings + "0}").Load(DataFolders.None, 5);
        double[] noise = [.. noisy.Train.Inputs.Zip(exact.Train.Inputs, (a, b) => (double)a - b)];
        Assert.Equal(0, noise.Average(), 0.003);
        Assert.Equal(0.4 * 0.4 / 8, noise.Average(value => value * value), 0.0005);
        foreach (int count in exact.Train.Targets.Labels.GroupBy(label => label).Select(group => group.Count()))
            Assert.InRange(count, 2000 - 150, 2000 + 150); // four standard deviations of a binomial
    }

    [Fact]
    public void A_longer_split_begins_with_a_shorter_one_and_another_seed_is_another_draw()
    {
        float[] Train(int count, ulong seed) =>
        [
            .. SpecDataset.Of("gaussian_mixture", $"{{{Mixture}, \"sigma\": 0.1, \"train\": {count}}}").Load(DataFolders.None, seed).Train.Inputs,
        ];

        Assert.Equal(Train(10, 1), Train(20, 1).Take(80));
        Assert.NotEqual(Train(10, 1), Train(10, 2));
    }

    [Fact]
    public void Centres_that_do_not_fit_are_an_error_that_says_so()
    {
        Assert.Contains("unit vectors", Assert.Throws<FormatException>(() => SpecDataset.Of(
            "gaussian_mixture", """{"classes": 3, "dimension": 1, "sigma": 0, "separation": 0.5, "train": 3, "test": 3}""")).Message, StringComparison.Ordinal);
        Assert.Contains("room for", Assert.Throws<InvalidDataException>(() => SpecDataset.Of(
            "gaussian_mixture", """{"classes": 50, "dimension": 2, "sigma": 0, "separation": 0.5, "train": 3, "test": 3}""")
            .Load(DataFolders.None, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_without_noise_have_rank_r_with_unit_singular_values_and_targets_the_norm_that_was_asked_for()
    {
        Dataset dataset = SpecDataset.Of(
            "low_rank_linear", """{"train": 40, "dimension": 60, "rank": 5, "input_noise": 0, "target_noise": 0, "test": 40}""");
        DatasetArrays arrays = dataset.Load(DataFolders.None, 3);
        Assert.False(arrays.Train.Targets.AreClasses);
        Assert.Equal(["y"], dataset.ClassNames);
        Assert.Equal(5, arrays.Train.Targets.Values.Sum(value => (double)value * value), 1e-5);
        Assert.Equal(arrays.Train.Inputs, arrays.Test.Inputs); // the same rows, and no noise to tell them apart

        // The Gram matrix X X^T is a projection of rank 5: its trace is 5, and it is its own square.
        double[,] gram = new double[40, 40];
        for (int i = 0; i < 40; i++)
        {
            for (int j = 0; j < 40; j++)
                gram[i, j] = Enumerable.Range(0, 60).Sum(k => (double)arrays.Train.Inputs[(60 * i) + k] * arrays.Train.Inputs[(60 * j) + k]);
        }

        Assert.Equal(5, Enumerable.Range(0, 40).Sum(i => gram[i, i]), 1e-5);
        for (int i = 0; i < 40; i++)
        {
            for (int j = 0; j < 40; j++)
                Assert.Equal(gram[i, j], Enumerable.Range(0, 40).Sum(k => gram[i, k] * gram[k, j]), 1e-6);
        }
    }

    [Fact]
    public void Noise_of_the_linear_data_is_scaled_by_the_training_size_and_fresh_for_test()
    {
        const string size = "\"train\": 200, \"dimension\": 500, \"rank\": 5";
        DatasetArrays exact = SpecDataset.Of("low_rank_linear", $"{{{size}, \"input_noise\": 0, \"target_noise\": 0}}").Load(DataFolders.None, 3);
        DatasetArrays noisy = SpecDataset.Of("low_rank_linear", $"{{{size}}}").Load(DataFolders.None, 3);
        Assert.Equal(0.2 * 0.2 / 200, Variance(noisy.Train.Inputs, exact.Train.Inputs), 4e-6);
        Assert.Equal(2.0 * 2 / 200, Variance(noisy.Train.Targets.Values, exact.Train.Targets.Values), 0.008);
        Assert.NotEqual(noisy.Train.Targets.Values, noisy.Test.Targets.Values);
        Assert.Contains("min(n, d)", Assert.Throws<FormatException>(() => SpecDataset.Of(
            "low_rank_linear", """{"train": 4, "rank": 5}""")).Message, StringComparison.Ordinal);

        static double Variance(IEnumerable<float> left, IEnumerable<float> right) =>
            left.Zip(right, (a, b) => ((double)a - b) * ((double)a - b)).Average();
    }

    private static double Norm(float[] vector) => Math.Sqrt(vector.Sum(value => (double)value * value));
}
