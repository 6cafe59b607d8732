namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

/// <summary>Paths into the spec, each with the values that it takes one after the other.</summary>
[<AbstractClass>]
type AxisOperations =
    internal new: under: string option -> AxisOperations

    /// <summary>Begins the settings.</summary>
    member Yield: 'T -> Settings

    /// <summary>Nothing is set.</summary>
    member Zero: unit -> Settings

    /// <summary>The values of a path, as overrides take it: noise.uniform, network.mlp.hidden.</summary>
    [<CustomOperation "over">]
    member Over:
        settings: Settings *
        path: string *
        values: int list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The values of a path, as overrides take it: noise.uniform, network.mlp.hidden.</summary>
    [<CustomOperation "over">]
    member Over:
        settings: Settings *
        path: string *
        values: int64 list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The values of a path, as overrides take it: noise.uniform, network.mlp.hidden.</summary>
    [<CustomOperation "over">]
    member Over:
        settings: Settings *
        path: string *
        values: float list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The values of a path, as overrides take it: noise.uniform, network.mlp.hidden.</summary>
    [<CustomOperation "over">]
    member Over:
        settings: Settings *
        path: string *
        values: string list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The values of a path, as overrides take it: noise.uniform, network.mlp.hidden.</summary>
    [<CustomOperation "over">]
    member Over:
        settings: Settings *
        path: string *
        values: bool list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The values of a path, as overrides take it: noise.uniform, network.mlp.hidden.</summary>
    [<CustomOperation "over">]
    member Over:
        settings: Settings *
        path: string *
        values: SettingValue list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The values of a path, as overrides take it: noise.uniform, network.mlp.hidden.</summary>
    [<CustomOperation "over">]
    member Over:
        settings: Settings *
        path: string *
        values: Component<'Family> list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The values, each a list, of a path, as overrides take it: noise.uniform, network.mlp.hidden.</summary>
    [<CustomOperation "over">]
    member Over:
        settings: Settings *
        path: string *
        values: int list list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The values, each a list, of a path, as overrides take it: noise.uniform, network.mlp.hidden.</summary>
    [<CustomOperation "over">]
    member Over:
        settings: Settings *
        path: string *
        values: string list list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The numbers of a path, as overrides take it.</summary>
    [<CustomOperation "over">]
    member Over:
        settings: Settings *
        path: string *
        values: RangeSettings *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Whole datasets.</summary>
    [<CustomOperation "dataset">]
    member Dataset:
        settings: Settings *
        values: Component<Dataset> list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Whole label noises.</summary>
    [<CustomOperation "noise">]
    member Noise:
        settings: Settings *
        values: Component<LabelNoise> list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Whole networks.</summary>
    [<CustomOperation "network">]
    member Network:
        settings: Settings *
        values: Component<Network> list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Whole losses of training.</summary>
    [<CustomOperation "loss">]
    member Loss:
        settings: Settings *
        values: Component<Loss> list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Whole optimizers of training.</summary>
    [<CustomOperation "optimizer">]
    member Optimizer:
        settings: Settings *
        values: Component<Optimizer> list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Whole schedules of training.</summary>
    [<CustomOperation "schedule">]
    member Schedule:
        settings: Settings *
        values: Component<Schedule> list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Whole rules that end training.</summary>
    [<CustomOperation "stop">]
    member Stop:
        settings: Settings *
        values: Component<StoppingRule> list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Whole cutoffs.</summary>
    [<CustomOperation "cutoff">]
    member Cutoff:
        settings: Settings *
        values: Component<Cutoff> list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings
