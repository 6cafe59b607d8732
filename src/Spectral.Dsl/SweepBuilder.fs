namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

/// What varies between the runs of a sweep.
[<Sealed>]
type SweepSettings internal (node: YamlNode) =
    inherit Part(node)

/// Paths that change together.
[<Sealed>]
type ZipSettings internal (node: YamlNode) =
    inherit Part(node)

/// Points drawn at random.
[<Sealed>]
type RandomSettings internal (node: YamlNode) =
    inherit Part(node)

/// Paths that change together.
[<Sealed>]
type ZipBuilder internal () =
    inherit AxisOperations(None)
    member _.Run(settings: Settings) = ZipSettings(settings.Node)

/// Points drawn at random.
[<Sealed>]
type RandomBuilder internal () =
    inherit AxisOperations(Some "over")
    member _.Run(settings: Settings) = RandomSettings(settings.Node)

    [<CustomOperation "count">]
    member _.Count
        (
            settings: Settings,
            points: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("count", Tree.integer (int64 points), file, line)

    [<CustomOperation "seed">]
    member _.Seed
        (
            settings: Settings,
            number: int64,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("seed", Tree.integer number, file, line)

/// What varies between runs: the last path fastest.
[<Sealed>]
type GridBuilder internal () =
    inherit AxisOperations(None)
    member _.Run(settings: Settings) = SweepSettings(settings.Node)

    [<CustomOperation "zip">]
    member _.Zip
        (
            settings: Settings,
            axes: ZipSettings,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("zip", axes.Node, file, line)

    [<CustomOperation "random">]
    member _.Random
        (
            settings: Settings,
            draws: RandomSettings,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("random", draws.Node, file, line)

    [<CustomOperation "exclude">]
    member _.Exclude
        (
            settings: Settings,
            point: PointSettings,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.Adding("exclude", point.Node, file, line)
