namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

/// Numbers from one end to another.
[<Sealed>]
type RangeSettings internal (node: YamlNode) =
    inherit Part(node)

/// Numbers from one end to another, both included.
[<Sealed>]
type RangeBuilder internal () =
    member _.Yield(_: 'T) = Settings.None
    member _.Zero() = Settings.None
    member _.Run(settings: Settings) = RangeSettings(settings.Node)

    [<CustomOperation "first">]
    member _.First
        (
            settings: Settings,
            number: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("from", Tree.integer (int64 number), file, line)

    [<CustomOperation "first">]
    member _.First
        (
            settings: Settings,
            number: int64,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("from", Tree.integer number, file, line)

    [<CustomOperation "first">]
    member _.First
        (
            settings: Settings,
            number: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("from", Tree.real number, file, line)

    [<CustomOperation "last">]
    member _.Last
        (
            settings: Settings,
            number: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("to", Tree.integer (int64 number), file, line)

    [<CustomOperation "last">]
    member _.Last
        (
            settings: Settings,
            number: int64,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("to", Tree.integer number, file, line)

    [<CustomOperation "last">]
    member _.Last
        (
            settings: Settings,
            number: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("to", Tree.real number, file, line)

    [<CustomOperation "step">]
    member _.Step
        (
            settings: Settings,
            number: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("step", Tree.integer (int64 number), file, line)

    [<CustomOperation "step">]
    member _.Step
        (
            settings: Settings,
            number: int64,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("step", Tree.integer number, file, line)

    [<CustomOperation "step">]
    member _.Step
        (
            settings: Settings,
            number: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("step", Tree.real number, file, line)

    [<CustomOperation "count">]
    member _.Count
        (
            settings: Settings,
            numbers: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("count", Tree.integer (int64 numbers), file, line)

    [<CustomOperation "scale">]
    member _.Scale
        (
            settings: Settings,
            word: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("scale", Tree.text word, file, line)
