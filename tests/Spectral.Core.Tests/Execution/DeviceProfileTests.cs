using System.Text;
using System.Text.Json.Nodes;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using Xunit;

namespace Spectral.Core.Tests.Execution;

/// <summary>A device's profile: measured by the code for devices, written, read again, and planned with.</summary>
public sealed class DeviceProfileTests
{
    private static readonly ComputeDevice Card = new("cuda", 1);

    private static readonly DeviceProfile Profile =
        new(Card, "a card", "9.0", 8e10, "13.0", "2.10", "0.1.0", DateTimeOffset.UnixEpoch, DeviceRates.Assumed);

    [Fact]
    public void The_CPU_is_measured_as_a_device_and_a_plan_rests_on_what_was_read_again()
    {
        List<string> told = [];
        DeviceRates rates = DeviceCalibration.Measure(
            ComputeDevice.Cpu, DeviceProbeSizes.Small, new Told(told), TestContext.Current.CancellationToken);
        Assert.Contains("the largest singular values", told);
        // Far from what is assumed of a card, and within what a CPU can be.
        Assert.InRange(rates.Float64ProductFlops, 1e7, 1e13);
        Assert.InRange(rates.Float32ProductFlops, 1e7, 1e13);
        Assert.InRange(rates.CopyBytes, 1e7, 1e12);
        Assert.InRange(rates.StepSeconds, 1e-6, 1);
        Assert.InRange(rates.CallSeconds, 1e-7, 0.1);
        Assert.InRange(rates.RowCallSeconds, 1e-7, 0.1);
        Assert.Equal(DeviceProbeSizes.Small.LargeEigenOrder, rates.LargeEigenOrder);
        Assert.InRange(rates.KrylovBlock, 5, 64);

        DeviceProfile measured = DeviceProfile.MeasuredNow(ComputeDevice.Cpu, rates);
        Assert.Equal(MachineProfile.ProcessorName(), measured.Card);
        Assert.True(measured.IsCalibrated);
        DeviceProfile read = DeviceProfile.Parse(CanonicalJson.Serialize(measured.ToJson()));
        Assert.Equal(measured, read);
        // As though it were a card: on the CPU itself a plan takes the CPU's own engine.
        RunPlan gram = SmallRun.Plan with { Jacobian = SmallRun.Plan.Jacobian with { Method = "gram" } };
        RunCost cost = RunCost.Predict(gram, MachineProfile.Assumed, read with { Device = Card });
        Assert.All(cost.Spectra, spectrum => Assert.Equal("cuda:1", spectrum.Place.Description));
        Assert.InRange(cost.Seconds, rates.OpenSeconds, 1000);
        Assert.All(cost.Stages, stage => Assert.True(double.IsFinite(stage.Seconds) && stage.Seconds > 0));
    }

    [Fact]
    public void A_measurement_can_be_cancelled()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => DeviceCalibration.Measure(
            ComputeDevice.Cpu, DeviceProbeSizes.Small, new Told([]), source.Token));
    }

    [Fact]
    public void The_files_name_follows_from_card_and_versions_and_not_from_the_rates()
    {
        Assert.Equal(Profile.Path, (Profile with { Rates = Profile.Rates with { CopyBytes = 1 }, Measured = null }).Path);
        foreach (DeviceProfile other in (DeviceProfile[])
            [
                Profile with { Card = "another" },
                Profile with { Bytes = 4e10 },
                Profile with { Capability = "8.0" },
                Profile with { Driver = "12.0" },
                Profile with { Libtorch = "2.11" },
                Profile with { Spectral = "0.2.0" },
            ])
            Assert.NotEqual(Profile.Path, other.Path);
        Assert.NotEqual(MachineProfile.Path, Profile.Path);
        Assert.False(DeviceProfile.Assumed(Card).IsCalibrated);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"rates\": null}")]
    [InlineData("not json")]
    public void Anything_else_is_refused_in_order(string text) =>
        Assert.Throws<FormatException>(() => DeviceProfile.Parse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_number_that_is_missing_of_another_kind_or_not_above_0_is_refused()
    {
        Assert.Equal(Profile, DeviceProfile.Parse(CanonicalJson.Serialize(Profile.ToJson())));
        foreach (JsonNode? bad in (JsonNode?[])[null, JsonValue.Create("fast"), JsonValue.Create(0), JsonValue.Create(-1.0)])
        {
            JsonObject rate = Profile.ToJson(), bytes = Profile.ToJson();
            rate["rates"]!["copy_bytes"] = bad?.DeepClone();
            bytes["bytes"] = bad?.DeepClone();
            Assert.Throws<FormatException>(() => DeviceProfile.Parse(CanonicalJson.Serialize(rate)));
            Assert.Throws<FormatException>(() => DeviceProfile.Parse(CanonicalJson.Serialize(bytes)));
        }

        JsonObject without = Profile.ToJson(), elsewhere = Profile.ToJson();
        _ = without["rates"]!.AsObject().Remove("krylov_seconds");
        elsewhere["device"] = "tpu";
        Assert.Throws<FormatException>(() => DeviceProfile.Parse(CanonicalJson.Serialize(without)));
        Assert.Throws<FormatException>(() => DeviceProfile.Parse(CanonicalJson.Serialize(elsewhere)));
    }

    [Theory]
    [InlineData("cpu", "cpu")]
    [InlineData("cuda", "cuda:0")]
    [InlineData("cuda:3", "cuda:3")]
    public void A_device_is_named_without_being_there(string text, string name) =>
        Assert.Equal(name, ComputeDevice.Named(text).Name);

    [Theory]
    [InlineData("auto")]
    [InlineData("cuda:")]
    [InlineData("tpu")]
    public void What_names_no_one_device_is_refused(string text) =>
        Assert.Throws<ArgumentException>(() => ComputeDevice.Named(text));

    private sealed class Told(List<string> into) : IProgress<string>
    {
        public void Report(string value) => into.Add(value);
    }
}
