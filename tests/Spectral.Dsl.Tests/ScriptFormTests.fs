module Spectral.Dsl.Tests.ScriptFormTests

open System
open Xunit
open Spectral.Core
open Spectral.Dsl
open Spectral.Dsl.Tests.Samples
open Spectral.Experiments

/// Every key of the language at least once, each component of several settings with their names.
let private trained =
    """spectral: 1
name: everything
description: Every key.
seed: {root: 1, data: 5, noise: 9007199254740992}
dataset:
  digits: {classes: [0, 1, 2], train: 60, test: 30, validation: 6}
noise: {uniform: 0.25}
network:
  mlp: {hidden: [8], activation: {leaky_relu: {slope: 0.1}}, initialization: {scaled: {factor: 2.0, of: he_normal}}}
trainable: ['1.*', '3.weight']
initial: {weights: "a \"quoted\" \\ name.safetensors"}
training:
  loss: {squared_error: batch_mean}
  optimizer: {sgd: {learning_rate: 0.1}}
  schedule: {warmup: {epochs: 2, then: {cosine: {to: 20}}}}
  batch_size: 10
  epochs: 20
  augment: [{random_crop: 1}, horizontal_flip]
  precision: float64
  evaluate_every: 2
  record_outputs_every: 4
  clip_gradient_norm: 1.0e-5
  stop: {best_validation: 3}
jacobian:
  at: [initial, 4, step 7, best_test, best_validation, final, log_spaced: 3]
  splits: [train]
  examples: {train: 20, test: 10}
  parameters: [1.weight]
  spectrum: {top: 5}
  precision: float64
  method: krylov
cutoff: {relative: 0.1}
analyses: [label_alignment, residual_energy: {reference: step 7}]
threads: 2
sweep:
  noise.uniform: [0.0, 0.25]
  seed: {from: 1, to: 9007199254740992, count: 3, scale: linear}
  network.mlp.hidden: [[8], [16, 4]]
  name: [everything, nothing]
  dataset.digits.unit_norm: [true, false]
  threads: [1, 9007199254740992]
  trainable: [all, ['1.*'], 3.weight]
  network.mlp.activation: [leaky_relu, {leaky_relu: {slope: 0.1}}, relu]
  initial: [{weights: a}]
  cutoff: [{relative: 0.1}, {rank: 3}]
  zip:
    training.optimizer: [adam, {sgd: {learning_rate: 0.1}}]
    analyses.1.residual_energy.reference: [initial, step 7]
    training.clip_gradient_norm: [1.0e-5, none]
  random:
    count: 3
    seed: 9
    over:
      training.schedule.step.factor: {from: 0.0, to: 0.5}
      training.batch_size: {from: 4, to: 10, step: 2}
      jacobian: [{splits: [train]}, {}]
  exclude:
  - {noise.uniform: 0.25, cutoff: {rank: 3}, network.mlp.hidden: [16, 4]}
  - {training.batch_size: 8, name: nothing, dataset.digits.unit_norm: true}
expected:
- {quantity: a.b, at: final, split: train, target: given, value: 0.75, tolerance: 0.05, source: table 1}
- {quantity: a.b, at: 4, epoch: 3, at_least: -1.0}
- {quantity: a.b, at: step-7, at_most: 2.0}
- {quantity: a.b, at: best-test, more_than: {at: initial}}
- {quantity: a.b, at: odd name, less_than: {split: test, target: clean}}
verify: {spectra: 1.0e-10, subspaces: 0.5, values: {absolute: 1.0, relative: 2.0}, arrays: {float64: 3.0, float32: 4.0}, counts: 5}
resources: {memory: 8 GiB, time: 2 h, disk: 500 MB}
"""

let private untrained =
    """spectral: 1
name: elsewhere
seed: 1
dataset:
  digits: {classes: [0, 1, 2], train: 60, test: 30}
network: linear
training: none
weights:
- {file: a.safetensors, epoch: 0}
- {file: b.safetensors, epoch: 20}
cutoff: {rank: 3}
analyses: []
jacobian: {examples: 7}
"""

let private spec text =
    match YamlReader.read (Source.create "exp.yaml" text) |> Result.bind SpecParser.parse with
    | Ok spec -> spec
    | Error problems -> raise (Xunit.Sdk.XunitException(String.Join("\n", problems |> List.map render)))

[<Theory>]
[<InlineData(true)>]
[<InlineData(false)>]
let ``every key of the language has a form in F# and comes back the same from it and from YAML`` isTrained =
    let spec = spec (if isTrained then trained else untrained)
    let tree = SpecTree.ofSpec spec

    let script =
        ScriptEvaluation.experiment (FSharpWriting.expression Catalog.Components spec)

    for tree in [ script.Tree; Tree.unplaced tree ] do
        match
            YamlReader.read (Source.create "again.yaml" (YamlWriting.write "s" tree))
            |> Result.bind SpecParser.parse
        with
        | Ok again -> Assert.Equal(SpecTree.ofSpec spec, SpecTree.ofSpec again)
        | Error problems -> Assert.Fail(String.Join("\n", problems |> List.map render))

[<Fact>]
let ``a spec is printed in one form`` () =
    Assert.Equal(
        """# yaml-language-server: $schema=../s.json
spectral: 1
name: elsewhere
seed: 1
dataset:
  digits:
    classes: [0, 1, 2]
    train: 60
    test: 30
network: linear
training: none
weights:
- file: a.safetensors
  epoch: 0
- file: b.safetensors
  epoch: 20
jacobian:
  examples: 7
cutoff:
  rank: 3
analyses: []
"""
            .Replace("\r", ""),
        YamlWriting.write "../s.json" (SpecTree.ofSpec (spec untrained))
    )

    Assert.Equal(
        """open Spectral.Experiments

experiment {
    name "elsewhere"
    seed 1
    dataset (digits { classes [ 0; 1; 2 ]; train 60; test 30 })
    network linear
    training untrained
    weights "a.safetensors" 0
    weights "b.safetensors" 20
    jacobian (differentiate { examples 7 })
    cutoff (rank 3)
    analyses []
}
"""
            .Replace("\r", ""),
        FSharpWriting.write Catalog.Components "" (spec untrained)
    )

[<Fact>]
let ``a program's own experiment compiles and its problems name file and line`` () =
    let rate = 1.5

    let spec =
        experiment {
            name "own"
            seed 1

            dataset (
                digits {
                    classes [ 0; 1; 2 ]
                    train 60
                    test 30
                }
            )

            noise (uniform rate)
            network (ofKind "my_network" [ "width", value 3; "parts", value [ value 0.5; value "a"; value true ] ])

            training (
                train {
                    loss (squaredError "sum")
                    optimizer (sgd { learningRate 0.1 })
                    fullBatch
                    epochs 0
                }
            )

            cutoff (rank 3)
        }

    let problems =
        (Compiler.CompileExperiment(spec, "own.fs", [||])).Diagnostics |> List.ofSeq

    Assert.Equal<string list>([ "SP0204"; "SP0201" ], problems |> List.map _.Code)

    for problem in problems do
        match problem.Span with
        | null -> Assert.Fail problem.Message
        | span -> Assert.EndsWith("ScriptFormTests.fs", span.Source)

    let sound =
        Compiler.CompileExperiment(spec, "own.fs", [| "noise=uniform: 0.5"; "network=linear" |])

    Assert.NotNull sound.Experiment
    Assert.Throws<ArgumentException>(fun () -> value (obj ()) |> ignore) |> ignore
