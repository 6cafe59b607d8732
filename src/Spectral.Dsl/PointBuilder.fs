namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

/// Values that a point has.
[<Sealed>]
type PointSettings internal (node: YamlNode) =
    inherit Part(node)

/// Values that a point has, all of them.
[<Sealed>]
type PointBuilder internal () =
    member _.Yield(_: 'T) = Settings.None
    member _.Zero() = Settings.None
    member _.Run(settings: Settings) = PointSettings(settings.Node)

    [<CustomOperation "having">]
    member _.Having
        (
            settings: Settings,
            path: string,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With(path, Tree.integer (int64 value), file, line)

    [<CustomOperation "having">]
    member _.Having
        (
            settings: Settings,
            path: string,
            value: int64,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With(path, Tree.integer value, file, line)

    [<CustomOperation "having">]
    member _.Having
        (
            settings: Settings,
            path: string,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With(path, Tree.real value, file, line)

    [<CustomOperation "having">]
    member _.Having
        (
            settings: Settings,
            path: string,
            value: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With(path, Tree.text value, file, line)

    [<CustomOperation "having">]
    member _.Having
        (
            settings: Settings,
            path: string,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With(path, Tree.flag value, file, line)

    [<CustomOperation "having">]
    member _.Having
        (
            settings: Settings,
            path: string,
            value: SettingValue,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With(path, value.Node, file, line)

    [<CustomOperation "having">]
    member _.Having
        (
            settings: Settings,
            path: string,
            value: Component<'Family>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With(path, value.Node, file, line)
