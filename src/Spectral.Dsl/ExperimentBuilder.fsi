namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

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

    /// <summary>Several values for settings, one run for each combination: <c>grid { ... }</c>.</summary>
    [<CustomOperation "sweep">]
    member Sweep:
        settings: Settings *
        sweep: SweepSettings *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The most that a run may take.</summary>
    [<CustomOperation "resources">]
    member Resources:
        settings: Settings *
        limits: ResourceSettings *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings
