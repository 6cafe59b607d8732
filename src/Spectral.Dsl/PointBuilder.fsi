namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

/// <summary>Values that a point has.</summary>
[<Sealed>]
type PointSettings =
    inherit Part
    internal new: node: YamlNode -> PointSettings

/// <summary>Values that a point has, all of them. Begins with <c>point {</c>.</summary>
[<Sealed>]
type PointBuilder =
    internal new: unit -> PointBuilder

    /// <summary>Begins the settings.</summary>
    member Yield: 'T -> Settings

    /// <summary>Nothing is set.</summary>
    member Zero: unit -> Settings

    /// <summary>What the settings make.</summary>
    member Run: settings: Settings -> PointSettings

    /// <summary>The value at a path.</summary>
    [<CustomOperation "having">]
    member Having:
        settings: Settings *
        path: string *
        value: int *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The value at a path.</summary>
    [<CustomOperation "having">]
    member Having:
        settings: Settings *
        path: string *
        value: int64 *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The value at a path.</summary>
    [<CustomOperation "having">]
    member Having:
        settings: Settings *
        path: string *
        value: float *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The value at a path.</summary>
    [<CustomOperation "having">]
    member Having:
        settings: Settings *
        path: string *
        value: string *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The value at a path.</summary>
    [<CustomOperation "having">]
    member Having:
        settings: Settings *
        path: string *
        value: bool *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The value at a path.</summary>
    [<CustomOperation "having">]
    member Having:
        settings: Settings *
        path: string *
        value: SettingValue *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The value at a path.</summary>
    [<CustomOperation "having">]
    member Having:
        settings: Settings *
        path: string *
        value: Component<'Family> *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings
