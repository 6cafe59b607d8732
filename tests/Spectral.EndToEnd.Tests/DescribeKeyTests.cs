using Spectral.Core;
using Spectral.Core.Components;
using Spectral.Dsl;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary><c>describe</c> explains every key and every kind, and says what the schema says.</summary>
public sealed class DescribeKeyTests
{
    /// <summary>Every kind of the catalog with its family.</summary>
    public static TheoryData<string, string> Kinds { get; } = new(
        Catalog.Components.Families.SelectMany(family => family.Members.Select(member => (family.Name, member.Kind))));

    /// <summary>Every key that belongs to no component.</summary>
    public static TheoryData<string> Keys { get; } = [.. Compiler.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_kind_has_a_source_an_example_and_of_every_setting_its_range_unit_and_default(string family, string kind)
    {
        ComponentDefinition definition = Catalog.Components.Families.Single(one => one.Name == family).Members.Single(one => one.Kind == kind);
        string page = (await InProcess.Run("describe", kind)).Expect(0).Output;
        Assert.Contains($"{kind} ({family})\n  {definition.Summary}\n", page, StringComparison.Ordinal);
        Assert.Contains($"  source:  {definition.Source}\n  example: {family}: {definition.Example}\n", page, StringComparison.Ordinal);
        Assert.All((string[])[definition.Summary, definition.Source, definition.Example], part => Assert.True(part.Length > 2, part));
        Assert.All(definition.Fields, field =>
        {
            string unit = field.Unit is { } found ? $", in {found}" : field.Type is RealType ? ", a pure number" : "";
            string line = page.Split('\n').First(line => line.StartsWith($"  {field.Name}: {field.Type.Expectation}{unit}; ", StringComparison.Ordinal));
            Assert.True(
                field.Default is null ? line.EndsWith("; required", StringComparison.Ordinal) : line.Contains("; default ", StringComparison.Ordinal),
                line);
            Assert.Contains($"      {field.Doc}\n", page, StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_key_has_its_type_its_default_and_an_example(string key)
    {
        string page = (await InProcess.Run("describe", key)).Expect(0).Output;
        Assert.Contains($"{key} (key)\n", page, StringComparison.Ordinal);
        Assert.Contains("  takes:   ", page, StringComparison.Ordinal);
        Assert.Matches("(?m)^  (required|default: .+)$", page);
        Assert.Matches("(?m)^  example: .+$", page);
    }

    [Theory]
    [InlineData("training.batch_size", "unit:    examples")]
    [InlineData("batch_size", "training.batch_size (key)")]
    [InlineData("jacobian.at", "log_spaced")]
    [InlineData("training.optimizer.sgd.momentum", "[0, 1)")]
    [InlineData("analyses.0.label_alignment", "label_alignment (analysis)")]
    [InlineData("expected.0.more_than.at", "checkpoint")]
    [InlineData("sweep", "range {from, to, step}")]
    [InlineData("sweep", "zip: a mapping of dotted paths")]
    [InlineData("sweep.random.count", "an integer in [1, 100000]")]
    [InlineData("sweep.random.over", "neither step nor count")]
    public async Task A_path_into_a_spec_is_described(string path, string said) =>
        Assert.Contains(said, (await InProcess.Run("describe", path)).Expect(0).Output, StringComparison.Ordinal);

    [Fact]
    public async Task A_misspelt_key_gets_a_suggestion() =>
        (await InProcess.Run("describe", "training.batchsize")).ExpectRefusal(2, "did you mean 'training.batch_size'?");

    [Theory]
    [InlineData("")]
    [InlineData("training")]
    [InlineData("jacobian")]
    [InlineData("verify")]
    [InlineData("verify.values")]
    [InlineData("verify.arrays")]
    [InlineData("sweep.random")]
    public async Task The_keys_that_can_be_described_are_those_that_the_compiler_takes(string path)
    {
        using WorkFolder folder = new();
        string spec = Spec.Tiny + "verify: {values: {}, arrays: {}}\n";
        folder.Write("a.yaml", path.Length == 0 ? spec + "zzzzzzzzzzzz: 1\n" : spec);
        string[] set = path.Length == 0 ? [] : ["-S", $"{path}.zzzzzzzzzzzz=1"];
        Outcome outcome = await InProcess.Run(["check", folder.Locate("a.yaml"), .. set]);
        string known = outcome.Expect(2).Error.Split("The keys are ")[1].Split('.')[0];
        string prefix = path.Length == 0 ? "" : path + ".";
        string[] described =
        [
            .. Compiler.Keys
                .Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && !key[prefix.Length..].Contains('.', StringComparison.Ordinal))
                .Select(key => key[prefix.Length..])
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(described, known.Split(", ").Order(StringComparer.Ordinal));
    }
}
