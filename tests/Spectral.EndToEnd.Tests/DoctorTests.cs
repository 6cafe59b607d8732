using System.Text.Json.Nodes;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary><c>doctor</c>, and the devices that it tells of.</summary>
public sealed class DoctorTests(SealedBundles bundles)
{
    [Fact]
    public async Task Doctor_finds_this_machine_sound_and_says_the_same_as_json()
    {
        CommandLine spectral = new(bundles.Folder);
        Outcome text = (await spectral.Run("doctor")).Expect(0);
        JsonArray findings = (await spectral.Run("doctor", "--json")).Expect(0).Json["findings"]!.AsArray();
        Assert.Contains(findings, finding => finding!["subject"]!.GetValue<string>() == "libtorch" && finding["sound"]!.GetValue<bool>());
        Assert.DoesNotContain(findings, finding => finding!["sound"] is { } sound && !sound.GetValue<bool>());
        Assert.All(findings.Where(finding => finding!["subject"]!.GetValue<string>() != "temporary files"), finding =>
            Assert.Contains($"{finding!["subject"],-22}{finding["found"]}", text.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("BAD", text.Output, StringComparison.Ordinal);
        Assert.Contains(findings, finding => finding!["subject"]!.GetValue<string>() == "numeric environment"
            && finding["found"]!.GetValue<string>().StartsWith(BundleFiles.Info(bundles.Tiny, "Spectral-Numeric-Environment")[..12], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Doctor_ends_with_5_and_a_remedy_where_no_temporary_file_can_be_written()
    {
        using WorkFolder folder = new();
        Outcome doctor = (await CommandLine.In(folder).With("TMPDIR", folder.Locate("nowhere")).Run("doctor")).Expect(5);
        Assert.Contains("BAD temporary files", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("set TMPDIR", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cuda_runs_where_doctor_finds_it_and_is_refused_with_5_where_it_does_not()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        string spec = folder.Write("tiny.yaml", Spec.Tiny);
        string cuda = (await spectral.Run("doctor", "--json")).Expect(0).Json["findings"]!.AsArray()
            .Single(finding => finding!["subject"]!.GetValue<string>() == "CUDA")!["found"]!.GetValue<string>();
        Outcome run = await spectral.Run("run", spec, "--device", "cuda");
        if (cuda.Contains("device(s)", StringComparison.Ordinal))
        {
            string bundle = run.Expect(0).Bundle(folder.Path);
            Assert.Equal("cuda:0", JsonNode.Parse(File.ReadAllText(Path.Combine(bundle, "data", "record", "environment.json")))!["device"]!.GetValue<string>());
            return;
        }

        run.ExpectRefusal(5, "cuda", "--device cpu");
        (await spectral.Run("rerun", bundles.Tiny, "--device", "cuda:1")).ExpectRefusal(5, "cuda:1");
        Assert.Equal(["tiny.yaml"], folder.Entries());
    }
}
