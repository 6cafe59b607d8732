namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

/// <summary>Settings that say which measurement is meant.</summary>
[<AbstractClass>]
type MeasurementOperations =
    internal new: unit -> MeasurementOperations

    /// <summary>Begins the settings.</summary>
    member Yield: 'T -> Settings

    /// <summary>Nothing is set.</summary>
    member Zero: unit -> Settings

    /// <summary>ANALYSIS.QUANTITY, such as label_alignment.information.</summary>
    [<CustomOperation "quantity">]
    member Quantity:
        settings: Settings *
        name: string *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The checkpoint of the spectrum.</summary>
    [<CustomOperation "at">]
    member At:
        settings: Settings *
        checkpoint: Moment *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The epoch of a curve.</summary>
    [<CustomOperation "ofEpoch">]
    member OfEpoch:
        settings: Settings *
        epoch: int *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The split.</summary>
    [<CustomOperation "split">]
    member Split:
        settings: Settings *
        name: string *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The target: given, clean, centred or noise.</summary>
    [<CustomOperation "target">]
    member Target:
        settings: Settings *
        name: string *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

/// <summary>Another measurement, named by what is different about it. Begins with <c>measurement {</c>.</summary>
[<Sealed>]
type MeasurementBuilder =
    inherit MeasurementOperations

    internal new: unit -> MeasurementBuilder

    /// <summary>What the settings make.</summary>
    member Run: settings: Settings -> MeasurementSettings

/// <summary>One measurement and what is expected of it. Begins with <c>expectation {</c>.</summary>
[<Sealed>]
type ExpectationBuilder =
    inherit MeasurementOperations

    internal new: unit -> ExpectationBuilder

    /// <summary>What the settings make.</summary>
    member Run: settings: Settings -> ExpectationSettings

    /// <summary>The expected number; with a tolerance.</summary>
    [<CustomOperation "value">]
    member Value:
        settings: Settings *
        value: float *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>How far from the value still counts as met, 0 or more.</summary>
    [<CustomOperation "tolerance">]
    member Tolerance:
        settings: Settings *
        distance: float *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>A lower bound.</summary>
    [<CustomOperation "atLeast">]
    member AtLeast:
        settings: Settings *
        value: float *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>An upper bound.</summary>
    [<CustomOperation "atMost">]
    member AtMost:
        settings: Settings *
        value: float *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>More than another measurement.</summary>
    [<CustomOperation "moreThan">]
    member MoreThan:
        settings: Settings *
        other: MeasurementSettings *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Less than another measurement.</summary>
    [<CustomOperation "lessThan">]
    member LessThan:
        settings: Settings *
        other: MeasurementSettings *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Where the expectation comes from.</summary>
    [<CustomOperation "source">]
    member Source:
        settings: Settings *
        text: string *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings
