namespace Spectral.Dsl

open Spectral.Core.Components
open Spectral.Core.Plans

/// Makes trees of no place, from parts that no text has.
module internal Tree =

    /// The place of what was never written.
    let nowhere = SourceSpan("", 0, 0, 0, 0)

    let private scalar (found: Scalar) =
        ScalarNode(found, found.Description, nowhere)

    /// Text.
    let text value =
        ScalarNode(TextScalar value, value, nowhere)

    /// A whole number.
    let integer (value: int64) = scalar (IntegerScalar value)

    /// A number with a fraction.
    let real (value: float) = scalar (RealScalar value)

    /// A truth value.
    let flag value = scalar (FlagScalar value)

    /// A list.
    let list items = SequenceNode(items, nowhere)

    /// A mapping by keys.
    let mapping entries =
        MappingNode([ for key, value in entries -> { It = key; At = nowhere }, value ], nowhere)

    /// The same tree without its places.
    let rec unplaced node =
        match node with
        | ScalarNode((:? TextScalar as found), _, _) -> text found.Value
        | ScalarNode(found, _, _) -> scalar found
        | SequenceNode(items, _) -> list (items |> List.map unplaced)
        | MappingNode(entries, _) -> mapping [ for key, value in entries -> key.It, unplaced value ]

/// From a spec back to a tree: the keys in the order of the documentation, what the author left out left out.
module internal SpecTree =

    open Tree

    let private optional key make value = [
        match value with
        | Some value -> key, make value
        | None -> ()
    ]

    let private count value = integer (int64 value)

    let private componentOf (spec: ComponentSpec) =
        match spec.Settings with
        | Bare -> text spec.Kind.It
        | Lone node -> mapping [ spec.Kind.It, unplaced node ]
        | Named entries ->
            mapping [
                spec.Kind.It, mapping [ for key, value in entries -> key.It, unplaced value ]
            ]

    let private seed (spec: SeedSpec) =
        if spec.Own.IsEmpty then
            integer spec.Root.It
        else
            mapping [
                "root", integer spec.Root.It
                for stream, number in spec.Own do
                    stream.It, integer number
            ]

    let private patterns (found: Located<string> list) =
        list [ for pattern in found -> text pattern.It ]

    let private selection key selected = [
        match selected with
        | AllParameters -> ()
        | Matching found -> key, patterns found
    ]

    let private precision value = text (PrecisionNames.Of value)

    let private training (spec: TrainingSpec) =
        mapping [
            "loss", componentOf spec.Loss
            "optimizer", componentOf spec.Optimizer
            yield! optional "schedule" componentOf spec.Schedule
            "batch_size",
            match spec.BatchSize.It with
            | FullBatch -> text "full"
            | Examples examples -> count examples
            "epochs", count spec.Epochs.It
            if not spec.Augment.IsEmpty then
                "augment", list (spec.Augment |> List.map componentOf)
            yield! optional "precision" precision spec.Precision
            yield! optional "evaluate_every" (fun (every: Located<int>) -> count every.It) spec.EvaluateEvery
            yield! optional "record_outputs_every" (fun (every: Located<int>) -> count every.It) spec.RecordOutputsEvery
            yield! optional "clip_gradient_norm" real spec.ClipGradientNorm
            yield! optional "stop" componentOf spec.Stop
        ]

    /// A checkpoint as `jacobian.at` has it.
    let checkpoint (spec: CheckpointSpec) =
        match spec with
        | Initial -> text "initial"
        | Final -> text "final"
        | Epoch epoch -> count epoch
        | Step step -> text $"step {step}"
        | BestOf split -> text $"best_{split}"
        | LogSpaced number -> mapping [ "log_spaced", count number ]

    let private examples (spec: (string option * Located<int>) list) = [
        match spec with
        | [] -> ()
        | [ None, number ] -> "examples", count number.It
        | several ->
            "examples",
            mapping [
                for split, number in several do
                    match split with
                    | Some split -> split, count number.It
                    | None -> ()
            ]
    ]

    let private jacobian (spec: JacobianSpec) =
        mapping [
            yield! optional "at" (fun found -> list [ for one in found -> checkpoint one.It ]) spec.At
            yield! optional "splits" patterns spec.Splits
            yield! examples spec.Examples
            yield! selection "parameters" spec.Parameters
            yield! optional "spectrum" (fun (top: Located<int>) -> mapping [ "top", count top.It ]) spec.Top
            yield! optional "precision" precision spec.Precision
            yield! optional "method" (fun (name: Located<string>) -> text name.It) spec.Method
        ]

    let private weights (spec: GivenWeightsSpec) =
        mapping [ "file", text spec.File.It; "epoch", count spec.Epoch.It ]

    /// A checkpoint's name: an epoch is a number.
    let private named (name: string) =
        match CoreSchema.resolve name with
        | :? IntegerScalar as epoch when string epoch.Value = name -> integer epoch.Value
        | _ -> text name

    let private place (spec: PlaceSpec) = [
        yield! optional "quantity" (fun found -> text (fst found.It + "." + snd found.It)) spec.Quantity
        yield! optional "at" (fun (at: Located<string>) -> named at.It) spec.At
        yield! optional "epoch" (fun (epoch: Located<int>) -> count epoch.It) spec.Epoch
        yield! optional "split" (fun (split: Located<string>) -> text split.It) spec.Split
        yield! optional "target" (fun (target: Located<string>) -> text target.It) spec.Target
    ]

    let private expected (spec: ExpectedSpec) =
        mapping [
            yield! place spec.Place
            match spec.Demand with
            | NearTo(value, tolerance) ->
                "value", real value
                "tolerance", real tolerance
            | AtLeastOf least -> "at_least", real least
            | AtMostOf most -> "at_most", real most
            | MoreThanOf other -> "more_than", mapping (place other)
            | LessThanOf other -> "less_than", mapping (place other)
            if spec.Source <> "" then
                "source", text spec.Source
        ]

    let private pair key first one second other = [
        if Option.isSome one || Option.isSome other then
            key, mapping [ yield! optional first real one; yield! optional second real other ]
    ]

    let private verify (spec: VerifySpec) =
        mapping [
            yield! optional "spectra" real spec.Spectra
            yield! optional "subspaces" real spec.Subspaces
            yield! pair "values" "absolute" spec.Absolute "relative" spec.Relative
            yield! pair "arrays" "float64" spec.Float64 "float32" spec.Float32
            yield! optional "counts" count spec.Counts
        ]

    let private resources (spec: ResourcesSpec) =
        let amount (limit: Located<Amount>) = text limit.It.Text

        mapping [
            yield! optional "memory" amount spec.Memory
            yield! optional "time" amount spec.Time
            yield! optional "disk" amount spec.Disk
        ]

    /// Whether nothing is trained, in the words that `training: none` stands for.
    let isUntrained (spec: Spec) =
        not spec.Weights.IsEmpty
        && training spec.Training =
            (TrainingParser.parse "training" nowhere (text "none")
             |> Result.map training
             |> Result.defaultValue (text ""))

    /// The tree of a spec. Parsing it gives the spec again, apart from places.
    let ofSpec (spec: Spec) =
        mapping [
            "spectral", integer 1L
            "name", text spec.Name
            if spec.Description <> "" then
                "description", text spec.Description
            "seed", seed spec.Seed
            "dataset", componentOf spec.Dataset
            yield! optional "noise" componentOf spec.Noise
            "network", componentOf spec.Network
            yield! selection "trainable" spec.Trainable
            yield! optional "initial" (fun (file: Located<string>) -> mapping [ "weights", text file.It ]) spec.Initial
            "training",
            (if isUntrained spec then
                 text "none"
             else
                 training spec.Training)
            if not spec.Weights.IsEmpty then
                "weights", list (spec.Weights |> List.map weights)
            yield! optional "jacobian" jacobian spec.Jacobian
            "cutoff", componentOf spec.Cutoff
            yield! optional "analyses" (fun found -> list (found |> List.map componentOf)) spec.Analyses
            yield! optional "threads" count spec.Threads
            yield! optional "sweep" (fun (sweep: SweepSpec) -> unplaced sweep.Written) spec.Sweep
            if not spec.Expected.IsEmpty then
                "expected", list (spec.Expected |> List.map expected)
            yield! optional "verify" verify spec.Verify
            yield! optional "resources" resources spec.Resources
        ]
