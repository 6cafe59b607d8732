using System.Text;
using System.Text.Json.Nodes;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Xunit;

namespace Spectral.Core.Tests.Execution;

/// <summary>A machine's profile as a file: what is written is read again, and nothing else is.</summary>
public sealed class MachineProfileTests
{
    private static readonly MachineProfile Profile = MachineProfile.MeasuredNow(
        MachineRates.Assumed with { StepSeconds = 1.25e-4, Products = new ThreadedRate(3e10, 5.5e10) });

    [Fact]
    public void A_profile_that_was_written_is_read_again()
    {
        Assert.Equal(Profile, MachineProfile.Parse(CanonicalJson.Serialize(Profile.ToJson())));
        Assert.True(Profile.IsCalibrated);
        Assert.False(MachineProfile.Assumed.IsCalibrated);
    }

    [Fact]
    public void A_profile_names_the_machine_and_the_versions_that_it_holds_for()
    {
        Assert.Equal(Environment.ProcessorCount, Profile.Cores);
        Assert.NotEmpty(Profile.Processor);
        Assert.Matches(@"^\d+\.\d+\.\d+", Profile.Libtorch);
        Assert.EndsWith(".json", MachineProfile.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"rates\": null}")]
    [InlineData("not json")]
    public void Anything_else_is_refused_in_order(string text) =>
        Assert.Throws<FormatException>(() => MachineProfile.Parse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_rate_that_is_missing_of_another_kind_or_not_above_0_is_refused()
    {
        foreach (JsonNode? bad in (JsonNode?[])[null, JsonValue.Create("fast"), JsonValue.Create(0), JsonValue.Create(-1.0)])
        {
            JsonObject json = Profile.ToJson();
            json["rates"]!["step_seconds"] = bad?.DeepClone();
            Assert.Throws<FormatException>(() => MachineProfile.Parse(CanonicalJson.Serialize(json)));
        }

        JsonObject without = Profile.ToJson();
        _ = without["rates"]!.AsObject().Remove("products");
        Assert.Throws<FormatException>(() => MachineProfile.Parse(CanonicalJson.Serialize(without)));
        JsonObject half = Profile.ToJson();
        half["rates"]!["products"] = new JsonObject { ["one"] = 0, ["all"] = 1 };
        Assert.Throws<FormatException>(() => MachineProfile.Parse(CanonicalJson.Serialize(half)));
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(3, 30)]
    [InlineData(4, 40)]
    [InlineData(9, 40)]
    public void Rates_between_one_thread_and_all_lie_evenly_between(int threads, double expected) =>
        Assert.Equal(expected, new ThreadedRate(10, 40).With(threads, 4), 1e-12);

    [Fact]
    public void The_peak_memory_of_this_process_is_known_and_that_of_none_is_not()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems may not tell it");
        Assert.InRange(PeakMemory.OfProcess() ?? 0, 10 << 20, 1L << 40);
        Assert.Null(PeakMemory.Of(int.MaxValue));
    }
}
