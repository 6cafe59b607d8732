using Spectral.Core.Augmentations;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Training;

/// <summary>Augmentations against a plain loop over pixels, fed by the same stream.</summary>
public sealed class AugmentationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_crop_is_a_shift_with_zeros_at_the_edges(int padding)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor batch = arange(1, (5 * 2 * 4 * 6) + 1, dtype: ScalarType.Float32).reshape(5, 2, 4, 6);
        Tensor found = new RandomCrop(padding).Apply(batch, new RandomStream(1, "augment"));
        RandomStream stream = new(1, "augment");
        HashSet<(int, int)> shifts = [];
        for (int i = 0; i < 5; i++)
        {
            int down = stream.NextIndex((2 * padding) + 1) - padding, right = stream.NextIndex((2 * padding) + 1) - padding;
            shifts.Add((down, right));
            for (int c = 0; c < 2; c++)
            {
                for (int y = 0; y < 4; y++)
                {
                    for (int x = 0; x < 6; x++)
                    {
                        bool inside = y + down is >= 0 and < 4 && x + right is >= 0 and < 6;
                        float expected = inside ? batch[i, c, y + down, x + right].item<float>() : 0;
                        Assert.Equal(expected, found[i, c, y, x].item<float>());
                    }
                }
            }
        }

        Assert.True(shifts.Count > 1);
    }

    [Fact]
    public void A_flip_mirrors_whole_images_about_half_of_the_time()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor batch = rand(400, 1, 2, 3);
        Tensor found = new HorizontalFlip(0.5).Apply(batch, new RandomStream(1, "augment"));
        Tensor same = found.eq(batch).flatten(1).all(1), mirrored = found.eq(batch.flip([3])).flatten(1).all(1);
        Assert.True(same.logical_or(mirrored).all().item<bool>());
        Assert.InRange(mirrored.sum().item<long>(), 150, 250);
        Assert.True(new HorizontalFlip(0).Apply(batch, new RandomStream(1, "augment")).eq(batch).all().item<bool>());
        Assert.True(new HorizontalFlip(1).Apply(batch, new RandomStream(1, "augment")).eq(batch.flip([3])).all().item<bool>());
    }

    [Fact]
    public void Only_images_are_taken()
    {
        Assert.Null(new RandomCrop(1).OutputShape(new Shape(64)).Output);
        Assert.Equal(new Shape(3, 8, 8), new HorizontalFlip(0.5).OutputShape(new Shape(3, 8, 8)).Output);
    }
}
