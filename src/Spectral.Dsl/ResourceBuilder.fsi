namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

/// <summary>The most that a run may take. Begins with <c>limits {</c>.</summary>
[<Sealed>]
type ResourceBuilder =
    internal new: unit -> ResourceBuilder

    /// <summary>Begins the settings.</summary>
    member Yield: 'T -> Settings

    /// <summary>Nothing is set.</summary>
    member Zero: unit -> Settings

    /// <summary>What the settings make.</summary>
    member Run: settings: Settings -> ResourceSettings

    /// <summary>Resident memory of the process: <c>8 GiB</c>.</summary>
    [<CustomOperation "memory">]
    member Memory:
        settings: Settings *
        amount: string *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Time of a run with nothing in the cache: <c>2 h</c>.</summary>
    [<CustomOperation "time">]
    member Time:
        settings: Settings *
        amount: string *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Bytes of the bundle and the cache's entries: <c>1 GiB</c>.</summary>
    [<CustomOperation "disk">]
    member Disk:
        settings: Settings *
        amount: string *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings
