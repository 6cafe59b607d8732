using System.Text.Json.Nodes;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>What <c>plan --device</c> predicts, which device it takes, and what it says of where it is from.</summary>
public sealed class DeviceCostTests(SealedBundles bundles) : IDisposable
{
    private readonly WorkFolder _cache = new();

    private CommandLine Spectral => new CommandLine(bundles.Folder).With("SPECTRAL_CACHE", _cache.Path);

    /// <inheritdoc/>
    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task A_card_that_was_never_measured_is_an_assumed_one_and_plan_says_so()
    {
        string text = (await Spectral.Run("plan", "tiny.yaml", "--device", "cuda")).Expect(0).Output;
        Assert.Contains(
            "cuda:0 is not calibrated: times there are by assumed rates of a data-centre card (60 Tflop/s",
            text,
            StringComparison.Ordinal);
        Assert.Contains("'spectral calibrate --device cuda:0' measures it", text, StringComparison.Ordinal);
        Assert.Contains("J on train: cuda:0; J is formed and decomposed there; ", text, StringComparison.Ordinal);
        Assert.Matches("(?m)^stage +key +flops +moved +peak memory +on device +disk +time$", text);

        JsonObject json = (await Spectral.Run("plan", "tiny.yaml", "--device", "cuda:2", "--json")).Expect(0).Json;
        Assert.Equal("cuda:2", json["device"]!.GetValue<string>());
        Assert.Null(json["device_calibrated"]);
        Assert.All(json["spectra"]!.AsArray(), spectrum =>
        {
            Assert.StartsWith("cuda:2", spectrum!["place"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.True(spectrum["device_bytes"]!.GetValue<double>() > 0);
            Assert.True(spectrum["seconds"]!.GetValue<double>() > 0);
        });
        Assert.True(Stage(json, "training")["device_bytes"]!.GetValue<double>() > 0);
        Assert.True(Stage(json, "spectrum")["device_bytes"]!.GetValue<double>() > 0);
        Assert.True(json["run"]!["device_bytes"]!.GetValue<double>() >= Stage(json, "spectrum")["device_bytes"]!.GetValue<double>());
    }

    [Fact]
    public async Task The_device_changes_predictions_and_neither_plan_nor_keys()
    {
        JsonObject here = (await Spectral.Run("plan", "tiny.yaml", "--json")).Expect(0).Json;
        JsonObject there = (await Spectral.Run("plan", "tiny.yaml", "--device", "cuda", "--json")).Expect(0).Json;
        Assert.Equal("cpu", here["device"]!.GetValue<string>());
        Assert.Equal(0, here["run"]!["device_bytes"]!.GetValue<double>());
        Assert.All(here["spectra"]!.AsArray(), spectrum => Assert.Equal("cpu", spectrum!["place"]!.GetValue<string>()));
        Assert.Equal(here["plan_hash"]!.GetValue<string>(), there["plan_hash"]!.GetValue<string>());
        Assert.Equal(Keys(here), Keys(there));
        Assert.NotEqual(here["run"]!["seconds"]!.GetValue<double>(), there["run"]!["seconds"]!.GetValue<double>());

        static IEnumerable<string> Keys(JsonObject plan) =>
            plan["stages"]!.AsArray().Select(stage => stage!["key"]!.GetValue<string>());
    }

    [Fact]
    public async Task Auto_is_the_only_device_that_was_calibrated_and_else_the_CPU()
    {
        Assert.Contains(
            "device cpu: no other device was calibrated\n",
            (await Spectral.Run("plan", "tiny.yaml")).Expect(0).Output,
            StringComparison.Ordinal);
        DeviceProfile second = Card(1, 1000);
        string file = Store(second);
        string text = (await Spectral.Run("plan", "tiny.yaml")).Expect(0).Output;
        Assert.Contains("device cuda:1: the only device that was calibrated\n", text, StringComparison.Ordinal);
        Assert.Contains("times on cuda:1 by its calibration of ", text, StringComparison.Ordinal);
        Assert.Contains("(card 1, 90 GB)", text, StringComparison.Ordinal);
        Assert.True(Seconds((await Spectral.Run("plan", "tiny.yaml", "--json")).Expect(0).Json) > 1000);
        Assert.True(Seconds((await Spectral.Run("plan", "tiny.yaml", "--json", "--device", "cpu")).Expect(0).Json) < 1000);
        // Of another device nothing is known by it.
        Assert.Contains(
            "cuda:0 is not calibrated",
            (await Spectral.Run("plan", "tiny.yaml", "--device", "cuda")).Expect(0).Output,
            StringComparison.Ordinal);
        Store(Card(0, 3000));
        Assert.Contains(
            "device cpu: cuda:0, cuda:1 were calibrated, and none is named\n",
            (await Spectral.Run("plan", "tiny.yaml")).Expect(0).Output,
            StringComparison.Ordinal);
        Assert.True(Seconds((await Spectral.Run("plan", "tiny.yaml", "--json", "--device", "cuda")).Expect(0).Json) > 3000);

        await File.WriteAllTextAsync(file, "{\"rates\": 7}", TestContext.Current.CancellationToken);
        Outcome damaged = (await Spectral.Run("plan", "tiny.yaml", "--device", "cuda:1")).Expect(0);
        Assert.Contains($"warning: the calibration {file} cannot be read: ", damaged.Error, StringComparison.Ordinal);
        Assert.Contains("cuda:1 is not calibrated", damaged.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_of_another_version_is_not_taken_and_of_one_device_the_newest_is()
    {
        Store(Card(0, 1000) with { Spectral = "0.0.0" });
        Store(Card(0, 1000) with { Libtorch = "0.0.0" });
        Assert.Null((await Spectral.Run("plan", "tiny.yaml", "--json", "--device", "cuda")).Expect(0).Json["device_calibrated"]);
        Store(Card(0, 5000) with { Driver = "13.1", Measured = DateTimeOffset.UnixEpoch });
        Store(Card(0, 1000));
        JsonObject json = (await Spectral.Run("plan", "tiny.yaml", "--json")).Expect(0).Json;
        Assert.Equal("cuda:0", json["device"]!.GetValue<string>());
        Assert.InRange(Seconds(json), 1000, 5000);
        Assert.Matches("(?m)calibration cuda:0 +of .*, card 0", (await Spectral.Run("doctor")).Expect(0).Output);
    }

    [Fact]
    public async Task Float32_is_named_where_it_was_measured_to_be_faster_and_nowhere_else()
    {
        string[] gram = ["plan", "tiny.yaml", "--device", "cuda", "-S", "jacobian.method=gram"];
        Assert.DoesNotContain("in float32", (await Spectral.Run(gram)).Expect(0).Output, StringComparison.Ordinal);
        DeviceProfile card = Card(0, 1);
        DeviceRates slow = card.Rates with { Float64ProductFlops = 1e6, SmallEigenFlops = 1e12, LargeEigenFlops = 1e13 };
        Store(card with { Rates = slow });
        string text = (await Spectral.Run(gram)).Expect(0).Output;
        Assert.Matches("(?m)^in float32 the spectra of a checkpoint would take ~.* instead of ~.*, with a higher floor ", text);
        string[] narrow = [.. gram, "-S", "jacobian.precision=float32"];
        Assert.DoesNotContain("in float32", (await Spectral.Run(narrow)).Expect(0).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "in float32",
            (await Spectral.Run("plan", "tiny.yaml", "--device", "cuda")).Expect(0).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_opens_the_device_once()
    {
        using WorkFolder folder = new();
        folder.Write("sweep.yaml", Spec.Tiny + "sweep: {seed: [1, 2]}\n");
        Store(Card(0, 1000));
        CommandLine spectral = CommandLine.In(folder).With("SPECTRAL_CACHE", _cache.Path);
        JsonObject two = (await spectral.Run("plan", "sweep.yaml", "--json")).Expect(0).Json;
        Assert.Equal("cuda:0", two["device"]!.GetValue<string>());
        Assert.InRange(Seconds(two), 1000, 1999);
        Assert.True(two["run"]!["device_bytes"]!.GetValue<double>() > 0);
        Assert.Contains("on device", (await spectral.Run("plan", "sweep.yaml")).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calibrate_refuses_a_device_that_is_not_there()
    {
        Assert.SkipWhen(ComputeDevice.CudaDevices() > 0, "there is a CUDA device here");
        Outcome refused = (await Spectral.Run("calibrate", "--device", "cuda")).Expect(5);
        Assert.Contains("no CUDA device can be used here, and cuda was asked for: ", refused.Error, StringComparison.Ordinal);
        Assert.Empty(refused.Output);
        Assert.False(Directory.Exists(_cache.Locate("machine")));
        Assert.Contains(
            "expected auto, cpu, cuda or cuda:INDEX, got 'tpu'",
            (await Spectral.Run("calibrate", "--device", "tpu")).Expect(2).Error,
            StringComparison.Ordinal);
    }

    /// <summary>A card that takes so long to open.</summary>
    private static DeviceProfile Card(int index, double openSeconds) => DeviceProfile.Assumed(new ComputeDevice("cuda", index)) with
    {
        Card = FormattableString.Invariant($"card {index}"),
        Bytes = 9e10,
        Measured = DateTimeOffset.UtcNow,
        Rates = DeviceRates.Assumed with { OpenSeconds = openSeconds },
    };

    /// <summary>Stores a profile in the cache as <c>calibrate</c> does; its path.</summary>
    private string Store(DeviceProfile profile)
    {
        string path = Path.Combine(_cache.Path, "machine", Path.GetFileName(profile.Path));
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, CanonicalJson.Serialize(profile.ToJson()));
        return path;
    }

    private static double Seconds(JsonObject plan) => plan["run"]!["seconds"]!.GetValue<double>();

    private static JsonNode Stage(JsonObject plan, string name) =>
        plan["stages"]!.AsArray().Single(stage => stage!["stage"]!.GetValue<string>() == name)!;
}
