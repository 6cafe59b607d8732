using Spectral.Core.Components;
using Xunit;

namespace Spectral.Core.Tests.Components;

/// <summary>How a setting names a checkpoint.</summary>
public sealed class CheckpointTypeTests
{
    private static readonly CheckpointType Type = new();

    [Theory]
    [InlineData("initial", "initial")]
    [InlineData("final", "final")]
    [InlineData("best_test", "best-test")]
    [InlineData("best-validation", "best-validation")]
    [InlineData("step 120", "step-120")]
    [InlineData("step-120", "step-120")]
    [InlineData("100", "100")]
    [InlineData("0", "0")]
    [InlineData("step 0", null)]
    [InlineData("step", null)]
    [InlineData("007", null)]
    [InlineData("-1", null)]
    [InlineData("last", null)]
    [InlineData("best_train", null)]
    public void Text_is_a_checkpoint_as_the_list_writes_it_or_as_its_files_are_named(string text, string? name) =>
        Assert.Equal(name, Type.Accept(new TextScalar(text)));

    [Fact]
    public void A_whole_number_is_an_epoch()
    {
        Assert.Equal("100", Type.Accept(new IntegerScalar(100)));
        Assert.Null(Type.Accept(new IntegerScalar(-1)));
        Assert.Null(Type.Accept(new RealScalar(1.5)));
    }
}
