namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

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

    [<CustomOperation "sweep">]
    member _.Sweep
        (
            settings: Settings,
            sweep: SweepSettings,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("sweep", sweep.Node, file, line)

    [<CustomOperation "resources">]
    member _.Resources
        (
            settings: Settings,
            limits: ResourceSettings,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("resources", limits.Node, file, line)
