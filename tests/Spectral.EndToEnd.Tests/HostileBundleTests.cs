using System.Collections.Immutable;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Enumeration;
using Spectral.EndToEnd.Tests.Fixtures;
using Spectral.EndToEnd.Tests.Hostile;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>Bundles made to harm who opens them: refused soon, in little memory, with nothing written and no trace.</summary>
public sealed class HostileBundleTests(SealedBundles bundles)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20); // a fraction of a second where no one else computes

    private static readonly ImmutableArray<HostileCase> Cases =
    [
        .. HostileTags.All, .. HostileFiles.All, .. HostileArrays.All, .. HostileJson.All, .. HostileSignatures.All,
    ];

    /// <summary>The names of all cases.</summary>
    public static TheoryData<string> Names { get; } = [.. Cases.Select(one => one.Name)];

    /// <summary>Some that are hungry, for processes of their own with little memory.</summary>
    public static TheoryData<string> Hungry { get; } =
    [
        "a manifest of 20 MB", "a bag-info.txt of 20 MB", "an array that is a hole of 1 TB", "a plan that is a hole of 1 GB",
        "a pipe in place of the plan", "an endless device in place of the plan", "an array of version 2 with a header of 4 GB",
        "an array that holds less than it says", "weights with a header of 99 MB that is not there", "weights beyond the file",
        "a table with a million columns", "a table with a number of a million digits", "a plan 100,000 objects deep",
        "a plan of 6 MB", "data/ro-crate-metadata.json of 17 MB", "a plan with 2^31 hidden units", "a signature file of 20 MB",
    ];

    [Fact]
    public void There_are_more_than_a_hundred_and_no_name_twice()
    {
        Assert.True(Cases.Length >= 200, $"{Cases.Length} cases");
        Assert.Equal(Cases.Length, Cases.Select(one => one.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_verb_that_opens_a_bundle_refuses_it_and_leaves_everything_as_it_was(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the table needs pipes, links and names of Unix");
        using WorkFolder folder = new();
        string bundle = Forged(folder, name), key = Key(folder), nowhere = folder.Locate("nowhere");
        string[] before = Listing(folder);
        Stopwatch clock = Stopwatch.StartNew();
        Outcome verify = (await InProcess.Run("verify", bundle)).Expect(6);
        Assert.All(verify.Lines, line => Assert.StartsWith(bundle + ": ", line, StringComparison.Ordinal));
        Assert.DoesNotContain(verify.Output + verify.Error, IsControl);
        Assert.True(verify.Output.Length < 300_000, $"{verify.Output.Length} characters");
        foreach (string[] line in (string[][])
            [["rerun", bundle], ["export", bundle, "--out", nowhere], ["bundle", "pack", bundle, "--out", nowhere], ["bundle", "sign", bundle, "--key", key]])
        {
            Outcome refused = (await InProcess.Run(line)).ExpectRefusal(6, bundle);
            Assert.DoesNotContain(refused.Error, IsControl);
            Assert.True(refused.Error.Length < 5_000, $"{refused.Error.Length} characters");
        }

        // 'show' and 'report' check no hashes: what they do not read does them no harm.
        foreach (string verb in (string[])["show", "report"])
        {
            Outcome shown = await InProcess.Run(verb, bundle);
            Assert.DoesNotContain(shown.Output + shown.Error, IsControl);
            if (shown.ExitCode != 0)
                shown.ExpectRefusal(6, bundle);
        }

        Assert.True(clock.Elapsed < Soon, $"{clock.Elapsed.TotalSeconds} s");
        Assert.Equal(before, Listing(folder));
        if (name == "a name that is not UTF-8")
            new BundleForgery(bundle).Shell("rm -r data"); // .NET cannot name it, to delete it
    }

    [Theory]
    [MemberData(nameof(Hungry))]
    public async Task A_process_of_its_own_needs_little_memory_for_it(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the table needs pipes, links and names of Unix");
        using WorkFolder folder = new();
        string bundle = Forged(folder, name);
        CommandLine spectral = CommandLine.In(folder).With("DOTNET_GCHeapHardLimit", "0x10000000"); // 256 MiB
        Outcome verify = (await spectral.Run("verify", bundle)).Expect(6);
        Assert.Contains("is damaged", verify.Error, StringComparison.Ordinal);
        (await spectral.Run("rerun", bundle)).ExpectRefusal(6, bundle);
        Outcome show = await spectral.Run("show", bundle);
        if (show.ExitCode != 0)
            show.ExpectRefusal(6, bundle);
    }

    [Fact]
    public async Task An_archive_of_a_hostile_bundle_is_not_unpacked()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the table needs names of Unix");
        foreach (HostileCase one in (ImmutableArray<HostileCase>)[.. HostileTags.All, .. HostileArrays.All, .. HostileSignatures.All])
        {
            if (one.Name.Contains("1 TB", StringComparison.Ordinal))
                continue;
            using WorkFolder folder = new();
            string bundle = Forged(folder, one.Name), archive = folder.Locate("a.tar");
            Tar(bundle, archive);
            string[] before = Listing(folder);
            Outcome outcome = await InProcess.Run("bundle", "unpack", archive, "--out", folder.Locate("out/deep"));
            Assert.True(outcome.ExitCode == 6, $"{one.Name}: {outcome.ExitCode}");
            outcome.ExpectRefusal(6, archive);
            Assert.Equal(before, Listing(folder));
        }
    }

    [Fact]
    public async Task The_same_calls_accept_the_bundle_before_it_was_forged()
    {
        using WorkFolder folder = new();
        string bundle = BundleFiles.Copy(bundles.Tiny, folder.Locate(Path.GetFileName(bundles.Tiny))), archive = folder.Locate("a.tar");
        foreach (string[] line in (string[][])[["verify", bundle], ["show", bundle], ["report", bundle], ["export", bundle, "--out", folder.Locate("x")]])
            (await InProcess.Run(line)).Expect(0);
        Tar(bundle, archive);
        (await InProcess.Run("bundle", "unpack", archive, "--out", folder.Locate("out"))).Expect(0);
        BundleForgery forgery = new(bundle);
        forgery.Manifest(text => text);
        forgery.PutAndSeal("data/spec.yaml", File.ReadAllBytes(Path.Combine(bundle, "data", "spec.yaml")));
        (await InProcess.Run("verify", bundle)).Expect(0);
    }

    private static bool IsControl(char letter) => char.IsControl(letter) && letter != '\n';

    private static string Key(WorkFolder folder)
    {
        using System.Security.Cryptography.ECDsa key =
            System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        return folder.Locate(folder.Write("key.pem", key.ExportPkcs8PrivateKeyPem()));
    }

    private string Forged(WorkFolder folder, string name)
    {
        string bundle = BundleFiles.Copy(bundles.Tiny, folder.Locate("bundle"));
        Cases.Single(one => one.Name == name).Forge(new BundleForgery(bundle));
        return bundle;
    }

    /// <summary>Every entry with its length and time, opening none and following no link.</summary>
    private static string[] Listing(WorkFolder folder) =>
    [
        .. new FileSystemEnumerable<string>(
                folder.Path,
                (ref FileSystemEntry entry) => Described(entry.ToFileSystemInfo()),
                new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        {
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        }.Order(StringComparer.Ordinal),
    ];

    private static string Described(FileSystemInfo entry) => FormattableString.Invariant(
        $"{entry.FullName} {entry.LastWriteTimeUtc.Ticks} {entry.LinkTarget} {(entry is FileInfo { LinkTarget: null, Exists: true } file ? file.Length : 0)}");

    /// <summary>An archive of the files as they are, in the form of 'bundle pack'.</summary>
    private void Tar(string bundle, string archive)
    {
        using FileStream stream = new(archive, FileMode.CreateNew);
        using TarWriter writer = new(stream, TarEntryFormat.Ustar);
        foreach (string name in BundleFiles.Names(bundle).Order(StringComparer.Ordinal))
        {
            using FileStream content = File.OpenRead(Path.Combine(bundle, name));
            string path = $"{Path.GetFileName(bundles.Tiny)}/{name}";
            TarEntry entry = path.Length <= 100 ? new UstarTarEntry(TarEntryType.RegularFile, path) : new GnuTarEntry(TarEntryType.RegularFile, path);
            entry.DataStream = content;
            entry.Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
            entry.ModificationTime = DateTimeOffset.UnixEpoch;
            writer.WriteEntry(entry);
        }
    }
}
