module Spectral.Dsl.Tests.PlaceTests

open System
open System.Collections.Generic
open Xunit
open Spectral.Core.Plans
open Spectral.Dsl.Tests.Samples

let private compiled overrides text =
    let compilation = compileWith overrides text
    Assert.Empty(rendered compilation)
    compilation

/// A place as `source:line:column-column`.
let private at (span: SourceSpan | null) =
    match span with
    | null -> "nowhere"
    | span -> $"{span.Source}:{span.Line}:{span.Column}-{span.EndColumn}"

let private places paths (compilation: Compilation) =
    paths
    |> List.map (fun path ->
        match compilation.Places.TryGetValue path with
        | true, span -> path, at span
        | _ -> path, "nowhere")

let private spec =
    """spectral: 1
name: places
seed: 1
dataset:
  digits: {classes: [0, 1, 2], train: 60, test: 30}
noise: {uniform: 0.25}
network:
  mlp:
    hidden: 8
    activation: tanh
training:
  loss: {squared_error: &how batch_mean}
  optimizer: {sgd: {learning_rate: 0.1}}
  batch_size: full
  epochs: 20
jacobian:
  at: [initial, final]
cutoff: {relative: 0.1}
analyses:
  - label_alignment
  - residual_energy: {reference: final}
"""

[<Fact>]
let ``every way to write a value gives it a place under its full path`` () =
    let expected = [
        "name", "exp.yaml:2:7-13"
        // A lone scalar has the component's path, and its first field's.
        "seed", "exp.yaml:3:7-8"
        "seed.root", "exp.yaml:3:7-8"
        "noise", "exp.yaml:6:8-23"
        "noise.uniform", "exp.yaml:6:18-22"
        "noise.uniform.rate", "exp.yaml:6:18-22"
        // Flow style and list items.
        "dataset.digits.classes", "exp.yaml:5:21-30"
        "dataset.digits.classes.2", "exp.yaml:5:28-29"
        "dataset.digits.test", "exp.yaml:5:49-51"
        // Block style; a lone item is a list of one.
        "network.mlp.hidden", "exp.yaml:9:13-14"
        "network.mlp.hidden.0", "exp.yaml:9:13-14"
        // A bare kind, also of a component in a component.
        "network.mlp.activation", "exp.yaml:10:17-21"
        "network.mlp.activation.tanh", "exp.yaml:10:17-21"
        "training.loss.squared_error.reduction", "exp.yaml:12:25-40"
        "training.optimizer.sgd.learning_rate", "exp.yaml:13:36-39"
        "jacobian.at.1", "exp.yaml:17:17-22"
        "cutoff.relative.fraction", "exp.yaml:18:20-23"
        "analyses.0", "exp.yaml:20:5-20"
        "analyses.0.label_alignment", "exp.yaml:20:5-20"
        "analyses.1.residual_energy.reference", "exp.yaml:21:34-39"
        "training.optimizer.sgd.momentum", "nowhere"
    ]

    let compilation = compiled [] spec

    Assert.All(
        expected,
        (fun (path, place) -> Assert.Equal<(string * string) list>([ path, place ], places [ path ] compilation))
    )

[<Fact>]
let ``a value that an override set has its place in the override`` () =
    let compilation =
        spec
        |> compiled [
            "noise.uniform=0.5"
            "training.optimizer.sgd.momentum=0.9"
            "training.optimizer.sgd.momentum=0.8"
            "dataset.digits.classes.0=7"
            "cutoff.rank=3"
        ]

    let expected = [
        "noise.uniform.rate", "<-S #1>:1:15-18"
        "training.optimizer.sgd.momentum", "<-S #3>:1:33-36"
        "training.optimizer.sgd.learning_rate", "exp.yaml:13:36-39"
        "dataset.digits.classes.0", "<-S #4>:1:26-27"
        "dataset.digits.classes.1", "exp.yaml:5:25-26"
        "cutoff.rank.rank", "<-S #5>:1:13-14"
        "cutoff.relative", "nowhere"
    ]

    Assert.All(
        expected,
        (fun (path, place) -> Assert.Equal<(string * string) list>([ path, place ], places [ path ] compilation))
    )

[<Fact>]
let ``a value behind an alias has the place of its anchor`` () =
    let block = "digits:\n    classes: [0, 1, 2]\n    train: &n 60\n    test: *n\n"

    let text =
        valid.Replace("digits: {classes: [0, 1, 2], train: 60, test: 30}\n", block)

    let places = (compiled [] text).Places
    Assert.Equal(at places["dataset.digits.train"], at places["dataset.digits.test"])
    Assert.Equal("exp.yaml:7:12-17", at places["dataset.digits.test"])

[<Theory>]
[<InlineData("noise.uniform.rate", "exp.yaml:6:18-22")>]
[<InlineData("training.optimizer.sgd.momentum", "exp.yaml:13:20-40")>]
[<InlineData("training.schedule.constant", "exp.yaml:12:3-13")>]
[<InlineData("seed.noise", "exp.yaml:3:7-8")>]
[<InlineData("threads", "nowhere")>]
[<InlineData("", "nowhere")>]
let ``a setting that the spec leaves out has the nearest place around it`` path expected =
    let found = (compiled [] spec).NearestPlace path
    Assert.Equal(expected, at found)

[<Fact>]
let ``a spec with errors has its places too, a text that is no YAML has none`` () =
    let broken = compile (valid.Replace("epochs: 20", "epochs: -1"))
    Assert.NotEmpty(rendered broken)
    Assert.Equal("exp.yaml:13:11-13", at broken.Places["training.epochs"])
    Assert.Empty((compile "a: [").Places)

[<Fact>]
let ``a place covers what the author wrote of the value`` () =
    let compilation = compiled [] valid
    let lines = valid.Split '\n'

    let covered (place: KeyValuePair<string, SourceSpan>) =
        let span = place.Value
        let first = lines[span.Line - 1].Substring(span.Column - 1)

        if span.Line = span.EndLine then
            first.Substring(0, span.EndColumn - span.Column)
        else
            first

    Assert.All(compilation.Places, (fun place -> Assert.False(String.IsNullOrWhiteSpace(covered place), place.Key)))

    Assert.Equal(
        "0.25",
        compilation.Places
        |> Seq.find (fun place -> place.Key = "noise.uniform")
        |> covered
    )
