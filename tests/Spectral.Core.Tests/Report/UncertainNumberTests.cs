using System.Globalization;
using FsCheck.Xunit;
using Spectral.Report;
using Xunit;

namespace Spectral.Core.Tests.Report;

public class UncertainNumberTests
{
    [Theory]
    [InlineData(0.75123456, 0.75122, 0.75125, "0.7512")]
    [InlineData(0.5, 0.5, 0.5, "0.5")]
    [InlineData(0.5, 0.4999999999, 0.5000000001, "0.500000")]
    [InlineData(12, 12, 12, "12")]
    [InlineData(29997, 29997, 29997, "29997")]
    [InlineData(1234567, 1234567, 1234567, "1.23457e6")]
    [InlineData(1000000, 1000000, 1000000, "1e6")]
    [InlineData(1234, 1200, 1300, "1.2e3")]
    [InlineData(2417.03, 2417.029, 2417.031, "2417.03")]
    [InlineData(0.57735026919, 0.57735026919, 0.57735026919, "0.577350")]
    [InlineData(1.23e-7, 1.2e-7, 1.25e-7, "1.2e-7")]
    [InlineData(-0.0123, -0.0124, -0.0122, "-0.0123")]
    [InlineData(9.96, 9.9, 10.02, "10")]
    [InlineData(0.96, 0.9, 1, "1")]
    [InlineData(0, 0, 0, "0")]
    [InlineData(double.NaN, 0, 1, "–")]
    [InlineData(double.PositiveInfinity, 0, 1, "∞")]
    [InlineData(0.123456, double.NaN, double.NaN, "~0.123")]
    public void A_number_shows_the_digits_that_its_interval_leaves_standing(double value, double lower, double upper, string text) =>
        Assert.Equal(text, UncertainNumber.Format(value, lower, upper));

    [Theory]
    [InlineData(4e-13, 0, 2.9e-12, "< 3e-12")]
    [InlineData(0, 0, 3e-12, "≤ 3e-12")]
    [InlineData(0.5, 0.1, 0.9, "[0.1, 0.9]")]
    [InlineData(0.9854, 0, 1, "≤ 1")]
    [InlineData(4, 3, 5, "[3, 5]")]
    [InlineData(0.04, 0.0212, 0.0687, "[0.021, 0.069]")]
    [InlineData(0, -1e-16, 1e-16, "[-1e-16, 1e-16]")]
    [InlineData(-4e-13, -2.9e-12, 0, "> -3e-12")]
    [InlineData(5, 1, double.PositiveInfinity, "≥ 1")]
    public void A_number_whose_first_digit_is_unknown_is_a_bound_or_an_interval(double value, double lower, double upper, string text) =>
        Assert.Equal(text, UncertainNumber.Format(value, lower, upper));

    [Fact]
    public void Fewer_digits_can_be_asked_for() =>
        Assert.Equal("0.7512", UncertainNumber.Format(0.7512345, 0.7512345, 0.7512345, 4));

    [Property(MaxTest = 2000)]
    public void The_whole_interval_lies_within_one_unit_of_the_last_digit_shown(
        FsCheck.NormalFloat magnitude, FsCheck.NormalFloat left, FsCheck.NormalFloat right, byte scale, byte fineness)
    {
        double value = Mantissa(magnitude.Get) * Math.Pow(10, (scale % 40) - 20);
        double size = Math.Abs(value) * Math.Pow(10, 1 - (fineness % 10));
        double lower = value - (Math.Abs(Mantissa(left.Get)) * size), upper = value + (Math.Abs(Mantissa(right.Get)) * size);
        string text = UncertainNumber.Format(value, lower, upper);

        if (text.StartsWith('['))
        {
            double[] ends = [.. text[1..^1].Split(", ").Select(Parse)];
            Assert.InRange(lower, ends[0], upper);
            Assert.InRange(upper, lower, ends[1]);
        }
        else if (text[0] is '<' or '≤')
        {
            Assert.True(lower == 0 && upper <= Parse(text[2..]));
        }
        else if (text[0] is '>' or '≥')
        {
            Assert.True(upper == 0 && lower >= Parse(text[2..]));
        }
        else
        {
            double shown = Parse(text), unit = Unit(text) * (1 + 1e-9);
            Assert.True(upper - shown <= unit && shown - lower <= unit, $"{text} for [{lower:R}, {upper:R}]");
            Assert.True(unit >= (upper - lower) / 2);
            Assert.InRange(text.Split('e')[0].Count(char.IsAsciiDigit), 1, 11);
            Assert.InRange(text.Split('e')[0].TrimStart('-', '0', '.').Count(char.IsAsciiDigit), 0, 6);
        }
    }

    [Property]
    public void An_outward_interval_holds_both_ends(FsCheck.NormalFloat one, FsCheck.NormalFloat other)
    {
        double lower = Math.Min(one.Get, other.Get), upper = Math.Max(one.Get, other.Get);
        string text = UncertainNumber.Interval(lower, upper);
        if (!text.StartsWith('['))
            return;
        double[] ends = [.. text[1..^1].Split(", ").Select(Parse)];
        Assert.True(ends[0] <= lower && upper <= ends[1], $"{text} for [{lower:R}, {upper:R}]");
    }

    [Theory]
    [InlineData(12, 300, "4.0 % (12/300)")]
    [InlineData(0, 300, "0.0 % (0/300)")]
    [InlineData(33, 97, "34 % (33/97)")]
    [InlineData(3, 3000, "0.10 % (3/3000)")]
    [InlineData(1, 1000000, "< 0.01 % (1/1000000)")]
    [InlineData(999999, 1000000, "> 99.99 % (999999/1000000)")]
    [InlineData(0, 0, "–")]
    public void A_rate_shows_its_counts(int errors, int examples, string text) =>
        Assert.Equal(text, UncertainNumber.Rate(errors, examples));

    [Fact]
    public void The_culture_of_the_thread_does_not_matter()
    {
        using (ForeignCulture.Use())
        {
            Assert.Equal("0.7512", UncertainNumber.Format(0.75123456, 0.75122, 0.75125));
            Assert.Equal("4.0 % (12/300)", UncertainNumber.Rate(12, 300));
        }
    }

    private static double Mantissa(double any)
    {
        double absolute = Math.Abs(any);
        return any == 0 ? 0 : any / Math.Pow(10, Math.Floor(Math.Log10(absolute)) + 1);
    }

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double Unit(string text)
    {
        string[] parts = text.Split('e');
        int point = parts[0].IndexOf('.', StringComparison.Ordinal);
        int decimals = point < 0 ? 0 : parts[0].Length - point - 1;
        return Math.Pow(10, (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0) - decimals);
    }
}
