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

/// <summary>The most that a run may take.</summary>
[<Sealed>]
type ResourceSettings =
    inherit Part
    internal new: node: YamlNode -> ResourceSettings

/// <summary>A whole experiment as a script declares it; nothing is checked yet.</summary>
[<Sealed>]
type ExperimentSpec =
    internal new: tree: YamlNode -> ExperimentSpec
    member internal Tree: YamlNode

    /// <summary>The experiment as a YAML spec.</summary>
    member ToYaml: unit -> string
