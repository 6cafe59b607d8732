namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

/// Settings that say which measurement is meant.
[<AbstractClass>]
type MeasurementOperations internal () =
    member _.Yield(_: 'T) = Settings.None
    member _.Zero() = Settings.None

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

/// Another measurement, named by what is different about it.
[<Sealed>]
type MeasurementBuilder internal () =
    inherit MeasurementOperations()

    member _.Run(settings: Settings) = MeasurementSettings(settings.Node)

/// One measurement and what is expected of it.
[<Sealed>]
type ExpectationBuilder internal () =
    inherit MeasurementOperations()

    member _.Run(settings: Settings) = ExpectationSettings(settings.Node)

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
