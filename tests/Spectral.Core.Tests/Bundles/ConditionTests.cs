using System.Globalization;
using Spectral.Core.Bundles;
using Xunit;

namespace Spectral.Core.Tests.Bundles;

/// <summary>The conditions of <c>ls --where</c>.</summary>
public sealed class ConditionTests
{
    [Theory]
    [InlineData("n=300", "n", Comparison.Equal, "300")]
    [InlineData(" n != 300 ", "n", Comparison.Unequal, "300")]
    [InlineData("n<=3", "n", Comparison.AtMost, "3")]
    [InlineData("n>=-1e-3", "n", Comparison.AtLeast, "-1e-3")]
    [InlineData("n<3", "n", Comparison.Less, "3")]
    [InlineData("n>3", "n", Comparison.More, "3")]
    [InlineData("name~a=b", "name", Comparison.Like, "a=b")]
    [InlineData("name!~quick*", "name", Comparison.Unlike, "quick*")]
    [InlineData("a.b@final/train", "a.b@final/train", Comparison.Known, "")]
    public void A_condition_is_a_path_a_sign_and_a_value(string text, string path, Comparison comparison, string operand)
    {
        Condition read = Condition.Parse(text);
        Assert.Equal(new Condition(path, comparison, operand), read);
        Assert.Equal(read, Condition.Parse(read.ToString()));
    }

    [Theory]
    [InlineData("", "expected a path")]
    [InlineData(">=3", "expected a path")]
    [InlineData("n=", "expected a number or a text")]
    [InlineData("n==3", "found '=3' behind =")]
    [InlineData("n=>3", "found '>3' behind =")]
    [InlineData("n!3", "expected one of")]
    public void Anything_else_is_refused_with_what_was_found_and_expected(string text, string said)
    {
        FormatException refused = Assert.Throws<FormatException>(() => Condition.Parse(text));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x=0.5", "0.5", true)]
    [InlineData("x=5e-1", "0.5", true)]
    [InlineData("x!=0.5", "0.5", false)]
    [InlineData("x>0.5", "0.5", false)]
    [InlineData("x>=0.5", "0.5", true)]
    [InlineData("x<0.5", "0.25", true)]
    [InlineData("x<=9", "10", false)]
    [InlineData("x<9", "nan", false)]
    [InlineData("x>9", "nan", false)]
    [InlineData("x!=9", "nan", true)]
    [InlineData("x=nan", "nan", true)]
    [InlineData("x~.5", "0.5", true)]
    [InlineData("x", "0", true)]
    [InlineData("x=mlp", "0.5", false)]
    [InlineData("x>mlp", "0.5", false)]
    public void Numbers_are_compared_by_size(string condition, string number, bool holds)
    {
        double value = number == "nan" ? double.NaN : double.Parse(number, CultureInfo.InvariantCulture);
        Assert.Equal(holds, Condition.Parse(condition).Holds(CardValue.Of(value)));
    }

    [Theory]
    [InlineData("x=mlp", "mlp", true)]
    [InlineData("x=MLP", "mlp", false)]
    [InlineData("x~ML", "mlp", true)]
    [InlineData("x~m*p", "mlp", true)]
    [InlineData("x~m*", "a mlp", false)]
    [InlineData("x!~quick", "tiny", true)]
    [InlineData("x>=2026-03", "2026-03-01T00:00:00Z", true)]
    [InlineData("x<2026-03", "2026-03-01T00:00:00Z", false)]
    [InlineData("x!=a", "b", true)]
    public void Texts_are_compared_by_their_characters(string condition, string text, bool holds) =>
        Assert.Equal(holds, Condition.Parse(condition).Holds(CardValue.Of(text)));

    [Theory]
    [InlineData("x")]
    [InlineData("x!=1")]
    [InlineData("x!~a")]
    public void Nothing_holds_of_a_fact_that_a_bundle_does_not_have(string condition) =>
        Assert.False(Condition.Parse(condition).Holds(null));

    [Fact]
    public void Only_an_order_of_numbers_with_a_text_makes_no_sense()
    {
        CardValue[] numbers = [CardValue.Of(1.5)], texts = [CardValue.Of("mlp")];
        Assert.True(Condition.Parse("x<abc").OrdersNumbersByText(numbers));
        Assert.False(Condition.Parse("x<2").OrdersNumbersByText(numbers));
        Assert.False(Condition.Parse("x=abc").OrdersNumbersByText(numbers));
        Assert.False(Condition.Parse("x<abc").OrdersNumbersByText(texts));
    }

    [Fact]
    public void A_path_names_itself_or_the_measurements_that_have_all_its_parts()
    {
        string[] names =
        [
            "noise", "noise.uniform.rate", "a.b@final/train/given", "a.b@final/test/clean", "a.bc@final/train", "a.b@10/train/given",
        ];
        Assert.Equal(["noise"], CardKeys.Matching("noise", names));
        Assert.Equal(["a.b@10/train/given", "a.b@final/train/given"], CardKeys.Matching("a.b@train", names));
        Assert.Equal(["a.b@final/train/given"], CardKeys.Matching("a.b@given/final", names));
        Assert.Equal(3, CardKeys.Matching("a.b", names).Length);
        Assert.Empty(CardKeys.Matching("a.b@final/validation", names));
        Assert.Empty(CardKeys.Matching("noise.uniform", names));
    }
}
