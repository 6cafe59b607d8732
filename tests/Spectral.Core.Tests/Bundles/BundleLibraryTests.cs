using Spectral.Core.Bundles;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Bundles;

/// <summary>Opening bundles, and finding the one that makes a run unnecessary.</summary>
public sealed class BundleLibraryTests
{
    [Fact]
    public void An_open_bundle_tells_what_it_is_of()
    {
        using var temporary = new TemporaryFolder();
        var identity = SampleBundle.Identity();
        var bundle = BundleFolder.Open(SampleBundle.Seal(temporary.Path));
        Assert.Equal(identity.Name, bundle.Name);
        Assert.Equal("A test of bundles", bundle.Description);
        Assert.Equal(identity.PlanHash, bundle.PlanHash);
        Assert.Equal(identity.NumericEnvironment, bundle.NumericEnvironment);
        Assert.Equal(identity.Software, bundle.Software);
        Assert.Equal(ContentDigest.Compute(bundle.Payload).Digest, bundle.ContentDigest);
        Assert.Equal(SampleBundle.Plan, bundle.Payload.Read("plan.json"));
    }

    [Theory]
    [InlineData("bagit.txt")]
    [InlineData("bag-info.txt")]
    [InlineData("manifest-sha512.txt")]
    [InlineData("tagmanifest-sha512.txt")]
    [InlineData("data/plan.json")]
    [InlineData("data/content.json")]
    public void A_folder_that_lacks_a_part_is_no_bundle(string part)
    {
        using var temporary = new TemporaryFolder();
        var bundle = SampleBundle.Seal(temporary.Path);
        File.Delete(Path.Combine(bundle, part));
        var error = Assert.Throws<InvalidDataException>(() => BundleFolder.Open(bundle));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bundle_of_another_version_or_with_broken_metadata_is_refused()
    {
        using var temporary = new TemporaryFolder();
        var bundle = SampleBundle.Seal(temporary.Path);
        SampleBundle.EditInfo(bundle, "Spectral-Bundle-Version", "2");
        Assert.Throws<InvalidDataException>(() => BundleFolder.Open(bundle));
        SampleBundle.WriteTag(bundle, "bag-info.txt", "Spectral-Bundle-Version: 1\n");
        Assert.Throws<InvalidDataException>(() => BundleFolder.Open(bundle));
        SampleBundle.WriteTag(bundle, "bag-info.txt", "broken");
        Assert.Throws<InvalidDataException>(() => BundleFolder.Open(bundle));
        Assert.Throws<InvalidDataException>(() => BundleFolder.Open(temporary.File("nowhere")));
    }

    [Fact]
    public void A_complete_bundle_is_found_by_name_plan_and_environment()
    {
        using var temporary = new TemporaryFolder();
        Assert.Null(BundleLibrary.FindComplete(temporary.File("nowhere"), SampleBundle.Identity()));
        Assert.Null(BundleLibrary.FindComplete(temporary.Path, SampleBundle.Identity()));
        var first = SampleBundle.Seal(temporary.Path);
        var second = SampleBundle.Seal(temporary.Path, SampleBundle.Identity(environment: "another"));
        Assert.Equal(first, BundleLibrary.FindComplete(temporary.Path, SampleBundle.Identity()));
        Assert.Equal(first, BundleLibrary.FindComplete(temporary.Path, SampleBundle.Identity(description: "another")));
        Assert.Equal(second, BundleLibrary.FindComplete(temporary.Path, SampleBundle.Identity(environment: "another")));
        Assert.Null(BundleLibrary.FindComplete(temporary.Path, SampleBundle.Identity(environment: "a third")));
    }

    [Fact]
    public void A_damaged_bundle_is_passed_over()
    {
        using var temporary = new TemporaryFolder();
        var first = SampleBundle.Seal(temporary.Path);
        var second = SampleBundle.Seal(temporary.Path);
        File.AppendAllText(Path.Combine(first, "data/results/training.csv"), "2,train,0.125\n");
        Assert.Equal(second, BundleLibrary.FindComplete(temporary.Path, SampleBundle.Identity()));
        File.Delete(Path.Combine(second, "bag-info.txt"));
        Assert.Null(BundleLibrary.FindComplete(temporary.Path, SampleBundle.Identity()));
    }

    [Fact]
    public void A_folder_with_another_suffix_or_an_open_draft_is_not_looked_at()
    {
        using var temporary = new TemporaryFolder();
        var bundle = SampleBundle.Seal(temporary.Path);
        Directory.Move(bundle, bundle + "-old");
        using var draft = BundleDraft.Open(temporary.Path, SampleBundle.Identity());
        Assert.Null(BundleLibrary.FindComplete(temporary.Path, SampleBundle.Identity()));
    }
}
