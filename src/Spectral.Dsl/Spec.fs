namespace Spectral.Dsl

open Spectral.Core.Plans

/// What the author wrote behind a component's kind.
type internal SettingsSpec =
    /// The bare kind.
    | Bare
    /// A lone scalar or list, which fills the first setting.
    | Lone of YamlNode
    /// Settings by name.
    | Named of (Located<string> * YamlNode) list

/// A component as its author wrote it. It does not know what a cutoff is: the Binder asks the Catalog.
type internal ComponentSpec = {
    Kind: Located<string>
    Settings: SettingsSpec
}

type internal SeedSpec = {
    Root: Located<int64>
    Own: (Located<string> * int64) list
}

type internal BatchSize =
    | FullBatch
    | Examples of int

type internal TrainingSpec = {
    Loss: ComponentSpec
    Optimizer: ComponentSpec
    BatchSize: Located<BatchSize>
    Epochs: Located<int>
    Precision: Precision option
    EvaluateEvery: Located<int> option
    RecordOutputsEvery: Located<int> option
    Schedule: ComponentSpec option
    Augment: ComponentSpec list
    ClipGradientNorm: float option
    Stop: ComponentSpec option
}

/// Patterns over the names of parameters.
type internal SelectionSpec =
    | AllParameters
    | Matching of Located<string> list

type internal CheckpointSpec =
    | Initial
    | Final
    | Epoch of int
    | Step of int64
    /// Where a split's error is lowest.
    | BestOf of split: string
    /// So many epochs, evenly spaced in the logarithm, from 1 to the last.
    | LogSpaced of count: int

type internal JacobianSpec = {
    At: Located<CheckpointSpec> list option
    Splits: Located<string> list option
    /// How many of a split's examples have rows; a number without a split is meant for every split.
    Examples: (string option * Located<int>) list
    Parameters: SelectionSpec
    Precision: Precision option
    /// How many of the largest singular values; None for all.
    Top: Located<int> option
    Method: Located<string> option
}

/// Weights that were trained elsewhere.
type internal GivenWeightsSpec = {
    File: Located<string>
    Epoch: Located<int>
}

/// One measurement, as far as its author named it.
type internal PlaceSpec = {
    Quantity: Located<string * string> option
    At: Located<string> option
    Epoch: Located<int> option
    Split: Located<string> option
    Target: Located<string> option
}

/// What is asked of a measurement.
type internal DemandSpec =
    | NearTo of value: float * tolerance: float
    | AtLeastOf of float
    | AtMostOf of float
    | MoreThanOf of PlaceSpec
    | LessThanOf of PlaceSpec

type internal ExpectedSpec = {
    Place: PlaceSpec
    Demand: DemandSpec
    Source: string
}

/// How far apart a rerun's results may be; what is left out is as the program has it.
type internal VerifySpec = {
    Spectra: float option
    Subspaces: float option
    Absolute: float option
    Relative: float option
    Float64: float option
    Float32: float option
    Counts: int option
}

/// The most that a run may take.
type internal ResourcesSpec = {
    Memory: Located<Amount> option
    Time: Located<Amount> option
    Disk: Located<Amount> option
}

/// What the author wrote, every part with its place. Nothing is filled in: None is what the author left out.
type internal Spec = {
    Name: string
    Description: string
    Seed: SeedSpec
    Dataset: ComponentSpec
    Noise: ComponentSpec option
    Network: ComponentSpec
    Trainable: SelectionSpec
    /// The file of the weights before training.
    Initial: Located<string> option
    Training: TrainingSpec
    /// The files that take the place of training.
    Weights: GivenWeightsSpec list
    Jacobian: JacobianSpec option
    Cutoff: ComponentSpec
    Analyses: ComponentSpec list option
    Threads: int option
    Sweep: SweepSpec option
    Expected: ExpectedSpec list
    Verify: VerifySpec option
    Resources: ResourcesSpec option
}
