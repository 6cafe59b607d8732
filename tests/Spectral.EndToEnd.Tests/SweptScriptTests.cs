using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>Sweeps of F# scripts: the points of their YAML form, whatever verb asks for them.</summary>
public sealed class SweptScriptTests : IDisposable
{
    private const string Grid = """
            sweep (
                grid {
                    over "noise.uniform" [ 0.0; 0.5 ]
                    zip (together { cutoff [ rank 3; energy 0.9 ]; over "seed" [ 1 .. 2 ] })
                    exclude (point { having "noise.uniform" 0.5; having "seed" 2 })
                }
            )

        """;

    private const string Yaml = """
        sweep:
          noise.uniform: [0, 0.5]
          zip: {cutoff: [{rank: 3}, {energy: 0.9}], seed: {from: 1, to: 2}}
          exclude: [{noise.uniform: 0.5, seed: 2}]

        """;

    private readonly WorkFolder _folder = new();

    /// <summary>What is wrong with the sweep, and what stderr must say.</summary>
    public static TheoryData<string, string, string[]> Wrong => new()
    {
        // The F# compiler's: values of another family or of several types.
        { "cutoff [ rank 3; energy 0.9 ]", "cutoff [ uniform 0.5; pairFlip 0.5 ]", ["bad.fsx:24:38: error SP0601: FS0001", "LabelNoise"] },
        { "[ 0.0; 0.5 ]", "[ 0.0; \"half\" ]", ["bad.fsx:23:41: error SP0601: FS0001"] },
        // Ours, at the path and its values.
        { "[ 0.0; 0.5 ]", "[ 1.5; 0.5 ]", ["bad.fsx:23:36: error SP0204: noise.uniform.rate expects a real in [0, 1], got 1.5", "at point "] },
        { "noise.uniform\" [ 0.0", "noise.unifrom\" [ 0.0", ["bad.fsx:25:37: error SP0506: 'noise.uniform' is no path of the sweep"] },
        { "[ 1 .. 2 ]", "[ 1 .. 3 ]", ["bad.fsx:24:72: error SP0504: seed has 3 values, expected 2, as many as cutoff"] },
        { "[ 1 .. 2 ]", "(range { first 1; last 2; step 3 })", ["bad.fsx:24:", "error SP0503: steps of 3 from 1 miss 2"] },
        { "having \"seed\" 2", "having \"seed\" 7", ["bad.fsx:25:", "error SP0506: no point has noise.uniform=0.5, seed=7"] },
    };

    private CommandLine Spectral => CommandLine.In(_folder).With("SPECTRAL_CACHE", _folder.Locate("cache"));

    private static string Swept => Script.TinyWith("    threads 1\n", "    threads 1\n" + Grid);

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_sweep_is_told_at_its_place(string text, string other, string[] said)
    {
        string[] parts = Swept.Split(text);
        Assert.Equal(2, parts.Length);
        _folder.Write("bad.fsx", string.Join(other, parts));
        (await Spectral.Run("check", "bad.fsx")).ExpectRefusal(2, said);
    }

    [Fact]
    public async Task A_script_has_the_points_of_its_YAML_form_and_check_and_plan_list_them()
    {
        _folder.Write("a.fsx", Swept);
        _folder.Write("a.yaml", Spec.Tiny + Yaml);
        string[] script = (await Spectral.Run("check", "a.fsx")).Expect(0).Lines, yaml = (await Spectral.Run("check", "a.yaml")).Expect(0).Lines;
        Assert.Equal(3, script.Length);
        Assert.Equal(yaml.Select(line => line["a.yaml".Length..]), script.Select(line => line["a.fsx".Length..]));
        string plan = (await Spectral.Run("plan", "a.fsx")).Expect(0).Output;
        Assert.All(script, line => Assert.Contains(After(line, "plan ")[..12], plan, StringComparison.Ordinal));
        Assert.Contains(After(script[1], "plan ")[..12], (await Spectral.Run("plan", "a.fsx", "--point", "2")).Expect(0).Output);
    }

    [Fact]
    public async Task Points_of_a_script_run_one_by_one_several_at_once_and_alone()
    {
        _folder.Write("a.fsx", Swept);
        Outcome all = (await Spectral.Run("run", "a.fsx", "--device", "cpu", "--out", "all", "--jobs", "2")).Expect(0);
        Assert.Equal(3, all.Lines.Length);
        string one = (await Spectral.Run("run", "a.fsx", "--device", "cpu", "--out", "one", "--point", "2")).Expect(0).Bundle(_folder.Path);
        Assert.Equal(BundleFiles.ContentDigest(_folder.Locate(all.Lines[1])), BundleFiles.ContentDigest(one));
        Assert.Equal("A run for tests. [noise.uniform=0, cutoff={energy: 0.9}, seed=2]", BundleFiles.Info(one, "External-Description"));
        (await Spectral.Run("verify", one)).Expect(0);
        (await Spectral.Run("run", "a.fsx", "--point", "4")).ExpectRefusal(2, "SP0507", "an integer in [1, 3], got 4");
    }

    [Fact]
    public async Task A_failure_ends_the_sweep_of_a_script_unless_it_is_to_keep_going()
    {
        // No machine has the memory for the first network.
        const string Zip = "    sweep (grid { zip (together { over \"network.mlp.hidden\" [ [ 9000000; 9000000 ]; [ 4 ]; [ 5 ] ]; over \"seed\" [ 1; 2; 3 ] }) })\n";
        _folder.Write("bad.fsx", Script.TinyWith("    threads 1\n", "    threads 1\n" + Zip));
        Assert.Empty((await Spectral.Run("run", "bad.fsx", "--device", "cpu")).Expect(5).Lines);
        Assert.Equal(2, (await Spectral.Run("run", "bad.fsx", "--device", "cpu", "--keep-going")).Expect(5).Lines.Length);
    }

    private static string After(string line, string mark) => line[(line.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..];
}
