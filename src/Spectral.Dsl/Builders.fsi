namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

/// <summary>A part of a spec, as its builder makes it.</summary>
[<AbstractClass>]
type Part =
    internal new: node: YamlNode -> Part
    member internal Node: YamlNode

/// <summary>How a network is trained.</summary>
[<Sealed>]
type TrainingSettings =
    inherit Part
    internal new: node: YamlNode -> TrainingSettings

/// <summary>When, on what and how the Jacobian is computed.</summary>
[<Sealed>]
type JacobianSettings =
    inherit Part
    internal new: node: YamlNode -> JacobianSettings

/// <summary>A measurement.</summary>
[<Sealed>]
type MeasurementSettings =
    inherit Part
    internal new: node: YamlNode -> MeasurementSettings

/// <summary>A measurement and what is expected of it.</summary>
[<Sealed>]
type ExpectationSettings =
    inherit Part
    internal new: node: YamlNode -> ExpectationSettings

/// <summary>How far apart the results of a rerun may be.</summary>
[<Sealed>]
type ToleranceSettings =
    inherit Part
    internal new: node: YamlNode -> ToleranceSettings

/// <summary>A whole experiment as a script declares it; nothing is checked yet.</summary>
[<Sealed>]
type ExperimentSpec =
    internal new: tree: YamlNode -> ExperimentSpec
    member internal Tree: YamlNode

    /// <summary>The experiment as a YAML spec.</summary>
    member ToYaml: unit -> string

/// <summary>What an experiment is made of, from seed to expectations. Begins with <c>experiment {</c>.</summary>
[<Sealed>]
type ExperimentBuilder =
    internal new: unit -> ExperimentBuilder

    /// <summary>Begins the settings.</summary>
    member Yield: 'T -> Settings

    /// <summary>Nothing is set.</summary>
    member Zero: unit -> Settings

    /// <summary>What the settings make.</summary>
    member Run: settings: Settings -> ExperimentSpec

    /// <summary>Names the bundle: 1 to 64 of a-z, 0-9 and inner hyphens.</summary>
    [<CustomOperation "name">]
    member Name:
        settings: Settings *
        name: string *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>For people.</summary>
    [<CustomOperation "description">]
    member Description:
        settings: Settings *
        text: string *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The seed of every random stream, in [0, 2^53].</summary>
    [<CustomOperation "seed">]
    member Seed:
        settings: Settings *
        root: int64 *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>A seed of its own for one stream: data, noise, init or batches.</summary>
    [<CustomOperation "streamSeed">]
    member StreamSeed:
        settings: Settings *
        stream: string *
        seed: int64 *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Examples and their clean labels.</summary>
    [<CustomOperation "dataset">]
    member Dataset:
        settings: Settings *
        dataset: Component<Dataset> *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>How training labels are corrupted.</summary>
    [<CustomOperation "noise">]
    member Noise:
        settings: Settings *
        noise: Component<LabelNoise> *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The network that is trained and differentiated.</summary>
    [<CustomOperation "network">]
    member Network:
        settings: Settings *
        network: Component<Network> *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Patterns over the names of the parameters that training changes.</summary>
    [<CustomOperation "trainable">]
    member Trainable:
        settings: Settings *
        patterns: string list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>A file of weights to begin with, relative to the script's folder.</summary>
    [<CustomOperation "initialWeights">]
    member InitialWeights:
        settings: Settings *
        file': string *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>How the network is trained: <c>train { ... }</c>, or <c>untrained</c>.</summary>
    [<CustomOperation "training">]
    member Training:
        settings: Settings *
        training: TrainingSettings *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>A model that was trained elsewhere, after so many epochs; one line for each.</summary>
    [<CustomOperation "weights">]
    member Weights:
        settings: Settings *
        file': string *
        epoch: int *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>When, on what and how the Jacobian is computed: <c>differentiate { ... }</c>.</summary>
    [<CustomOperation "jacobian">]
    member Jacobian:
        settings: Settings *
        jacobian: JacobianSettings *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Where the spectrum is split.</summary>
    [<CustomOperation "cutoff">]
    member Cutoff:
        settings: Settings *
        cutoff: Component<Cutoff> *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>What is measured.</summary>
    [<CustomOperation "analyses">]
    member Analyses:
        settings: Settings *
        analyses: Component<Analysis> list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Threads of training and spectra, whose bits depend on it.</summary>
    [<CustomOperation "threads">]
    member Threads:
        settings: Settings *
        threads: int *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>What the author expects to come out.</summary>
    [<CustomOperation "expected">]
    member Expected:
        settings: Settings *
        expectations: ExpectationSettings list *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>How far apart the results of a rerun may be.</summary>
    [<CustomOperation "verify">]
    member Verify:
        settings: Settings *
        tolerances: ToleranceSettings *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

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

/// <summary>Another measurement, named by what is different about it. Begins with <c>measurement {</c>.</summary>
[<Sealed>]
type MeasurementBuilder =
    internal new: unit -> MeasurementBuilder

    /// <summary>Begins the settings.</summary>
    member Yield: 'T -> Settings

    /// <summary>Nothing is set.</summary>
    member Zero: unit -> Settings

    /// <summary>What the settings make.</summary>
    member Run: settings: Settings -> MeasurementSettings

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

/// <summary>One measurement and what is expected of it. Begins with <c>expectation {</c>.</summary>
[<Sealed>]
type ExpectationBuilder =
    internal new: unit -> ExpectationBuilder

    /// <summary>Begins the settings.</summary>
    member Yield: 'T -> Settings

    /// <summary>Nothing is set.</summary>
    member Zero: unit -> Settings

    /// <summary>What the settings make.</summary>
    member Run: settings: Settings -> ExpectationSettings

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

/// <summary>The words that a script begins with.</summary>
[<AutoOpen>]
module Builders =

    /// <summary>An experiment. A script makes exactly one.</summary>
    val experiment: ExperimentBuilder

    /// <summary>How the network is trained.</summary>
    val train: TrainingBuilder

    /// <summary>When, on what and how the Jacobian is computed.</summary>
    val differentiate: JacobianBuilder

    /// <summary>Another measurement, in <c>moreThan</c> and <c>lessThan</c>.</summary>
    val measurement: MeasurementBuilder

    /// <summary>One measurement and what is expected of it.</summary>
    val expectation: ExpectationBuilder

    /// <summary>How far apart the results of a rerun may be.</summary>
    val tolerances: ToleranceBuilder

    /// <summary>Nothing is trained: the weights come from elsewhere.</summary>
    val untrained: TrainingSettings

    /// <summary>Before training.</summary>
    val initial: Moment

    /// <summary>At the end of training.</summary>
    val final: Moment

    /// <summary>After so many epochs.</summary>
    val epoch: number: int -> Moment

    /// <summary>After so many steps.</summary>
    val atStep: number: int64 -> Moment

    /// <summary>At the lowest error on the test split.</summary>
    val atBestTest: Moment

    /// <summary>At the lowest error on the validation split.</summary>
    val atBestValidation: Moment

    /// <summary>So many epochs from 1 to the last, evenly spaced in the logarithm.</summary>
    val logSpaced: count: int -> Moment

    /// <summary>A checkpoint by the name that its files have.</summary>
    val checkpointNamed: name: string -> Moment

    /// <summary>
    /// A value of a setting that has no builder: a number, text, truth value, component, checkpoint or a list of them.
    /// </summary>
    /// <exception cref="T:System.ArgumentException">It is none of these.</exception>
    val value: content: obj -> SettingValue

    /// <summary>A component of a kind that has no builder, with its settings by name.</summary>
    val ofKind<'Family> : kind: string -> settings: (string * SettingValue) list -> Component<'Family>
