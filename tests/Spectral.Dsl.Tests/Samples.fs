module Spectral.Dsl.Tests.Samples

open System
open Spectral.Core
open Spectral.Core.Plans
open Spectral.Dsl

/// A small valid spec, which the broken ones differ from in one place.
let valid =
    """spectral: 1
name: quickstart
seed: 1
dataset:
  digits: {classes: [0, 1, 2], train: 60, test: 30}
noise: {uniform: 0.25}
network:
  mlp: {hidden: [8], activation: tanh}
training:
  loss: {squared_error: batch_mean}
  optimizer: {sgd: {learning_rate: 0.1}}
  batch_size: full
  epochs: 20
cutoff: {relative: 0.1}
"""

/// How a case differs from the valid spec.
type Change =
    | Replace of found: string * replacement: string
    | Append of string
    | Whole of string
    | Override of string list

/// A broken spec and every diagnostic that it gets, as `file:line:column code message`.
type Case = {
    Title: string
    Change: Change
    Expected: string list
}

let case title change expected = {
    Title = title
    Change = change
    Expected = expected
}

let compileWith overrides (text: string) =
    Compiler.CompileText("exp.yaml", text, List.toArray overrides)

let compile text = compileWith [] text

let compileChange change =
    match change with
    | Replace(found, replacement) ->
        if not (valid.Contains(found, StringComparison.Ordinal)) then
            invalidArg (nameof change) $"the valid spec has no '{found}'"

        compile (valid.Replace(found, replacement))
    | Append text -> compile (valid + text)
    | Whole text -> compile text
    | Override overrides -> compileWith overrides valid

let render (diagnostic: Diagnostic) =
    let place =
        match diagnostic.Span with
        | null -> "-"
        | span -> $"{span.Source}:{span.Line}:{span.Column}"

    $"{place} {diagnostic.Code} {diagnostic.Message}"

let rendered (compilation: Compilation) =
    compilation.Diagnostics |> Seq.map render |> List.ofSeq

/// The plan of a spec that must compile; otherwise the test fails with the diagnostics.
let plan (compilation: Compilation) =
    match compilation.Experiment with
    | null -> raise (Xunit.Sdk.XunitException(String.Join("\n", rendered compilation)))
    | experiment -> experiment.Plan

let hash compilation =
    PlanJson.Hash(plan compilation, Catalog.Components)

/// The hashes of all points of a spec, in their order.
let hashes (compilation: Compilation) =
    compilation.Experiments
    |> Seq.map (fun experiment -> PlanJson.Hash(experiment.Plan, Catalog.Components))
    |> List.ofSeq

/// The hash of the valid spec after replacements.
let hashOf (changes: (string * string) list) =
    changes
    |> List.fold (fun (text: string) (found, replacement) -> text.Replace(found, replacement)) valid
    |> compile
    |> hash
