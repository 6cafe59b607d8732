namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

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
