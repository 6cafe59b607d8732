using System.Text;
using Spectral.Core;
using Spectral.Core.Plans;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>Canonical plans as files: the bytes that docs/plan.md specifies.</summary>
public sealed class PlanFileTests
{
    /// <summary>A spec, and the file that holds its plan.</summary>
    public static TheoryData<string, string> Plans { get; } = new()
    {
        { Spec.Quickstart, Repository.Path("tests", "plans", "quickstart.plan.json") },
        { Repository.Path("tests", "plans", "everything.yaml"), Repository.Path("tests", "plans", "everything.plan.json") },
    };

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task A_plan_has_the_bytes_of_its_golden_file_and_their_hash(string spec, string golden)
    {
        string canonical = (await InProcess.Run("plan", spec, "--canonical")).Expect(0).Output;
        Assert.Equal(File.ReadAllText(golden), canonical);
        Outcome plan = (await InProcess.Run("plan", spec, "--json")).Expect(0);
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(golden)));
        Assert.Equal(hash, plan.Json["plan_hash"]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void A_golden_file_that_is_read_and_written_has_the_same_bytes(string spec, string golden)
    {
        Assert.True(File.Exists(spec));
        byte[] bytes = File.ReadAllBytes(golden);
        Assert.Equal(bytes, PlanJson.Serialize(PlanJson.Parse(bytes, Catalog.Components), Catalog.Components));
    }

    [Fact]
    public void Every_key_that_docs_name_stands_in_a_golden_file()
    {
        string plans = string.Concat(Plans.Select(plan => File.ReadAllText(plan.Data.Item2)));
        string[] keys =
        [
            .. File.ReadLines(Repository.Path("docs", "plan.md"))
                .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
                .Select(line => line.Split('`')[1].Split('.')[^1])
                .Where(key => key is not ("initial" or "weights")),
        ];
        Assert.True(keys.Length > 25);
        Assert.All(keys, key => Assert.Contains($"\"{key}\":", plans, StringComparison.Ordinal));
        Assert.Equal(Encoding.UTF8.GetByteCount(plans), plans.Length);
    }
}
