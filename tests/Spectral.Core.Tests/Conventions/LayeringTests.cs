using System.Text.RegularExpressions;
using Xunit;

namespace Spectral.Core.Tests.Conventions;

/// <summary>Core's folders are ranked, and a folder uses folders of lower rank only.</summary>
public sealed partial class LayeringTests
{
    /// <summary>The rank of each folder of Core; the Catalog, a file, has one too.</summary>
    private static readonly Dictionary<string, int> Ranks = new()
    {
        ["Components"] = 0,
        ["Randomness"] = 0,
        ["Formats"] = 0,
        ["Numerics"] = 1,
        ["Results"] = 2,
        ["Plans"] = 3,
        ["Initializations"] = 4,
        ["Layers"] = 5,
        ["Losses"] = 5,
        ["Optimizers"] = 5,
        ["Schedules"] = 5,
        ["Augmentations"] = 5,
        ["Stopping"] = 5,
        ["Noises"] = 5,
        ["Cutoffs"] = 5,
        ["Networks"] = 6,
        ["Datasets"] = 6,
        ["Analyses"] = 7,
        ["Catalog"] = 8,
        ["Caching"] = 9,
        ["Execution"] = 10,
        ["Bundles"] = 11,
    };

    /// <summary>Core's folders.</summary>
    public static TheoryData<string> Folders { get; } =
        [.. Directory.GetDirectories(Checkout.Path("src", "Spectral.Core")).Select(Path.GetFileName).OfType<string>().Where(name => name is not ("bin" or "obj"))];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_only_folders_of_lower_rank(string folder)
    {
        Assert.True(Ranks.ContainsKey(folder), $"src/Spectral.Core/{folder} has no rank; give it one in this test and in docs");
        string[] files = Directory.GetFiles(Checkout.Path("src", "Spectral.Core", folder), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(file => Violations(folder, Path.GetFileName(file), File.ReadAllText(file))));
    }

    [Fact]
    public void A_use_of_a_higher_rank_is_found_however_it_is_written()
    {
        Assert.NotEmpty(Violations("Numerics", "a.cs", "using Spectral.Core.Plans;\n"));
        Assert.NotEmpty(Violations("Numerics", "a.cs", "using static Spectral.Core.Plans.Shape;\n"));
        Assert.NotEmpty(Violations("Numerics", "a.cs", "using P = Spectral.Core.Plans.Shape;\n"));
        Assert.NotEmpty(Violations("Numerics", "a.cs", "class A { Spectral.Core.Networks.X x; }"));
        Assert.NotEmpty(Violations("Layers", "a.cs", "var all = Catalog.Components;"));
        Assert.NotEmpty(Violations("Layers", "a.cs", "using Spectral.Core.Losses;\n"));
        Assert.Empty(Violations("Layers", "a.cs", "using Spectral.Core.Numerics;\nnamespace Spectral.Core.Layers;\n"));
    }

    [Fact]
    public void Core_knows_no_YAML_no_FSharp_and_no_console()
    {
        string[] references = [.. typeof(Catalog).Assembly.GetReferencedAssemblies().Select(name => name.Name ?? "")];
        Assert.DoesNotContain(references, name =>
            name.StartsWith("YamlDotNet", StringComparison.Ordinal)
            || name.StartsWith("FSharp", StringComparison.Ordinal)
            || name.StartsWith("Spectre", StringComparison.Ordinal)
            || name.StartsWith("Serilog", StringComparison.Ordinal)
            || name.StartsWith("System.CommandLine", StringComparison.Ordinal)
            || name.StartsWith("Spectral.", StringComparison.Ordinal)
            || name == "System.Console");
    }

    [Fact]
    public void Report_knows_Core_but_not_the_DSL_and_no_tensors()
    {
        string[] references =
            [.. typeof(Spectral.Report.SummaryTable).Assembly.GetReferencedAssemblies().Select(name => name.Name ?? "")];
        Assert.Contains("Spectral.Core", references);
        Assert.DoesNotContain("Spectral.Dsl", references);
        Assert.DoesNotContain("TorchSharp", references);
    }

    private static IEnumerable<string> Violations(string folder, string file, string text)
    {
        foreach (Match match in UsedFolder().Matches(text))
        {
            string used = match.Groups["folder"].Value;
            if (used != folder && (!Ranks.TryGetValue(used, out int rank) || rank >= Ranks[folder]))
                yield return $"{folder}/{file} uses {used}";
        }

        if (Ranks[folder] < Ranks["Catalog"] && text.Contains("Catalog.Components", StringComparison.Ordinal))
            yield return $"{folder}/{file} uses the Catalog";
    }

    /// <summary>A namespace of Core anywhere but in a namespace declaration or a documentation comment.</summary>
    [GeneratedRegex(@"^(?!\s*(namespace|///)).*?Spectral\.Core\.(?<folder>[A-Z]\w*)", RegexOptions.Multiline)]
    private static partial Regex UsedFolder();
}
