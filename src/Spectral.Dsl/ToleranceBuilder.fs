namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

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
