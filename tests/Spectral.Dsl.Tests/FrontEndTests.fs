module Spectral.Dsl.Tests.FrontEndTests

open System
open System.Text.RegularExpressions
open Xunit
open Spectral.Core
open Spectral.Core.Execution
open Spectral.Core.Plans
open Spectral.Dsl
open Spectral.Dsl.Tests.Samples
open Spectral.Dsl.Tests.SpecGeneration

let private compileTree tree =
    compile (YamlWriting.write "schema.json" (SpecTree.ofSpec (specOf tree)))

let private hashOf (experiment: Experiment) =
    PlanJson.Hash(experiment.Plan, Catalog.Components)

let private fingerprint (compilation: Compilation) =
    if compilation.Experiments.IsEmpty then
        // Places differ, and the order and the lines that follow from them; so does the notation of a component. A script
        // knows one place for all values of a list, so that what is wrong with several is said once.
        compilation.Diagnostics
        |> Seq.map (fun problem ->
            problem.Code
            + " "
            + Regex.Replace(problem.Message, @"in line [0-9]+|, at point [0-9]+ \(.*|no point has .*", ""))
        |> Seq.distinct
        |> Seq.sort
        |> List.ofSeq
    else
        [
            for experiment in compilation.Experiments do
                experiment.Name
                hashOf experiment

                match experiment.Point with
                | null -> experiment.Description
                | point ->
                    $"{point.Number} of {point.Count}"
                    String.Join(",", [ for value in point.Values -> value.Path ])
        ]

/// How many of the specs that a property saw were whole plans.
let private counted count property =
    let mutable plans = 0
    let mutable all = 0

    check count (fun tree ->
        all <- all + 1

        if property tree then
            plans <- plans + 1)

    Assert.Equal(count, all)
    // Else the property would be true of nothing.
    Assert.True(plans > count / 3, $"{plans} of {count} specs compiled")

[<Fact>]
let ``printing a spec and reading it again gives the same spec`` () =
    check 500 (fun tree ->
        let spec = specOf tree
        let text = YamlWriting.write "schema.json" (SpecTree.ofSpec spec)

        match
            YamlReader.read (Source.create "printed.yaml" text)
            |> Result.bind SpecParser.parse
        with
        | Ok again -> Assert.Equal(SpecTree.ofSpec spec, SpecTree.ofSpec again)
        | Error problems -> Assert.Fail(text + String.Join("\n", problems |> List.map render)))

[<Fact>]
let ``the tree that a spec is printed from holds all that its author wrote`` () =
    check 500 (fun tree ->
        let printed = compile (YamlWriting.write "schema.json" (Tree.unplaced tree))
        Assert.Equal<string list>(fingerprint printed, fingerprint (compileTree tree)))

[<Fact>]
let ``YAML and F# say the same: the same plan hash, or the same problems`` () =
    let mutable swept = 0

    counted 500 (fun tree ->
        let yaml = compileTree tree
        let bound = BoundSpec.bind Catalog.Components (specOf tree)

        match bound with
        | Error _ -> ()
        | Ok _ ->
            let spec =
                ScriptEvaluation.experiment (FSharpWriting.expression Catalog.Components (specOf tree))

            let script = Compiler.CompileExperiment(spec, "exp.fsx", [||])
            Assert.Equal<string list>(fingerprint yaml, fingerprint script)

            if yaml.Experiments.Length > 1 then
                swept <- swept + 1

        not yaml.Experiments.IsEmpty)

    Assert.True(swept > 30, $"{swept} specs have several points")

[<Fact>]
let ``key order, comments, quotes, spellings, style and the description never change the plan`` () =
    counted 300 (fun tree ->
        let plain = compileTree tree

        for seed in 1..3 do
            let noisy = compile (NoisyYaml.write seed (Tree.unplaced tree))

            if noisy.Experiments.IsEmpty && not plain.Experiments.IsEmpty then
                Assert.Fail(NoisyYaml.write seed tree + String.Join("\n", rendered noisy))

            // The order of the paths of a sweep is that of its points.
            let hashes (compilation: Compilation) =
                compilation.Experiments |> Seq.map hashOf |> Seq.sort |> List.ofSeq

            Assert.Equal<string list>(hashes plain, hashes noisy)

        not plain.Experiments.IsEmpty)

/// Every change, and the stages whose result it can change; the second list holds where training ends by a spectrum.
let private changes = [
    "seed.root=77;seed.data=78", "data noise network initial_spectrum training spectrum analyses"
    "seed.noise=79", "noise initial_spectrum training spectrum analyses"
    "seed.init=80", "network initial_spectrum training spectrum analyses"
    "seed.batches=81", "training spectrum analyses"
    "noise=permuted: 0.31", "noise initial_spectrum training spectrum analyses"
    "network=mlp: {hidden: [9], activation: silu}", "network initial_spectrum training spectrum analyses"
    "training.optimizer=sgd: 0.0123", "training spectrum analyses"
    "training.epochs=13", "training spectrum analyses"
    "training.batch_size=3", "training spectrum analyses"
    "jacobian.examples=3", "spectrum analyses"
    "jacobian.method=tsqr", "initial_spectrum training? spectrum analyses"
    "cutoff=relative: 0.77", "initial_spectrum training? spectrum? analyses"
    "analyses=[label_alignment, memorization]", "analyses"
    "threads=5", "initial_spectrum training spectrum analyses"
]

/// The stages of a line of the table, for a plan that ends training by a spectrum or not.
let private reached hasInitialSpectrum (line: string) =
    line.Split ' '
    |> Array.filter (fun stage -> hasInitialSpectrum || (stage <> "initial_spectrum" && not (stage.EndsWith '?')))
    |> Array.map (fun stage -> stage.TrimEnd '?')
    |> Set.ofArray

let private keys (experiment: Experiment) =
    set [
        for key in StageKeys.Of(experiment.Plan, Catalog.Components) -> key.Stage, key.Key
    ]

/// What makes training end by a spectrum.
let private endedBySpectrum = [
    "training.stop=spectral: 1.5"
    "training.loss=squared_error: sum"
    "training.optimizer=sgd: 0.01"
    "training.schedule=constant"
    "training.augment=[]"
    "training.clip_gradient_norm=none"
]

[<Fact>]
let ``a change reaches exactly the stages that depend on it`` () =
    let mutable compared = Map.empty

    check 300 (fun tree ->
        let text =
            YamlWriting.write "schema.json" (SpecTree.ofSpec { specOf tree with Sweep = None })

        for settings in [ []; endedBySpectrum ] do
            match (compileWith settings text).Experiment with
            | null -> ()
            | before ->
                let hasInitialSpectrum = before.Plan.Training.Stop.NeedsInitialSpectrum

                for change, stages in changes do
                    match (compileWith (settings @ List.ofArray (change.Split ';')) text).Experiment with
                    | null -> ()
                    | after when hashOf before = hashOf after -> ()
                    | after ->
                        let changed = keys after - keys before |> Set.map fst
                        Assert.Equal<Set<string>>(reached hasInitialSpectrum stages, changed)
                        let kind = change, hasInitialSpectrum
                        compared <- Map.change kind (fun seen -> Some(Option.defaultValue 0 seen + 1)) compared)

    for change, _ in changes do
        for hasInitialSpectrum in [ false; true ] do
            Assert.True(
                Map.containsKey (change, hasInitialSpectrum) compared,
                $"nothing tells of {change}, {hasInitialSpectrum}"
            )
