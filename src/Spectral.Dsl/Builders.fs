namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

/// The part of a spec that a builder makes: settings, or a word in their place.
[<AbstractClass>]
type Part internal (node: YamlNode) =
    member internal _.Node = node

/// How a network is trained.
[<Sealed>]
type TrainingSettings internal (node: YamlNode) =
    inherit Part(node)

/// When, on what and how the Jacobian is computed.
[<Sealed>]
type JacobianSettings internal (node: YamlNode) =
    inherit Part(node)

/// A measurement.
[<Sealed>]
type MeasurementSettings internal (node: YamlNode) =
    inherit Part(node)

/// A measurement and what is expected of it.
[<Sealed>]
type ExpectationSettings internal (node: YamlNode) =
    inherit Part(node)

/// How far apart the results of a rerun may be.
[<Sealed>]
type ToleranceSettings internal (node: YamlNode) =
    inherit Part(node)

/// A whole experiment as a script declares it; nothing is checked yet.
[<Sealed>]
type ExperimentSpec internal (tree: YamlNode) =
    member internal _.Tree = tree

    member _.ToYaml() =
        YamlWriting.write "spectral-1.schema.json" tree

/// What an experiment is made of, from seed to expectations.
[<Sealed>]
type ExperimentBuilder internal () =
    member _.Yield(_: 'T) = Settings.None
    member _.Zero() = Settings.None

    member _.Run(settings: Settings) =
        let version = { It = "spectral"; At = Tree.nowhere }, Tree.integer 1L
        let tree = MappingNode(settings.Entries @ [ version ], Tree.nowhere)
        Handover.offer tree
        ExperimentSpec tree

    [<CustomOperation "name">]
    member _.Name
        (
            settings: Settings,
            name: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("name", Tree.text name, file, line)

    [<CustomOperation "description">]
    member _.Description
        (
            settings: Settings,
            text: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("description", Tree.text text, file, line)

    [<CustomOperation "seed">]
    member _.Seed
        (
            settings: Settings,
            root: int64,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.Within("seed", "root", Tree.integer root, file, line)

    [<CustomOperation "streamSeed">]
    member _.StreamSeed
        (
            settings: Settings,
            stream: string,
            seed: int64,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.Within("seed", stream, Tree.integer seed, file, line)

    [<CustomOperation "dataset">]
    member _.Dataset
        (
            settings: Settings,
            dataset: Component<Dataset>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("dataset", dataset.Node, file, line)

    [<CustomOperation "noise">]
    member _.Noise
        (
            settings: Settings,
            noise: Component<LabelNoise>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("noise", noise.Node, file, line)

    [<CustomOperation "network">]
    member _.Network
        (
            settings: Settings,
            network: Component<Network>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("network", network.Node, file, line)

    [<CustomOperation "trainable">]
    member _.Trainable
        (
            settings: Settings,
            patterns: string list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("trainable", Tree.list (List.map Tree.text patterns), file, line)

    [<CustomOperation "initialWeights">]
    member _.InitialWeights
        (
            settings: Settings,
            file': string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.Within("initial", "weights", Tree.text file', file, line)

    [<CustomOperation "training">]
    member _.Training
        (
            settings: Settings,
            training: TrainingSettings,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("training", training.Node, file, line)

    [<CustomOperation "weights">]
    member _.Weights
        (
            settings: Settings,
            file': string,
            epoch: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.Adding(
            "weights",
            Tree.mapping [ "file", Tree.text file'; "epoch", Tree.integer (int64 epoch) ],
            file,
            line
        )

    [<CustomOperation "jacobian">]
    member _.Jacobian
        (
            settings: Settings,
            jacobian: JacobianSettings,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("jacobian", jacobian.Node, file, line)

    [<CustomOperation "cutoff">]
    member _.Cutoff
        (
            settings: Settings,
            cutoff: Component<Cutoff>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("cutoff", cutoff.Node, file, line)

    [<CustomOperation "analyses">]
    member _.Analyses
        (
            settings: Settings,
            analyses: Component<Analysis> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("analyses", Tree.list [ for analysis in analyses -> analysis.Node ], file, line)

    [<CustomOperation "threads">]
    member _.Threads
        (
            settings: Settings,
            threads: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("threads", Tree.integer (int64 threads), file, line)

    [<CustomOperation "expected">]
    member _.Expected
        (
            settings: Settings,
            expectations: ExpectationSettings list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("expected", Tree.list [ for expectation in expectations -> expectation.Node ], file, line)

    [<CustomOperation "verify">]
    member _.Verify
        (
            settings: Settings,
            tolerances: ToleranceSettings,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("verify", tolerances.Node, file, line)

    // An operation `sweep [ ... ]` belongs here: it writes the key `sweep` into the settings, and nothing else changes.

/// How a network is trained.
[<Sealed>]
type TrainingBuilder internal () =
    member _.Yield(_: 'T) = Settings.None
    member _.Zero() = Settings.None

    member _.Run(settings: Settings) = TrainingSettings(settings.Node)

    [<CustomOperation "loss">]
    member _.Loss
        (
            settings: Settings,
            loss: Component<Loss>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("loss", loss.Node, file, line)

    [<CustomOperation "optimizer">]
    member _.Optimizer
        (
            settings: Settings,
            optimizer: Component<Optimizer>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("optimizer", optimizer.Node, file, line)

    [<CustomOperation "schedule">]
    member _.Schedule
        (
            settings: Settings,
            schedule: Component<Schedule>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("schedule", schedule.Node, file, line)

    [<CustomOperation "batchSize">]
    member _.BatchSize
        (
            settings: Settings,
            examples: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("batch_size", Tree.integer (int64 examples), file, line)

    [<CustomOperation "fullBatch">]
    member _.FullBatch
        (
            settings: Settings,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("batch_size", Tree.text "full", file, line)

    [<CustomOperation "epochs">]
    member _.Epochs
        (
            settings: Settings,
            epochs: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("epochs", Tree.integer (int64 epochs), file, line)

    [<CustomOperation "augment">]
    member _.Augment
        (
            settings: Settings,
            augmentations: Component<Augmentation> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("augment", Tree.list [ for augmentation in augmentations -> augmentation.Node ], file, line)

    [<CustomOperation "precision">]
    member _.Precision
        (
            settings: Settings,
            precision: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("precision", Tree.text precision, file, line)

    [<CustomOperation "evaluateEvery">]
    member _.EvaluateEvery
        (
            settings: Settings,
            epochs: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("evaluate_every", Tree.integer (int64 epochs), file, line)

    [<CustomOperation "recordOutputsEvery">]
    member _.RecordOutputsEvery
        (
            settings: Settings,
            epochs: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("record_outputs_every", Tree.integer (int64 epochs), file, line)

    [<CustomOperation "clipGradientNorm">]
    member _.ClipGradientNorm
        (
            settings: Settings,
            norm: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("clip_gradient_norm", Tree.real norm, file, line)

    [<CustomOperation "stop">]
    member _.Stop
        (
            settings: Settings,
            rule: Component<StoppingRule>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("stop", rule.Node, file, line)

/// When, on what and how the Jacobian is computed.
[<Sealed>]
type JacobianBuilder internal () =
    member _.Yield(_: 'T) = Settings.None
    member _.Zero() = Settings.None

    member _.Run(settings: Settings) = JacobianSettings(settings.Node)

    [<CustomOperation "at">]
    member _.At
        (
            settings: Settings,
            checkpoints: Moment list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("at", Tree.list [ for checkpoint in checkpoints -> checkpoint.Node ], file, line)

    [<CustomOperation "splits">]
    member _.Splits
        (
            settings: Settings,
            splits: string list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("splits", Tree.list (List.map Tree.text splits), file, line)

    [<CustomOperation "examples">]
    member _.Examples
        (
            settings: Settings,
            count: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("examples", Tree.integer (int64 count), file, line)

    [<CustomOperation "examplesOf">]
    member _.ExamplesOf
        (
            settings: Settings,
            split: string,
            count: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.Within("examples", split, Tree.integer (int64 count), file, line)

    [<CustomOperation "parameters">]
    member _.Parameters
        (
            settings: Settings,
            patterns: string list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("parameters", Tree.list (List.map Tree.text patterns), file, line)

    [<CustomOperation "top">]
    member _.Top
        (
            settings: Settings,
            count: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("spectrum", Tree.mapping [ "top", Tree.integer (int64 count) ], file, line)

    [<CustomOperation "precision">]
    member _.Precision
        (
            settings: Settings,
            precision: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("precision", Tree.text precision, file, line)

    [<CustomOperation "method">]
    member _.Method
        (
            settings: Settings,
            name: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("method", Tree.text name, file, line)

/// Another measurement, named by what is different about it.
[<Sealed>]
type MeasurementBuilder internal () =
    member _.Yield(_: 'T) = Settings.None
    member _.Zero() = Settings.None

    member _.Run(settings: Settings) = MeasurementSettings(settings.Node)

    [<CustomOperation "quantity">]
    member _.Quantity
        (
            settings: Settings,
            name: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("quantity", Tree.text name, file, line)

    [<CustomOperation "at">]
    member _.At
        (
            settings: Settings,
            checkpoint: Moment,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("at", checkpoint.Node, file, line)

    [<CustomOperation "ofEpoch">]
    member _.OfEpoch
        (
            settings: Settings,
            epoch: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("epoch", Tree.integer (int64 epoch), file, line)

    [<CustomOperation "split">]
    member _.Split
        (
            settings: Settings,
            name: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("split", Tree.text name, file, line)

    [<CustomOperation "target">]
    member _.Target
        (
            settings: Settings,
            name: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("target", Tree.text name, file, line)

/// One measurement and what is expected of it.
[<Sealed>]
type ExpectationBuilder internal () =
    member _.Yield(_: 'T) = Settings.None
    member _.Zero() = Settings.None

    member _.Run(settings: Settings) = ExpectationSettings(settings.Node)

    [<CustomOperation "quantity">]
    member _.Quantity
        (
            settings: Settings,
            name: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("quantity", Tree.text name, file, line)

    [<CustomOperation "at">]
    member _.At
        (
            settings: Settings,
            checkpoint: Moment,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("at", checkpoint.Node, file, line)

    [<CustomOperation "ofEpoch">]
    member _.OfEpoch
        (
            settings: Settings,
            epoch: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("epoch", Tree.integer (int64 epoch), file, line)

    [<CustomOperation "split">]
    member _.Split
        (
            settings: Settings,
            name: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("split", Tree.text name, file, line)

    [<CustomOperation "target">]
    member _.Target
        (
            settings: Settings,
            name: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("target", Tree.text name, file, line)

    [<CustomOperation "value">]
    member _.Value
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("value", Tree.real value, file, line)

    [<CustomOperation "tolerance">]
    member _.Tolerance
        (
            settings: Settings,
            distance: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("tolerance", Tree.real distance, file, line)

    [<CustomOperation "atLeast">]
    member _.AtLeast
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("at_least", Tree.real value, file, line)

    [<CustomOperation "atMost">]
    member _.AtMost
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("at_most", Tree.real value, file, line)

    [<CustomOperation "moreThan">]
    member _.MoreThan
        (
            settings: Settings,
            other: MeasurementSettings,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("more_than", other.Node, file, line)

    [<CustomOperation "lessThan">]
    member _.LessThan
        (
            settings: Settings,
            other: MeasurementSettings,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("less_than", other.Node, file, line)

    [<CustomOperation "source">]
    member _.Source
        (
            settings: Settings,
            text: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("source", Tree.text text, file, line)

/// How far apart the results of a rerun may be.
[<Sealed>]
type ToleranceBuilder internal () =
    member _.Yield(_: 'T) = Settings.None
    member _.Zero() = Settings.None

    member _.Run(settings: Settings) = ToleranceSettings(settings.Node)

    [<CustomOperation "spectra">]
    member _.Spectra
        (
            settings: Settings,
            distance: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("spectra", Tree.real distance, file, line)

    [<CustomOperation "subspaces">]
    member _.Subspaces
        (
            settings: Settings,
            distance: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("subspaces", Tree.real distance, file, line)

    [<CustomOperation "absolute">]
    member _.Absolute
        (
            settings: Settings,
            distance: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.Within("values", "absolute", Tree.real distance, file, line)

    [<CustomOperation "relative">]
    member _.Relative
        (
            settings: Settings,
            distance: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.Within("values", "relative", Tree.real distance, file, line)

    [<CustomOperation "float64Arrays">]
    member _.Float64Arrays
        (
            settings: Settings,
            distance: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.Within("arrays", "float64", Tree.real distance, file, line)

    [<CustomOperation "float32Arrays">]
    member _.Float32Arrays
        (
            settings: Settings,
            distance: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.Within("arrays", "float32", Tree.real distance, file, line)

    [<CustomOperation "counts">]
    member _.Counts
        (
            settings: Settings,
            examples: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("counts", Tree.integer (int64 examples), file, line)

/// The words that a script begins with.
[<AutoOpen>]
module Builders =

    let experiment = ExperimentBuilder()
    let train = TrainingBuilder()
    let differentiate = JacobianBuilder()
    let measurement = MeasurementBuilder()
    let expectation = ExpectationBuilder()
    let tolerances = ToleranceBuilder()
    let untrained = TrainingSettings(Tree.text "none")
    let initial = Moment(Tree.text "initial")
    let final = Moment(Tree.text "final")
    let epoch (number: int) = Moment(Tree.integer (int64 number))
    let atStep (number: int64) = Moment(Tree.text $"step {number}")
    let atBestTest = Moment(Tree.text "best_test")
    let atBestValidation = Moment(Tree.text "best_validation")

    let logSpaced (count: int) =
        Moment(Tree.mapping [ "log_spaced", Tree.integer (int64 count) ])

    let checkpointNamed (name: string) = Moment(Tree.text name)

    let rec private node (value: obj) : YamlNode =
        match value with
        | :? string as text -> Tree.text text
        | :? bool as flag -> Tree.flag flag
        | :? int as number -> Tree.integer (int64 number)
        | :? int64 as number -> Tree.integer number
        | :? float as number -> Tree.real number
        | :? Moment as checkpoint -> checkpoint.Node
        | :? SettingValue as value -> value.Node
        | :? System.Collections.IEnumerable as items -> Tree.list [ for item in items -> node item ]
        | other ->
            match Component.NodeOf other with
            | Some node -> node
            | None ->
                invalidArg
                    (nameof value)
                    $"expected a number, text, truth value, component or a list of them, got {other.GetType().Name}"

    let value (content: obj) = SettingValue(node content)

    let ofKind<'Family> (kind: string) (settings: (string * SettingValue) list) =
        match settings with
        | [] -> Component<'Family>(kind, None)
        | settings ->
            let entries = [
                for key, value in List.rev settings -> { It = key; At = Tree.nowhere }, value.Node
            ]

            Component<'Family>(kind, Some(Settings entries))
