using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>Specs that are wrong: told at their place, ended with 2, and nothing made on the disk.</summary>
public sealed class BadSpecTests
{
    /// <summary>What is replaced in the tiny spec, by what, and what stderr must say.</summary>
    public static TheoryData<string, string, string[]> Wrong => new()
    {
        { "epochs: 4", "epohcs: 4", ["bad.yaml:15:3: error SP0103: unknown key 'epohcs' in 'training'", "   15 |   epohcs: 4\n      |   ^~~~~~\n", "Did you mean 'epochs'?"] },
        { "cutoff: {rank: 5}", "cutof: {rank: 5}", ["bad.yaml:18:1: error SP0103: unknown key 'cutof'", "Did you mean 'cutoff'?", "error SP0104: the required key 'cutoff' is missing"] },
        { "momentum: 0.9", "momentun: 0.9", ["bad.yaml:13:42: error SP0202", "'momentun'", "Did you mean 'momentum'?"] },
        { "epochs: 4", "epochs: many", ["bad.yaml:15:11: error SP0106: training.epochs expects an integer", "got the text 'many'"] },
        { "epochs: 4", "epochs: 4.5", ["bad.yaml:15:11: error SP0106: training.epochs expects an integer", "4.5"] },
        { "hidden: [4]", "hidden: [4, wide]", ["bad.yaml:10:21: error SP0204: network.mlp.hidden", "'wide'"] },
        { "seed: 1", "seed: -1", ["bad.yaml:5:7: error SP0106", "-1"] },
        { "uniform: 0.25", "uniform: 1.5", ["bad.yaml:8:18: error SP0204: noise.uniform.rate expects a real in [0, 1], got 1.5"] },
        { "learning_rate: 0.05", "learning_rate: 0", ["bad.yaml:13:36: error SP0204: training.optimizer.sgd.learning_rate", "got 0"] },
        { "learning_rate: 0.05", "learning_rate: .nan", ["bad.yaml:13:36: error SP0204"] },
        { "activation: tanh", "activation: tahn", ["bad.yaml:10:34: error SP0201: unknown layer 'tahn'", "Did you mean 'tanh'?"] },
        { "digits:", "digit:", ["bad.yaml:7:3: error SP0201: unknown dataset 'digit'", "Did you mean 'digits'?"] },
        { "mlp: {hidden: [4], activation: tanh}", "layers: [{dense: 4}, tanh, {dense: 3}]", ["bad.yaml:10:13: error SP0301: layer 0 of the network, dense", "got [1, 8, 8]"] },
        { "mlp: {hidden: [4], activation: tanh}", "layers: [flatten, {dense: 4}, tanh, {dense: 5}]", ["bad.yaml:10:40: error SP0302: the network ends in [5], expected [3]"] },
        { "rank: 5", "rank: 46", ["bad.yaml:18:16: error SP0307: the cutoff asks for rank 46, expected 45 or less: the test Jacobian is 45 x 275"] },
        { "train: 30", "train: 3000", ["bad.yaml:7:39: error SP0206: dataset.digits.train expects no more than the 183 images of digit 3"] },
        { "batch_size: 10", "batch_size: 31", ["bad.yaml:14:15: error SP0304", "31"] },
        { "at: [initial, 2, final]", "at: [initial, 9, final]", ["bad.yaml:17:17: error SP0305", "9"] },
        { "classes: [3, 5, 8]", "classes: [3, 5, 3]", ["bad.yaml:7:", "error SP0206: dataset.digits.classes", "3 twice"] },
        { "name: tiny", "name: ../tiny", ["bad.yaml:3:7: error SP0107", "../tiny"] },
        { "spectral: 1", "spectral: 2", ["bad.yaml:2:11: error SP0102", "2"] },
        { "seed: 1", "seed: 1\nseed: 2", ["bad.yaml:6:1: error SP0009", "'seed'"] },
        { "  epochs: 4", "\tepochs: 4", ["bad.yaml:15:1: error SP0008"] },
        { "threads: 1", "sweep: {seed: []}", ["bad.yaml:19:15: error SP0501", "sweep.seed"] },
        { "name: tiny", "name: *nobody", ["bad.yaml:3:7: error SP0014", "nobody"] },
        { "{rank: 5}", "{rank: 5", ["bad.yaml:", "error SP0007: this is not YAML"] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_spec_is_told_at_its_place_and_makes_nothing(string text, string other, string[] said)
    {
        using WorkFolder folder = new();
        folder.Write("bad.yaml", Spec.TinyWith(text, other));
        Outcome run = await CommandLine.In(folder).Run("run", "bad.yaml", "--out", "out");
        run.ExpectRefusal(2, said);
        Assert.Equal(["bad.yaml"], folder.Entries());
    }

    [Fact]
    public async Task All_errors_of_a_kind_are_told_at_once()
    {
        using WorkFolder folder = new();
        folder.Write("bad.yaml", Spec.TinyWith("uniform: 0.25", "uniform: 2")
            .Replace("activation: tanh", "activation: tahn", StringComparison.Ordinal)
            .Replace("momentum: 0.9", "momentum: 1", StringComparison.Ordinal));
        Outcome run = await CommandLine.In(folder).Run("run", "bad.yaml");
        run.ExpectRefusal(2, "bad.yaml:8:18: error SP0204", "bad.yaml:10:34: error SP0201", "bad.yaml:13:52: error SP0204");
    }

    [Fact]
    public async Task A_spec_that_is_missing_a_folder_empty_or_no_text_is_told_by_its_path()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        folder.Make("folder.yaml");
        folder.Write("empty.yaml", "");
        folder.Write("comments.yaml", "# nothing\n\n");
        folder.Write("text.yaml", "just some words");
        folder.Write("list.yaml", "- a\n- b\n");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "spectral.dll"), folder.Locate("binary.yaml"));
        File.WriteAllBytes(folder.Locate("latin1.yaml"), [.. "name: caf"u8, 0xE9, (byte)'\n']);
        string[] before = BundleFiles.Snapshot(folder.Path);
        await Refused("missing.yaml", "SP0001");
        await Refused("folder.yaml", "SP0002");
        await Refused("empty.yaml", "empty.yaml:1:1: error SP0006");
        await Refused("comments.yaml", "error SP0006");
        await Refused("text.yaml", "text.yaml:1:1: error SP");
        await Refused("list.yaml", "list.yaml:1:1: error SP");
        await Refused("binary.yaml", "binary.yaml:1:");
        await Refused("latin1.yaml", "latin1.yaml:1:10: error SP0004: expected UTF-8 text, got the byte 0xE9");
        Assert.Equal(before, BundleFiles.Snapshot(folder.Path));

        async Task Refused(string name, string said)
        {
            Outcome run = (await spectral.Run("run", name, "--out", "out")).ExpectRefusal(2, name, said, "error SP");
            Assert.DoesNotContain(run.Error, letter => char.IsControl(letter) && letter != '\n');
        }
    }

    [Theory]
    [InlineData("noise.uniform=2", "<-S #1>:1:15: error SP0204: noise.uniform.rate expects a real in [0, 1], got 2")]
    [InlineData("training.epochs=x", "<-S #1>:1:17: error SP0106: training.epochs expects an integer")]
    [InlineData("training.epohcs=3", "<-S #1>:1:10: error SP0103: unknown key 'epohcs'")]
    [InlineData("foo=1", "<-S #1>:1:1: error SP0103: unknown key 'foo'")]
    [InlineData("cutoff.rank=46", "<-S #1>:1:13: error SP0307")]
    [InlineData("network.mpl.hidden=[3]", "<-S #1>:1:9: error SP0201: unknown network 'mpl'")]
    [InlineData("noise", "<-S #1>:1:1: error SP0401: expected path=value")]
    [InlineData("noise=", "<-S #1>:1:6: error SP0401")]
    [InlineData("no ise=1", "<-S #1>:1:1: error SP0401")]
    [InlineData("network.mlp.hidden.1=3", "<-S #1>:1:20: error SP0403")]
    [InlineData("name.first=x", "<-S #1>:1:6: error SP0402")]
    [InlineData("noise=[", "<-S #1>:1:")]
    public async Task A_wrong_override_is_told_at_its_own_place(string set, string said)
    {
        using WorkFolder folder = new();
        folder.Write("tiny.yaml", Spec.Tiny);
        (await CommandLine.In(folder).Run("run", "tiny.yaml", "--out", "out", "-S", set)).ExpectRefusal(2, said);
        Assert.Equal(["tiny.yaml"], folder.Entries());
    }

    [Fact]
    public async Task Of_several_overrides_the_wrong_one_is_named_by_its_number()
    {
        using WorkFolder folder = new();
        folder.Write("tiny.yaml", Spec.Tiny);
        Outcome run = await CommandLine.In(folder).Run("check", "tiny.yaml", "-S", "seed=2", "-S", "cutoff.rank=-1");
        run.ExpectRefusal(2, "<-S #2>:1:13: error SP0204: cutoff.rank.rank expects an integer of 1 or more, got -1");
    }

    [Fact]
    public async Task A_pipe_is_no_spec_and_is_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other pipes");
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        (await spectral.RunOther("mkfifo", "pipe.yaml")).Expect(0);
        using RunningProcess check = spectral.Start("check", "pipe.yaml");
        (await check.End(TimeSpan.FromSeconds(10))).ExpectRefusal(2, "pipe.yaml", "SP0002");
    }
}
