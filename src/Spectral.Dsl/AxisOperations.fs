namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

/// Paths into the spec, each with the values that it takes one after the other.
[<AbstractClass>]
type AxisOperations internal (under: string option) =

    /// One more path, in the mapping itself or in one below it.
    let put (settings: Settings) path node file line =
        match under with
        | None -> settings.With(path, node, file, line)
        | Some key -> settings.Within(key, path, node, file, line)

    member _.Yield(_: 'T) = Settings.None
    member _.Zero() = Settings.None

    [<CustomOperation "over">]
    member _.Over
        (
            settings: Settings,
            path: string,
            values: int list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        put settings path (Tree.list [ for one in values -> Tree.integer (int64 one) ]) file line

    [<CustomOperation "over">]
    member _.Over
        (
            settings: Settings,
            path: string,
            values: int64 list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        put settings path (Tree.list [ for one in values -> Tree.integer one ]) file line

    [<CustomOperation "over">]
    member _.Over
        (
            settings: Settings,
            path: string,
            values: float list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        put settings path (Tree.list [ for one in values -> Tree.real one ]) file line

    [<CustomOperation "over">]
    member _.Over
        (
            settings: Settings,
            path: string,
            values: string list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        put settings path (Tree.list [ for one in values -> Tree.text one ]) file line

    [<CustomOperation "over">]
    member _.Over
        (
            settings: Settings,
            path: string,
            values: bool list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        put settings path (Tree.list [ for one in values -> Tree.flag one ]) file line

    [<CustomOperation "over">]
    member _.Over
        (
            settings: Settings,
            path: string,
            values: SettingValue list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        put settings path (Tree.list [ for one in values -> one.Node ]) file line

    [<CustomOperation "over">]
    member _.Over
        (
            settings: Settings,
            path: string,
            values: Component<'Family> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        put settings path (Tree.list [ for one in values -> one.Node ]) file line

    [<CustomOperation "over">]
    member _.Over
        (
            settings: Settings,
            path: string,
            values: int list list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        put
            settings
            path
            (Tree.list [
                for one in values -> Tree.list [ for item in one -> Tree.integer (int64 item) ]
            ])
            file
            line

    [<CustomOperation "over">]
    member _.Over
        (
            settings: Settings,
            path: string,
            values: string list list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        put settings path (Tree.list [ for one in values -> Tree.list [ for item in one -> Tree.text item ] ]) file line

    [<CustomOperation "over">]
    member _.Over
        (
            settings: Settings,
            path: string,
            values: RangeSettings,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        put settings path values.Node file line

    [<CustomOperation "dataset">]
    member _.Dataset
        (
            settings: Settings,
            values: Component<Dataset> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        put settings "dataset" (Tree.list [ for one in values -> one.Node ]) file line

    [<CustomOperation "noise">]
    member _.Noise
        (
            settings: Settings,
            values: Component<LabelNoise> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        put settings "noise" (Tree.list [ for one in values -> one.Node ]) file line

    [<CustomOperation "network">]
    member _.Network
        (
            settings: Settings,
            values: Component<Network> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        put settings "network" (Tree.list [ for one in values -> one.Node ]) file line

    [<CustomOperation "loss">]
    member _.Loss
        (
            settings: Settings,
            values: Component<Loss> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        put settings "training.loss" (Tree.list [ for one in values -> one.Node ]) file line

    [<CustomOperation "optimizer">]
    member _.Optimizer
        (
            settings: Settings,
            values: Component<Optimizer> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        put settings "training.optimizer" (Tree.list [ for one in values -> one.Node ]) file line

    [<CustomOperation "schedule">]
    member _.Schedule
        (
            settings: Settings,
            values: Component<Schedule> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        put settings "training.schedule" (Tree.list [ for one in values -> one.Node ]) file line

    [<CustomOperation "stop">]
    member _.Stop
        (
            settings: Settings,
            values: Component<StoppingRule> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        put settings "training.stop" (Tree.list [ for one in values -> one.Node ]) file line

    [<CustomOperation "cutoff">]
    member _.Cutoff
        (
            settings: Settings,
            values: Component<Cutoff> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        put settings "cutoff" (Tree.list [ for one in values -> one.Node ]) file line
