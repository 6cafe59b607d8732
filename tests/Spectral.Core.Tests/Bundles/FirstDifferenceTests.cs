using System.Collections.Immutable;
using Spectral.Core.Bundles;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Results;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Bundles;

/// <summary>Which difference of two runs is named, and what is held to explain it.</summary>
public sealed class FirstDifferenceTests
{
    private const string Sigma = "results/final/train/singular_values.npy";
    private const string Weights = "checkpoints/final.safetensors";

    private static readonly DifferingFact Threads = new(FactKind.Environment, "threads", "1", "2");
    private static readonly DifferingFact Code = new(FactKind.Code, "code", "a", "b");
    private static readonly DifferingFact Source = new(FactKind.Data, "sources_sha256/digits.csv", "a", "b");
    private static readonly DifferingFact Inputs = new(FactKind.Data, "inputs_sha256/train", "a", "b");

    [Fact]
    public void Equal_runs_have_none() =>
        Assert.Null(FirstDifference.Among([Of("plan.json", Verdict.Bitwise), Of(Sigma, Verdict.Bitwise)], [Threads]));

    [Fact]
    public void The_earliest_stage_counts_then_the_worst_verdict_then_what_others_are_computed_from()
    {
        Assert.Equal(("training", Weights), Named(Of(Sigma, Verdict.Drift), Of(Weights, Verdict.Drift), Of("results/measurements.csv", Verdict.Drift)));
        Assert.Equal(("spectrum", Sigma), Named(Of("results/final/train/outputs.npy", Verdict.WithinTolerance), Of(Sigma, Verdict.Drift)));
        Assert.Equal(("training", "checkpoints/initial.safetensors"), Named(Of(Weights, Verdict.Drift), Of("checkpoints/initial.safetensors", Verdict.Drift)));
        Assert.Equal(("data", "dataset/facts.json"), Named(Of("dataset/train/indices.npy", Verdict.Drift), Of("dataset/facts.json", Verdict.Drift)));
        Assert.Equal(("analyses", "results/measurements.csv"), Named(Of("results/measurements.csv", Verdict.WithinTolerance)));
    }

    [Fact]
    public void Drift_of_training_is_explained_by_another_environment_and_without_one_by_nothing()
    {
        Assert.Equal("environment", Because(Of(Weights, Verdict.Drift), Threads, Code));
        Assert.Equal("code", Because(Of(Weights, Verdict.Drift), Code));
        Assert.Equal("unexplained", Because(Of(Weights, Verdict.Drift)));
    }

    [Fact]
    public void Drift_of_a_spectrum_from_equal_weights_is_beyond_what_an_environment_does()
    {
        Assert.Equal("environment", Because(Of(Sigma, Verdict.WithinTolerance), Threads));
        Assert.Equal("unexplained", Because(Of(Sigma, Verdict.Drift), Threads));
        Assert.Equal("code", Because(Of(Sigma, Verdict.Drift), Threads, Code));
    }

    [Fact]
    public void Other_data_explain_more_than_anything_else()
    {
        ArtifactVerdict facts = Of("dataset/facts.json", Verdict.Drift);
        Assert.Equal("data", Because(facts, Source, Inputs, Threads, Code));
        Assert.Equal("data", Because(facts, Inputs));
        Assert.Equal("environment", Because(facts, Inputs, Threads));
    }

    [Fact]
    public void In_an_anchored_run_every_stage_has_a_difference_of_its_own()
    {
        using TemporaryFolder folder = new();
        BundleFolder bundle = BundleFolder.Open(SampleBundle.Seal(folder.File("a")));
        Reproduction whole = new(
            bundle, Tolerances.Standard, [Of("plan.json", Verdict.Bitwise), Of(Weights, Verdict.Drift), Of(Sigma, Verdict.Drift)], [Threads]);
        Assert.Equal(["training"], whole.Differences.Select(difference => difference.Stage));
        Assert.Equal(
            [("training", "environment"), ("spectrum", "unexplained")],
            (whole with { IsAnchored = true }).Differences.Select(difference => (difference.Stage, difference.BecauseName)));
    }

    [Fact]
    public void Facts_that_differ_are_found_in_data_environment_and_threads()
    {
        using TemporaryFolder folder = new();
        NumericEnvironment before = Environment(("code", "1"), ("torch", "2.9"), ("env/MKL_CBWR", "AVX2"));
        NumericEnvironment here = Environment(("code", "2"), ("torch", "2.10"));
        string path = Seal(folder.File("a"), before, "s1");
        BundleFolder bundle = BundleFolder.Open(path), other = BundleFolder.Open(Seal(folder.File("b"), before, "s2"));
        Assert.Empty(DifferingFacts.Between(bundle, bundle.Payload, before, (1, 1)));
        Assert.Equal(
            [
                "sources_sha256/digits.csv: s1, then s2", "env/MKL_CBWR: AVX2, then none", "threads: 1, then 4",
                "torch: 2.9, then 2.10", "code: 1, then 2",
            ],
            DifferingFacts.Between(bundle, other.Payload, here, (1, 4)).Select(fact => fact.Text));
    }

    [Fact]
    public void Without_a_record_the_hash_of_the_environment_speaks()
    {
        using TemporaryFolder folder = new();
        BundleFolder bundle = BundleFolder.Open(SampleBundle.Seal(folder.File("a")));
        DifferingFact fact = Assert.Single(DifferingFacts.Between(bundle, bundle.Payload, Environment(), (1, 1)));
        Assert.Equal((FactKind.Environment, bundle.NumericEnvironment), (fact.Kind, fact.Bundle));
    }

    private static string Seal(string folder, NumericEnvironment environment, string source)
    {
        using BundleDraft draft = BundleDraft.Open(
            folder, new BundleIdentity("sample", "", ContentHash.Sha256(SampleBundle.Plan), environment.Hash, "spectral 0.1.0"));
        SampleBundle.Fill(draft.Payload);
        draft.Payload.Write("record/environment.json", System.Text.Encoding.UTF8.GetBytes(
            $$"""{"numeric":{{environment.ToJson().ToJsonString()}}}"""));
        draft.Payload.Write(ResultFiles.DatasetFacts, System.Text.Encoding.UTF8.GetBytes(
            $$$"""{"sources_sha256":{"digits.csv":"{{{source}}}"}}"""));
        return draft.Seal(SampleBundle.Record());
    }

    private static NumericEnvironment Environment(params (string Name, string Value)[] facts) =>
        new(facts.ToImmutableSortedDictionary(fact => fact.Name, fact => fact.Value, StringComparer.Ordinal));

    private static ArtifactVerdict Of(string path, Verdict verdict) => new(path, verdict, null, null, "m");

    private static (string Stage, string Path) Named(params ImmutableArray<ArtifactVerdict> verdicts) =>
        FirstDifference.Among(verdicts, []) is { } first ? (first.Stage, first.Artefact.Path) : ("", "");

    private static string? Because(ArtifactVerdict verdict, params ImmutableArray<DifferingFact> facts) =>
        FirstDifference.Among([verdict], facts)?.BecauseName;
}
