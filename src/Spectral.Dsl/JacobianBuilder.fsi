namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

/// <summary>When, on what and how the Jacobian is computed. Begins with <c>differentiate {</c>.</summary>
[<Sealed>]
type JacobianBuilder =
    internal new: unit -> JacobianBuilder

    /// <summary>Begins the settings.</summary>
    member Yield: 'T -> Settings

    /// <summary>Nothing is set.</summary>
    member Zero: unit -> Settings

    /// <summary>What the settings make.</summary>
    member Run: settings: Settings -> JacobianSettings

    /// <summary>When: such as <c>[ initial; epoch 10; final ]</c>.</summary>
    [<CustomOperation "at">]
    member At:
        settings: Settings *
        checkpoints: Moment list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The splits: train, test.</summary>
    [<CustomOperation "splits">]
    member Splits:
        settings: Settings *
        splits: string list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Rows for the first examples of every split only.</summary>
    [<CustomOperation "examples">]
    member Examples:
        settings: Settings *
        count: int *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Rows for the first examples of one split only.</summary>
    [<CustomOperation "examplesOf">]
    member ExamplesOf:
        settings: Settings *
        split: string *
        count: int *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Patterns over the names of the parameters that are columns.</summary>
    [<CustomOperation "parameters">]
    member Parameters:
        settings: Settings *
        patterns: string list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>So many of the largest singular values instead of all.</summary>
    [<CustomOperation "top">]
    member Top:
        settings: Settings *
        count: int *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>float64.</summary>
    [<CustomOperation "precision">]
    member Precision:
        settings: Settings *
        precision: string *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>How the spectrum is computed: auto, direct, gram, tsqr or krylov.</summary>
    [<CustomOperation "method">]
    member Method:
        settings: Settings *
        name: string *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings
