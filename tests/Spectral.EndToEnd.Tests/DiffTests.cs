using System.Globalization;
using System.Text.Json.Nodes;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary><c>diff</c>: two bundles side by side, every number as its table has it.</summary>
public sealed class DiffTests(SealedBundles bundles) : IDisposable
{
    private readonly Shelf _shelf = new(bundles);

    /// <inheritdoc/>
    public void Dispose() => _shelf.Dispose();

    [Fact]
    public async Task Two_runs_differ_in_what_was_set_and_in_numbers_that_are_those_of_their_tables()
    {
        string other = await RunTiny("seed=2", "training.epochs=3");
        JsonObject json = (await _shelf.Spectral.Run("diff", _shelf.Tiny, other, "--json")).Expect(0).Json;
        Assert.Equal(["jacobian.at.2.epoch 4 3", "seed.root 1 2", "training.epochs 4 3"], Leaves(json["plan"]));
        Assert.Contains("overrides.0 null \"seed=2\"", Leaves(json["spec"]));
        (Table a, Table b) = (
            Table.Read(_shelf.Tiny, "data", "results", "measurements.csv"), Table.Read(other, "data", "results", "measurements.csv"));
        JsonNode[] rows = [.. json["measurements"]!.AsArray().OfType<JsonNode>()];
        Assert.True(rows.Length > 20);
        foreach (JsonNode row in rows)
        {
            (string, string)[] key =
            [
                .. new[] { "analysis", "quantity", "epoch", "spectrum_at", "split", "target" }
                    .Select(column => (column, row[column]!.ToString())),
            ];
            foreach ((Table table, JsonNode? side) in new[] { (a, row["a"]), (b, row["b"]) })
            {
                string[][] found = table.Where(key);
                Assert.Equal(side is null ? 0 : 1, found.Length);
                if (side?["value"] is { } value)
                    Assert.Equal(Table.Parse(found[0][8]), value.GetValue<double>());
            }

            if (row["difference"] is { } difference)
            {
                (double x, double y) = (row["a"]!["value"]!.GetValue<double>(), row["b"]!["value"]!.GetValue<double>());
                Assert.Equal(y - x, difference.GetValue<double>());
                Assert.Equal(x == y ? 0 : Math.Abs(y - x) / Math.Max(Math.Abs(x), Math.Abs(y)), row["relative"]!.GetValue<double>());
            }
        }

        // The last epoch has another name in either bundle.
        Assert.Contains(rows, row => row["a"] is null);
        double[] weights = [.. rows.Where(row => row["relative"] is not null).Select(row => row["relative"]!.GetValue<double>())];
        Assert.Equal(weights.OrderDescending(), weights);
        Assert.Contains(json["training"]!.AsArray(), row => row!["quantity"]!.ToString() == "loss" && row["b"] is null);
        Assert.Contains(json["arrays"]!.AsArray(), row => row!["path"]!.ToString() == "results/final/train/singular_values.npy");
    }

    [Fact]
    public async Task A_copy_differs_in_nothing()
    {
        string copy = BundleFiles.Copy(_shelf.Tiny, _shelf.Locate("copy"));
        JsonObject json = (await _shelf.Spectral.Run("diff", _shelf.Tiny, copy, "--json")).Expect(0).Json;
        Assert.All(
            new[] { "plan", "spec", "environment", "measurements", "training", "arrays" },
            kind =>
            {
                Assert.Empty(json[kind]!.AsArray());
                Assert.True(json["same"]![kind]!.GetValue<int>() > 0, kind);
            });
        Outcome text = (await _shelf.Spectral.Run("diff", _shelf.Tiny, copy)).Expect(0);
        Assert.Equal([$"A = {_shelf.Tiny}, B = {copy}"], text.Lines[..^1]);
        Assert.StartsWith("- The same in both: ", text.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_difference_in_the_last_bit_is_shown_in_full()
    {
        string copy = BundleFiles.Copy(_shelf.Tiny, _shelf.Locate("copy"));
        string path = Path.Combine(copy, "data", "results", "measurements.csv");
        string[] lines = File.ReadAllLines(path);
        int at = Array.FindIndex(lines, line => line.StartsWith("spectrum,sigma_1,4,final,train", StringComparison.Ordinal));
        string[] cells = lines[at].Split(',');
        string original = cells[8];
        double next = Math.BitIncrement(double.Parse(original, CultureInfo.InvariantCulture));
        cells[8] = next.ToString("R", CultureInfo.InvariantCulture);
        lines[at] = string.Join(',', cells);
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        BundleFiles.Reseal(copy);
        Outcome text = (await _shelf.Spectral.Run("diff", _shelf.Tiny, copy, "--verify", "--quantity", "spectrum.*")).Expect(0);
        string row = text.Lines.Single(line => line.StartsWith("spectrum.sigma_1", StringComparison.Ordinal));
        Assert.Contains(original, row, StringComparison.Ordinal);
        Assert.Contains(cells[8], row, StringComparison.Ordinal);
        Assert.EndsWith("no", row.TrimEnd(), StringComparison.Ordinal);
        Outcome other = (await _shelf.Spectral.Run("diff", _shelf.Tiny, copy, "--quantity", "label_alignment.*")).Expect(0);
        Assert.DoesNotContain("spectrum.sigma_1", other.Output, StringComparison.Ordinal);
        Outcome all = (await _shelf.Spectral.Run("diff", _shelf.Tiny, copy, "--all")).Expect(0);
        Assert.Contains("label_alignment.information", all.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_may_be_named_by_its_name_or_the_first_digits_of_a_hash()
    {
        string whole = (await _shelf.Spectral.Run("diff", _shelf.Tiny, _shelf.Quickstart, "--json")).Expect(0).Output;
        string plan = BundleFiles.Info(_shelf.Tiny, "Spectral-Plan-Hash")[..8];
        string digest = BundleFiles.ContentDigest(_shelf.Quickstart)[..6];
        foreach ((string a, string b) in new[] { ("tiny", "quickstart"), (plan, digest), (Path.GetFileName(_shelf.Tiny), digest) })
            Assert.Equal(whole, (await _shelf.Spectral.Run("diff", a, b, "--json")).Expect(0).Output);
        (await _shelf.Spectral.Run("diff", "tinny", "quickstart")).ExpectRefusal(2, "did you mean 'tiny'?");
        (await _shelf.Spectral.Run("diff", "tiny", "quickstart", "--in", "nowhere")).ExpectRefusal(2, "no folder 'tiny'", "nowhere");
        await RunTiny("seed=2");
        (await _shelf.Spectral.Run("diff", "tiny", "quickstart")).ExpectRefusal(2, "may be 2 bundles", Path.GetFileName(_shelf.Tiny));
    }

    [Theory]
    [InlineData("data/results/training.csv", false)]
    [InlineData("data/results/measurements.csv", false)]
    [InlineData("data/plan.json", false)]
    [InlineData("data/report/report.html", true)]
    public async Task A_damaged_bundle_ends_it_with_6(string file, bool isSeenByHashesAlone)
    {
        File.WriteAllText(Path.Combine(_shelf.Tiny, file), "\"");
        if (isSeenByHashesAlone)
            (await _shelf.Spectral.Run("diff", _shelf.Tiny, _shelf.Quickstart)).Expect(0);
        string[] verify = isSeenByHashesAlone ? ["--verify"] : [];
        (await _shelf.Spectral.Run(["diff", _shelf.Quickstart, _shelf.Tiny, .. verify])).ExpectRefusal(6, _shelf.Tiny);
    }

    private async Task<string> RunTiny(params string[] overrides)
    {
        File.WriteAllText(_shelf.Locate("tiny.yaml"), Spec.Tiny);
        Outcome run = await _shelf.Spectral.Run(
            ["run", "tiny.yaml", "--device", "cpu", .. overrides.SelectMany(set => new[] { "-S", set })]);
        return Path.GetFullPath(run.Expect(0).Bundle(_shelf.Locate()));
    }

    private static string[] Leaves(JsonNode? list) =>
    [
        .. list!.AsArray().Select(leaf => $"{leaf!["path"]} {leaf["a"]?.ToJsonString() ?? "null"} {leaf["b"]?.ToJsonString() ?? "null"}")
            .Order(StringComparer.Ordinal),
    ];
}
