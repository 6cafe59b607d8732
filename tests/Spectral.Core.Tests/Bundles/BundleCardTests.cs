using Spectral.Core.Bundles;
using Spectral.Core.Formats;
using Xunit;

namespace Spectral.Core.Tests.Bundles;

/// <summary>What a list of bundles knows of one, and how it sees that the files changed.</summary>
public sealed class BundleCardTests : IDisposable
{
    private const string Plan = """
        {"cutoff":{"rank":{"rank":9}},"jacobian":{"at":[{"epoch":0,"name":"initial"}]},"network":{"mlp":{"activation":{"relu":{}},"hidden":[64,8]}},"noise":{"uniform":{"rate":0.25}},"plan":1,"seed":{"root":1}}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("spectral-card-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_card_has_the_bags_facts_every_setting_and_every_measurement_at_a_checkpoint()
    {
        BundleCard card = BundleCard.Read(Seal());
        Assert.Null(card.Damage);
        (string Path, CardValue Value)[] expected =
        [
            ("name", CardValue.Of("sample")),
            ("created", CardValue.Of("2026-03-02T01:35:00Z")),
            ("signed", CardValue.Of("false")),
            ("n", CardValue.Of(4)),
            ("train_error", CardValue.Of(0.25)),
            ("test_error", CardValue.Of(0.5)),
            ("noise", CardValue.Of("uniform 0.25")),
            ("noise.kind", CardValue.Of("uniform")),
            ("noise.uniform.rate", CardValue.Of(0.25)),
            ("network.kind", CardValue.Of("mlp")),
            ("network.mlp.hidden.1", CardValue.Of(8)),
            ("network.mlp.activation.kind", CardValue.Of("relu")),
            ("seed.root", CardValue.Of(1)),
            // A curve in the spaces of one checkpoint: the value at that checkpoint's own epoch.
            ("residual_energy.information@final/train/given", CardValue.Of(0.7)),
            // Without a Jacobian: the checkpoint of the epoch.
            ("weight_distance.from_initial@final", CardValue.Of(3)),
            ("weight_distance.from_initial@1", CardValue.Of(2)),
        ];
        Assert.All(expected, fact => Assert.Equal(fact.Value, card.Values[fact.Path]));
    }

    [Fact]
    public void A_bundle_that_cannot_be_read_has_a_card_that_says_why()
    {
        string bundle = Seal();
        File.AppendAllText(Path.Combine(bundle, "data", "plan.json"), " ");
        BundleCard card = BundleCard.Read(bundle);
        Assert.Contains("plan.json is not the plan", card.Damage, StringComparison.Ordinal);
        Assert.Equal(Path.GetFileName(bundle), card.Values["folder"].Text);
        File.Delete(Path.Combine(bundle, "bag-info.txt"));
        Assert.Contains("bag-info.txt", BundleCard.Read(bundle).Damage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bag-info.txt")]
    [InlineData("manifest-sha512.txt")]
    [InlineData("data/plan.json")]
    [InlineData("data/results/measurements.csv")]
    public void A_stamp_tells_a_file_that_changed_or_went(string file)
    {
        string bundle = Seal();
        string before = BundleStamp.Of(bundle)!;
        Assert.Equal(before, BundleStamp.Of(bundle));
        string path = Path.Combine(bundle, file);
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddSeconds(1));
        string later = BundleStamp.Of(bundle)!;
        Assert.NotEqual(before, later);
        File.Delete(path);
        Assert.NotEqual(later, BundleStamp.Of(bundle));
    }

    [Fact]
    public void A_search_finds_bundles_one_level_down_or_at_any_depth_and_never_a_draft()
    {
        string first = Seal("runs"), deep = Seal("runs/more/most"), draft = Seal("hidden");
        Directory.Move(draft, Path.Combine(_folder, "runs", ".draft"));
        Directory.CreateDirectory(Path.Combine(_folder, "runs", "empty"));
        string runs = Path.Combine(_folder, "runs");
        Assert.Equal([first], BundleSearch.Find(runs, isRecursive: false).Select(found => found.Root));
        Assert.Equal(
            new[] { first, deep }.Order(StringComparer.Ordinal),
            BundleSearch.Find(runs + "/", isRecursive: true).Select(found => found.Root));
        Assert.Equal([deep], BundleSearch.Find(deep, isRecursive: false).Select(found => found.Root));
        Assert.Throws<DirectoryNotFoundException>(() => BundleSearch.Find(Path.Combine(_folder, "none"), isRecursive: true));
    }

    private string Seal(string folder = "runs")
    {
        byte[] plan = CanonicalJson.Serialize(CanonicalJson.Parse(System.Text.Encoding.UTF8.GetBytes(Plan.Trim())));
        BundleIdentity identity = new("sample", "A card", ContentHash.Sha256(plan), ContentHash.Sha256("e"u8), "spectral 0.1.0");
        using BundleDraft draft = BundleDraft.Open(Path.Combine(_folder, folder), identity);
        draft.Payload.Write("plan.json", plan);
        draft.Payload.Write("results/training.csv", """
            epoch,split,target,loss,error,errors,examples
            0,train,given,0.9,0.75,3,4
            2,train,given,0.5,0.25,1,4
            2,train,clean,0.5,0.5,2,4
            2,test,clean,0.5,0.5,1,2

            """u8);
        draft.Payload.Write("results/measurements.csv", """
            analysis,quantity,epoch,spectrum_at,split,target,cutoff_rank,cutoff_alpha,value,lower,upper,unit,status
            spectrum,parameters,2,final,train,,9,1,275,275,275,parameters,ok
            residual_energy,information,0,final,train,given,9,1,0.9,0.9,0.9,,ok
            residual_energy,information,2,final,train,given,9,1,0.7,0.7,0.7,,ok
            weight_distance,from_initial,1,,,,,,2,2,2,,ok
            weight_distance,from_initial,2,,,,,,3,3,3,,ok

            """u8);
        draft.Payload.Write(
            "record/timings.json",
            """{"stages":[{"end":"2026-03-01T23:31:00-02:00","stage":"data"},{"end":"2026-03-01T23:35:00-02:00","stage":"analyses"}]}"""u8);
        return draft.Seal(SampleBundle.Record() with { Stages = [] });
    }
}
