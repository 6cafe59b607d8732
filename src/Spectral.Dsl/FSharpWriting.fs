namespace Spectral.Dsl

open System
open Spectral.Core.Components
open Spectral.Core.Plans

/// A spec as an F# script: the typed builders of every component, as the Catalog has them.
module internal FSharpWriting =

    open ComponentWriting
    open FSharpText

    let private checkpointOf (spec: CheckpointSpec) =
        match spec with
        | Initial -> Atom "initial"
        | Final -> Atom "final"
        | Epoch epoch -> Applied("epoch", [ integer (int64 epoch) ])
        | Step step -> Applied("atStep", [ integer step ])
        | BestOf split -> Atom("atBest" + FSharpNames.pascal split)
        | LogSpaced count -> Applied("logSpaced", [ integer (int64 count) ])

    let private optional name make value = [
        match value with
        | Some value -> name, [ make value ]
        | None -> ()
    ]

    let private count (value: int) = integer (int64 value)
    let private located (make: 'T -> FSharpExpression) (found: Located<'T>) = make found.It

    let private texts found =
        Listed [ for one: Located<string> in found -> text one.It ]

    let private selection name selected = [
        match selected with
        | AllParameters -> ()
        | Matching found -> name, [ texts found ]
    ]

    let private precision value = text (PrecisionNames.Of value)

    let private training catalog (spec: TrainingSpec) =
        Built(
            "train",
            [
                "loss", [ componentOf catalog typeof<Loss> spec.Loss ]
                "optimizer", [ componentOf catalog typeof<Optimizer> spec.Optimizer ]
                yield! optional "schedule" (componentOf catalog typeof<Schedule>) spec.Schedule
                match spec.BatchSize.It with
                | FullBatch -> "fullBatch", []
                | Examples examples -> "batchSize", [ count examples ]
                "epochs", [ count spec.Epochs.It ]
                if not spec.Augment.IsEmpty then
                    "augment", [ Listed(spec.Augment |> List.map (componentOf catalog typeof<Augmentation>)) ]
                yield! optional "precision" precision spec.Precision
                yield! optional "evaluateEvery" (located count) spec.EvaluateEvery
                yield! optional "recordOutputsEvery" (located count) spec.RecordOutputsEvery
                yield! optional "clipGradientNorm" real spec.ClipGradientNorm
                yield! optional "stop" (componentOf catalog typeof<StoppingRule>) spec.Stop
            ]
        )

    let private jacobian (spec: JacobianSpec) =
        Built(
            "differentiate",
            [
                yield! optional "at" (fun found -> Listed [ for one in found -> checkpointOf one.It ]) spec.At
                yield! optional "splits" texts spec.Splits
                for split, number in spec.Examples do
                    match split with
                    | None -> "examples", [ count number.It ]
                    | Some split -> "examplesOf", [ text split; count number.It ]
                yield! selection "parameters" spec.Parameters
                yield! optional "top" (located count) spec.Top
                yield! optional "precision" precision spec.Precision
                yield! optional "method" (located text) spec.Method
            ]
        )

    let private place (spec: PlaceSpec) = [
        yield! optional "quantity" (fun found -> text (fst found.It + "." + snd found.It)) spec.Quantity
        yield! optional "at" (located checkpoint) spec.At
        yield! optional "ofEpoch" (located count) spec.Epoch
        yield! optional "split" (located text) spec.Split
        yield! optional "target" (located text) spec.Target
    ]

    let private expected (spec: ExpectedSpec) =
        Built(
            "expectation",
            [
                yield! place spec.Place
                match spec.Demand with
                | NearTo(value, tolerance) ->
                    "value", [ real value ]
                    "tolerance", [ real tolerance ]
                | AtLeastOf least -> "atLeast", [ real least ]
                | AtMostOf most -> "atMost", [ real most ]
                | MoreThanOf other -> "moreThan", [ Built("measurement", place other) ]
                | LessThanOf other -> "lessThan", [ Built("measurement", place other) ]
                if spec.Source <> "" then
                    "source", [ text spec.Source ]
            ]
        )

    let private verify (spec: VerifySpec) =
        Built(
            "tolerances",
            [
                yield! optional "spectra" real spec.Spectra
                yield! optional "subspaces" real spec.Subspaces
                yield! optional "absolute" real spec.Absolute
                yield! optional "relative" real spec.Relative
                yield! optional "float64Arrays" real spec.Float64
                yield! optional "float32Arrays" real spec.Float32
                yield! optional "counts" count spec.Counts
            ]
        )

    let private resources (spec: ResourcesSpec) =
        let amount (limit: Located<Amount>) = text limit.It.Text

        Built(
            "limits",
            [
                yield! optional "memory" amount spec.Memory
                yield! optional "time" amount spec.Time
                yield! optional "disk" amount spec.Disk
            ]
        )

    let private operations catalog (spec: Spec) = [
        "name", [ text spec.Name ]
        if spec.Description <> "" then
            "description", [ text spec.Description ]
        "seed", [ integer spec.Seed.Root.It ]
        for stream, number in spec.Seed.Own do
            "streamSeed", [ text stream.It; integer number ]
        "dataset", [ componentOf catalog typeof<Dataset> spec.Dataset ]
        yield! optional "noise" (componentOf catalog typeof<LabelNoise>) spec.Noise
        "network", [ componentOf catalog typeof<Network> spec.Network ]
        yield! selection "trainable" spec.Trainable
        yield! optional "initialWeights" (located text) spec.Initial
        "training",
        [
            (if SpecTree.isUntrained spec then
                 Atom "untrained"
             else
                 training catalog spec.Training)
        ]
        for given in spec.Weights do
            "weights", [ text given.File.It; count given.Epoch.It ]
        yield! optional "jacobian" jacobian spec.Jacobian
        "cutoff", [ componentOf catalog typeof<Cutoff> spec.Cutoff ]
        yield!
            optional
                "analyses"
                (fun found -> Listed(found |> List.map (componentOf catalog typeof<Analysis>)))
                spec.Analyses
        yield! optional "threads" count spec.Threads
        yield! optional "sweep" (SweepWriting.expression catalog) spec.Sweep
        if not spec.Expected.IsEmpty then
            "expected", [ Listed(spec.Expected |> List.map expected) ]
        yield! optional "verify" verify spec.Verify
        yield! optional "resources" resources spec.Resources
    ]

    /// The expression of a spec that has been bound.
    let expression catalog spec =
        Built("experiment", operations catalog spec)

    /// The text of a script whose spec has been bound.
    /// <param name="preamble">The lines that reference the language's assembly; may be empty.</param>
    let write catalog (preamble: string) (spec: Spec) =
        preamble + "open Spectral.Experiments\n\n" + script (expression catalog spec)
