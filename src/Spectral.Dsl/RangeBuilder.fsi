namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

/// <summary>Numbers from one end to another.</summary>
[<Sealed>]
type RangeSettings =
    inherit Part
    internal new: node: YamlNode -> RangeSettings

/// <summary>
/// Numbers from one end to another, both included. Begins with <c>range {</c>; whole numbers are as well written as a
/// list, <c>[ 1 .. 5 ]</c>.
/// </summary>
[<Sealed>]
type RangeBuilder =
    internal new: unit -> RangeBuilder

    /// <summary>Begins the settings.</summary>
    member Yield: 'T -> Settings

    /// <summary>Nothing is set.</summary>
    member Zero: unit -> Settings

    /// <summary>What the settings make.</summary>
    member Run: settings: Settings -> RangeSettings

    /// <summary>The first number.</summary>
    [<CustomOperation "first">]
    member First:
        settings: Settings *
        number: int *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The first number.</summary>
    [<CustomOperation "first">]
    member First:
        settings: Settings *
        number: int64 *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The first number.</summary>
    [<CustomOperation "first">]
    member First:
        settings: Settings *
        number: float *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The last number, which belongs to the range.</summary>
    [<CustomOperation "last">]
    member Last:
        settings: Settings *
        number: int *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The last number, which belongs to the range.</summary>
    [<CustomOperation "last">]
    member Last:
        settings: Settings *
        number: int64 *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The last number, which belongs to the range.</summary>
    [<CustomOperation "last">]
    member Last:
        settings: Settings *
        number: float *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The distance of two neighbours, in exact decimals; negative for falling numbers. Standard: 1.</summary>
    [<CustomOperation "step">]
    member Step:
        settings: Settings *
        number: int *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The distance of two neighbours, in exact decimals; negative for falling numbers. Standard: 1.</summary>
    [<CustomOperation "step">]
    member Step:
        settings: Settings *
        number: int64 *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The distance of two neighbours, in exact decimals; negative for falling numbers. Standard: 1.</summary>
    [<CustomOperation "step">]
    member Step:
        settings: Settings *
        number: float *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>How many numbers, in place of a step; 2 or more.</summary>
    [<CustomOperation "count">]
    member Count:
        settings: Settings *
        numbers: int *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>How the numbers are spaced: linear or log.</summary>
    [<CustomOperation "scale">]
    member Scale:
        settings: Settings *
        word: string *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings
