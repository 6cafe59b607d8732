namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

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
