namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

/// <summary>How far apart the results of a rerun may be. Begins with <c>tolerances {</c>.</summary>
[<Sealed>]
type ToleranceBuilder =
    internal new: unit -> ToleranceBuilder

    /// <summary>Begins the settings.</summary>
    member Yield: 'T -> Settings

    /// <summary>Nothing is set.</summary>
    member Zero: unit -> Settings

    /// <summary>What the settings make.</summary>
    member Run: settings: Settings -> ToleranceSettings

    /// <summary>Singular values, relative to sigma_1.</summary>
    [<CustomOperation "spectra">]
    member Spectra:
        settings: Settings *
        distance: float *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Sines between information spaces, in [0, 1].</summary>
    [<CustomOperation "subspaces">]
    member Subspaces:
        settings: Settings *
        distance: float *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Numbers of tables, the absolute part.</summary>
    [<CustomOperation "absolute">]
    member Absolute:
        settings: Settings *
        distance: float *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Numbers of tables, the relative part.</summary>
    [<CustomOperation "relative">]
    member Relative:
        settings: Settings *
        distance: float *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Other arrays of float64: max |d| / max |x|.</summary>
    [<CustomOperation "float64Arrays">]
    member Float64Arrays:
        settings: Settings *
        distance: float *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Other arrays of float32: max |d| / max |x|.</summary>
    [<CustomOperation "float32Arrays">]
    member Float32Arrays:
        settings: Settings *
        distance: float *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Errors, in examples.</summary>
    [<CustomOperation "counts">]
    member Counts:
        settings: Settings *
        examples: int *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings
