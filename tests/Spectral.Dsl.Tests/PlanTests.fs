module Spectral.Dsl.Tests.PlanTests

open System
open System.Text
open Xunit
open Spectral.Core
open Spectral.Core.Components
open Spectral.Core.Plans
open Spectral.Dsl
open Spectral.Dsl.Tests.Samples

let private json compilation =
    Encoding.UTF8.GetString(PlanJson.Serialize(plan compilation, Catalog.Components))

let private checkpoints compilation = [
    for checkpoint in (plan compilation).Jacobian.At -> $"{checkpoint.Name}@{checkpoint.Epoch}"
]

[<Fact>]
let ``the valid spec compiles without a word`` () =
    let compilation = compile valid
    Assert.Empty(rendered compilation)
    Assert.Equal("quickstart", (nonNull compilation.Experiment).Name)
    Assert.Equal("", (nonNull compilation.Experiment).Description)
    Assert.Equal<SourceText list>([ SourceText("exp.yaml", valid, false) ], List.ofSeq compilation.Sources)

[<Fact>]
let ``where all singular values cost less than the largest, auto takes all`` () =
    let chosen settings =
        let jacobian = (plan (compile (valid + $"jacobian: {{{settings}}}\n"))).Jacobian
        jacobian.Method, Option.ofNullable jacobian.Top

    Assert.Equal(("direct", None), chosen "spectrum: {top: 60}")
    Assert.Equal(("krylov", Some 60), chosen "spectrum: {top: 60}, method: krylov")

[<Fact>]
let ``what the author leaves out gets its default`` () =
    let plan = plan (compile (valid.Replace("noise: {uniform: 0.25}\n", "")))
    Assert.Equal("none", (Catalog.Components.DefinitionOf plan.Noise).Kind)
    Assert.Equal(60, plan.Training.BatchSize)
    Assert.Equal(Precision.Float32, plan.Training.Precision)
    Assert.Equal(1, plan.Training.RecordOutputsEvery)
    Assert.Equal<string list>([ "train"; "test" ], List.ofSeq plan.Jacobian.Splits)
    Assert.Equal(Precision.Float64, plan.Jacobian.Precision)
    Assert.Equal("direct", plan.Jacobian.Method)
    Assert.Equal(1, plan.Threads)

    let kinds (plan: RunPlan) = [ for one in plan.Analyses -> (Catalog.Components.DefinitionOf one).Kind ]

    // Every preset that applies, and no other: without noise there is nothing to memorize.
    Assert.Contains("residual_energy", kinds plan)
    Assert.DoesNotContain("memorization", kinds plan)
    Assert.All(plan.Analyses, (fun one -> Assert.True(one.IsPreset && isNull (one.Inapplicable plan))))
    Assert.Contains("memorization", kinds (compile valid |> Samples.plan))

[<Fact>]
let ``what the author writes arrives in the plan`` () =
    let text =
        """
spectral: 1
name: everything
description: every key of this version
seed: {root: 7, noise: 9, batches: 0}
dataset: {digits: {classes: [3, 5], train: 40, test: 20}}
noise: none
network:
  layers:
  - flatten
  - dense: {outputs: 4, bias: false, initialization: {normal: 2}}
  - softplus
  - dense: 2
trainable: all
training:
  loss: {squared_error: sum}
  optimizer: {sgd: {learning_rate: 1e-3, momentum: .9}}
  schedule: constant
  batch_size: 0x10
  epochs: 30
  augment: []
  precision: float64
  record_outputs_every: 5
jacobian:
  at: [final, 10, initial]
  splits: test
  parameters: all
  spectrum: full
  precision: float64
  method: direct
cutoff: {rank: 3}
analyses: [residual_energy, label_alignment]
threads: 2
"""

    let expected =
        """{"analyses":[{"residual_energy":{"reference":"final"}},{"label_alignment":{}}],"cutoff":{"rank":{"rank":3}},"""
        + """"dataset":{"digits":{"classes":[3,5],"standardize":"none","test":20,"train":40,"unit_norm":false,"validation":0}},"""
        + """"jacobian":{"at":[{"epoch":0,"name":"initial"},"""
        + """{"epoch":10,"name":"10"},{"epoch":30,"name":"final"}],"method":"direct","parameters":"all","precision":"float64","""
        + """"splits":["test"]},"network":{"layers":{"sequence":[{"flatten":{}},"""
        + """{"dense":{"bias":false,"initialization":{"normal":{"gain":2}},"outputs":4}},{"softplus":{}},"""
        + """{"dense":{"bias":true,"initialization":{"pytorch":{}},"outputs":2}}]}},"noise":{"none":{}},"plan":1,"""
        + """"seed":{"batches":0,"noise":9,"root":7},"threads":2,"trainable":"all","training":{"augment":[],"batch_size":16,"clip_gradient_norm":"none","epochs":30,"""
        + """"loss":{"squared_error":{"reduction":"sum"}},"optimizer":{"sgd":{"learning_rate":0.001,"momentum":0.9,"""
        + """"nesterov":false,"weight_decay":0}},"precision":"float64","record_outputs_every":5,"schedule":{"constant":{}},"""
        + """"stop":{"none":{}}}}"""

    let compilation = compile text
    Assert.Equal(expected, json compilation)
    Assert.Equal("every key of this version", (nonNull compilation.Experiment).Description)

[<Fact>]
let ``a plan survives the way through its JSON`` () =
    let first = plan (compile valid)
    let bytes = PlanJson.Serialize(first, Catalog.Components)
    let second = PlanJson.Parse(ReadOnlySpan bytes, Catalog.Components)
    Assert.Equal(PlanJson.Hash(first, Catalog.Components), PlanJson.Hash(second, Catalog.Components))

[<Fact>]
let ``checkpoints are sorted by epoch and a lone one needs no list`` () =
    let at text =
        checkpoints (compile (valid + $"jacobian: {{at: {text}}}\n"))

    Assert.Equal<string list>([ "initial@0"; "3@3"; "10@10"; "final@20" ], at "[10, final, 3, initial]")
    Assert.Equal<string list>([ "final@20" ], at "final")
    Assert.Equal<string list>([ "20@20" ], at "[20]")

[<Fact>]
let ``without training the initial checkpoint is the only one`` () =
    Assert.Equal<string list>([ "initial@0" ], checkpoints (compile (valid.Replace("epochs: 20", "epochs: 0"))))

[<Fact>]
let ``splits stand in one order however they are written`` () =
    let splits text =
        List.ofSeq (plan (compile (valid + $"jacobian: {{splits: {text}}}\n"))).Jacobian.Splits

    Assert.Equal<string list>([ "train"; "test" ], splits "[test, train]")
    Assert.Equal<string list>([ "train" ], splits "train")

[<Theory>]
[<InlineData("seed: 0", 0L, 0L)>]
[<InlineData("seed: 9007199254740992", 9007199254740992L, 9007199254740992L)>]
[<InlineData("seed: {init: 3, root: 1}", 1L, 3L)>]
let ``seeds have a root and streams of their own`` (seed: string) (root: int64) (init: int64) =
    let seeds = (plan (compile (valid.Replace("seed: 1", seed)))).Seeds
    Assert.Equal(root, seeds.Root)
    Assert.Equal(uint64 root, seeds.Of "data")
    Assert.Equal(uint64 init, seeds.Of "init")

[<Theory>]
[<InlineData("cutoff: {relative: 0.1}", "cutoff: {relative: {fraction: 0.1}}")>]
[<InlineData("hidden: [8]", "hidden: 8")>]
[<InlineData("mlp: {hidden: [8], activation: tanh}", "mlp: {hidden: [8], activation: {tanh: {}}}")>]
[<InlineData("activation: tanh", "activation: {tanh: }, initialization: pytorch")>]
[<InlineData("batch_size: full", "batch_size: 60")>]
[<InlineData("seed: 1", "seed: {root: 1, data: 1}")>]
[<InlineData("{learning_rate: 0.1}", "0.1")>]
let ``two ways to write one thing give one plan`` (found: string) (replacement: string) =
    Assert.Equal(hash (compile valid), hashOf [ found, replacement ])

[<Fact>]
let ``analyses may be none, one or several`` () =
    let count text =
        (plan (compile (valid + $"analyses: {text}\n"))).Analyses.Length

    Assert.Equal(0, count "[]")
    Assert.Equal(1, count "label_alignment")
    Assert.Equal(2, count "[label_alignment, {residual_energy: {}}]")

[<Fact>]
let ``the largest rank that every split has is allowed`` () =
    Assert.Equal(
        "rank",
        (Catalog.Components.DefinitionOf (plan (compile (valid.Replace("relative: 0.1", "rank: 90")))).Cutoff).Kind
    )

[<Fact>]
let ``every component's own example binds and survives its JSON`` () =
    for family in Catalog.Components.Families do
        Assert.NotEmpty family.Members

        for definition in family.Members do
            let bound =
                YamlReader.read (Source.create definition.Kind definition.Example)
                |> Result.bind (fun node -> ComponentParser.parse family.Name (YamlNode.span node) node)
                |> Result.bind (Binder.bind Catalog.Components family.Type family.Name)

            match bound with
            | Error problems -> Assert.Fail(String.Join("\n", List.map render problems))
            | Ok bound ->
                Assert.Equal(definition.Component, bound.It.GetType())
                let written = ComponentJson.Write(bound.It, Catalog.Components)
                let read = ComponentJson.Read(written, family.Type, family.Name, Catalog.Components)
                Assert.Equal(written.ToJsonString(), ComponentJson.Write(read, Catalog.Components).ToJsonString())
