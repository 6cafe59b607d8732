using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Cutoffs;
using Spectral.Core.Noises;
using Spectral.Core.Plans;
using Xunit;

namespace Spectral.Core.Tests.Components;

/// <summary>What values each type of field takes, at both sides of every end of its range.</summary>
public sealed class FieldTypeTests
{
    private static readonly Scalar[] Scalars =
    [
        new NullScalar(), new FlagScalar(true), new FlagScalar(false), new TextScalar("sum"), new TextScalar("3"),
        new IntegerScalar(long.MinValue), new IntegerScalar(int.MinValue), new IntegerScalar(-1), new IntegerScalar(0),
        new IntegerScalar(1), new IntegerScalar(2), new IntegerScalar(5), new IntegerScalar(6),
        new IntegerScalar(int.MaxValue), new IntegerScalar((1L << 32) + 2), new IntegerScalar(long.MaxValue),
        new RealScalar(0), new RealScalar(-0.0), new RealScalar(double.Epsilon), new RealScalar(0.5), new RealScalar(1),
        new RealScalar(double.BitIncrement(1)), new RealScalar(2), new RealScalar(double.MaxValue),
        new RealScalar(double.NaN), new RealScalar(double.PositiveInfinity), new RealScalar(double.NegativeInfinity),
    ];

    private static readonly Dictionary<string, (ScalarType Type, object[] Accepted)> Types = new()
    {
        ["integer"] = (new IntegerType(1, 5), [1, 2, 5]),
        ["open integer"] = (new IntegerType(6, int.MaxValue), [6, int.MaxValue]),
        ["fraction"] = (new RealType(Interval.OpenClosed(0, 1)), [1.0, double.Epsilon, 0.5, 1.0]),
        ["momentum"] = (new RealType(Interval.ClosedOpen(0, 1)), [0.0, 0.0, -0.0, double.Epsilon, 0.5]),
        ["closed"] = (
            new RealType(Interval.Closed(1, 2)), [1.0, 2.0, 1.0, double.BitIncrement(1), 2.0]),
        ["positive, not 1"] = (
            new RealType(new Interval(1, false, double.PositiveInfinity, false)),
            [2.0, 5.0, 6.0, (double)int.MaxValue, (double)((1L << 32) + 2), (double)long.MaxValue,
                double.BitIncrement(1), 2.0, double.MaxValue]),
        ["infinite ends are not finite"] = (
            new RealType(new Interval(double.NegativeInfinity, true, -2, true)),
            [(double)long.MinValue, (double)int.MinValue]),
        ["flag"] = (new FlagType(), [true, false]),
        ["choice"] = (new ChoiceType(["sum", "mean"]), ["sum"]),
    };

    /// <summary>The cases' names.</summary>
    public static TheoryData<string> Names { get; } = [.. Types.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_type_accepts_its_range_and_nothing_else(string name) =>
        Assert.Equal(Types[name].Accepted, Scalars.Select(Types[name].Type.Accept).OfType<object>());

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_accepted_is_accepted_again_as_the_scalar_that_it_is_written_as(string name)
    {
        ScalarType type = Types[name].Type;
        Assert.All(Types[name].Accepted, value => Assert.Equal(value, type.Accept(type.ToScalar(value))));
    }

    [Fact]
    public void Messages_say_what_is_expected()
    {
        Assert.Equal("an integer of 1 or more", new IntegerType(1, int.MaxValue).Expectation);
        Assert.Equal("an integer in [0, 9]", new IntegerType(0, 9).Expectation);
        Assert.Equal("a real in (0, 1]", new RealType(Interval.OpenClosed(0, 1)).Expectation);
        Assert.Equal("a real in (0, infinity)", new RealType(Interval.Positive).Expectation);
        Assert.Equal("a real in [0, infinity)", new RealType(Interval.NotNegative).Expectation);
        Assert.Equal(
            "a real in [-infinity, 0.1)", new RealType(new(double.NegativeInfinity, true, 0.1, false)).Expectation);
        Assert.Equal("true or false", new FlagType().Expectation);
        Assert.Equal("one of sum, mean", new ChoiceType(["sum", "mean"]).Expectation);
        Assert.Equal(
            "a list of 2 or more, each item an integer in [0, 9]",
            new ListType<int>(new IntegerType(0, 9), 2).Expectation);
        Assert.Equal("a list, each item true or false", new ListType<bool>(new FlagType(), 0).Expectation);
    }

    [Fact]
    public void A_list_gives_back_the_items_that_it_collected()
    {
        ListType<double> list = new(new RealType(Interval.Positive), 1);
        object collected = list.Collect([2.5, 0.5, 2.5]);
        Assert.Equal([2.5, 0.5, 2.5], Assert.IsType<ImmutableArray<double>>(collected));
        Assert.Equal([2.5, 0.5, 2.5], list.Items(collected).Cast<double>());
    }

    [Fact]
    public void Scalars_are_described_as_they_were_written() =>
        Assert.Equal(
            ["nothing", "true", "false", "the text 'many'", "-7", "1E-07", "NaN"],
            ((Scalar[])
            [
                new NullScalar(), new FlagScalar(true), new FlagScalar(false), new TextScalar("many"),
                new IntegerScalar(-7), new RealScalar(1e-7), new RealScalar(double.NaN),
            ]).Select(scalar => scalar.Description));

    [Fact]
    public void A_catalog_refuses_a_member_of_another_family_and_a_kind_twice()
    {
        ComponentFamily cutoffs = new("cutoff", typeof(Cutoff), "s", [RankCutoff.Definition, NoNoise.Definition]);
        Assert.Contains(
            "none is no cutoff", Assert.Throws<ArgumentException>(() => new ComponentCatalog([cutoffs])).Message);
        ComponentFamily twice = cutoffs with { Members = [RankCutoff.Definition, RankCutoff.Definition] };
        Assert.Contains(
            "two members of cutoff are named rank",
            Assert.Throws<ArgumentException>(() => new ComponentCatalog([twice])).Message);
    }

    [Fact]
    public void A_catalog_knows_what_it_holds_and_nothing_else()
    {
        ComponentCatalog catalog = new([new("cutoff", typeof(Cutoff), "s", [RankCutoff.Definition])]);
        Assert.Same(RankCutoff.Definition, catalog.DefinitionOf(new RankCutoff(3)));
        Assert.Same(RankCutoff.Definition, catalog.Find(typeof(Cutoff), "rank"));
        Assert.Null(catalog.Find(typeof(Cutoff), "energy"));
        Assert.Throws<ArgumentException>(() => catalog.DefinitionOf(new EnergyCutoff(0.5)));
        Assert.Throws<ArgumentException>(() => catalog.Family(typeof(LabelNoise)));
    }
}
