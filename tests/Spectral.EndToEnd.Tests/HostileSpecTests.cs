using System.Diagnostics;
using System.Text;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>Files that are no specs, or that are made to be slow, each with the error that says so.</summary>
public sealed class HostileSpecTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    /// <summary>Texts with the code that each must get.</summary>
    public static TheoryData<string, string, string> Texts { get; } = new()
    {
        { "aliases of aliases", Bomb(30), "SP0016" },
        { "aliases under keys", "a: &a {x: 1}\n" + string.Concat(Enumerable.Range(0, 60).Select(n => $"b{n}: &b{n} [{string.Concat(Enumerable.Repeat(n == 0 ? "*a," : $"*b{n - 1},", 9))}]\n")), "SP0016" },
        { "an alias of itself", "a: &a [*a]\n", "SP0015" },
        { "lists in lists", new string('[', 100_000), "SP0017" },
        { "mappings in mappings", string.Concat(Enumerable.Repeat("{a: ", 50_000)), "SP0017" },
        { "block lists", string.Concat(Enumerable.Repeat("- ", 100_000)), "SP0017" },
    };

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_text_made_to_be_slow_gets_a_clear_error_soon(string title, string text, string code)
    {
        Assert.NotEmpty(title);
        Stopwatch clock = Stopwatch.StartNew();
        _folder.Write("a.yaml", text);
        (await CommandLine.In(_folder).Run("check", "a.yaml")).ExpectRefusal(2, $"error {code}:");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");
    }

    [Fact]
    public async Task A_file_of_100_MB_is_refused_without_being_read()
    {
        using (FileStream large = new(_folder.Locate("large.yaml"), FileMode.CreateNew))
            large.SetLength(100_000_000);
        (await CommandLine.In(_folder).Run("check", "large.yaml")).ExpectRefusal(2, "error SP0003:");
    }

    [Fact]
    public async Task Binary_files_are_refused()
    {
        File.Copy(CommandLine.Program, _folder.Locate("program.yaml"));
        File.WriteAllBytes(_folder.Locate("utf16.yaml"), Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Spec.Tiny)).ToArray());
        File.WriteAllBytes(_folder.Locate("zeros.yaml"), new byte[1000]);
        foreach (string file in (string[])["program.yaml", "utf16.yaml", "zeros.yaml"])
            (await CommandLine.In(_folder).Run("check", file)).ExpectRefusal(2, "error SP000");
    }

    [Fact]
    public async Task What_is_no_file_at_all_is_refused()
    {
        _folder.Make("folder");
        (await CommandLine.In(_folder).Run("check", "folder")).ExpectRefusal(2, "error SP0002:");
        if (OperatingSystem.IsLinux())
            (await CommandLine.In(_folder).Run("check", "/dev/zero")).ExpectRefusal(2, "error SP000");
    }

    private static string Bomb(int levels) =>
        "a0: &a0 [1, 1]\n" + string.Concat(Enumerable.Range(1, levels).Select(level => $"a{level}: &a{level} [*a{level - 1}, *a{level - 1}, *a{level - 1}]\n"));
}
