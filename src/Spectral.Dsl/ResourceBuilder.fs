namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

/// The most that a run may take.
[<Sealed>]
type ResourceBuilder internal () =
    member _.Yield(_: 'T) = Settings.None
    member _.Zero() = Settings.None

    member _.Run(settings: Settings) = ResourceSettings(settings.Node)

    [<CustomOperation "memory">]
    member _.Memory
        (
            settings: Settings,
            amount: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("memory", Tree.text amount, file, line)

    [<CustomOperation "time">]
    member _.Time
        (
            settings: Settings,
            amount: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("time", Tree.text amount, file, line)

    [<CustomOperation "disk">]
    member _.Disk
        (
            settings: Settings,
            amount: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("disk", Tree.text amount, file, line)
