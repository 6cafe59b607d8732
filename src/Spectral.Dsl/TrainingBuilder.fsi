namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

/// <summary>How a network is trained. Begins with <c>train {</c>.</summary>
[<Sealed>]
type TrainingBuilder =
    internal new: unit -> TrainingBuilder

    /// <summary>Begins the settings.</summary>
    member Yield: 'T -> Settings

    /// <summary>Nothing is set.</summary>
    member Zero: unit -> Settings

    /// <summary>What the settings make.</summary>
    member Run: settings: Settings -> TrainingSettings

    /// <summary>What training makes small.</summary>
    [<CustomOperation "loss">]
    member Loss:
        settings: Settings *
        loss: Component<Loss> *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The rule that changes the weights.</summary>
    [<CustomOperation "optimizer">]
    member Optimizer:
        settings: Settings *
        optimizer: Component<Optimizer> *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The factor of the optimizer's rate in each epoch.</summary>
    [<CustomOperation "schedule">]
    member Schedule:
        settings: Settings *
        schedule: Component<Schedule> *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Examples a step.</summary>
    [<CustomOperation "batchSize">]
    member BatchSize:
        settings: Settings *
        examples: int *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>All examples in every step.</summary>
    [<CustomOperation "fullBatch">]
    member FullBatch:
        settings: Settings *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Passes over the training split.</summary>
    [<CustomOperation "epochs">]
    member Epochs:
        settings: Settings *
        epochs: int *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Random changes of every batch of images, in this order.</summary>
    [<CustomOperation "augment">]
    member Augment:
        settings: Settings *
        augmentations: Component<Augmentation> list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>float32 or float64.</summary>
    [<CustomOperation "precision">]
    member Precision:
        settings: Settings *
        precision: string *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Epochs between evaluations.</summary>
    [<CustomOperation "evaluateEvery">]
    member EvaluateEvery:
        settings: Settings *
        epochs: int *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Epochs between recorded outputs.</summary>
    [<CustomOperation "recordOutputsEvery">]
    member RecordOutputsEvery:
        settings: Settings *
        epochs: int *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The largest norm of a step's gradient, above 0.</summary>
    [<CustomOperation "clipGradientNorm">]
    member ClipGradientNorm:
        settings: Settings *
        norm: float *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>What ends training before its last epoch.</summary>
    [<CustomOperation "stop">]
    member Stop:
        settings: Settings *
        rule: Component<StoppingRule> *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings
