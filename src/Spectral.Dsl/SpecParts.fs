namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

/// The part of a spec that a builder makes: settings, or a word in their place.
[<AbstractClass>]
type Part internal (node: YamlNode) =
    member internal _.Node = node

/// How a network is trained.
[<Sealed>]
type TrainingSettings internal (node: YamlNode) =
    inherit Part(node)

/// When, on what and how the Jacobian is computed.
[<Sealed>]
type JacobianSettings internal (node: YamlNode) =
    inherit Part(node)

/// A measurement.
[<Sealed>]
type MeasurementSettings internal (node: YamlNode) =
    inherit Part(node)

/// A measurement and what is expected of it.
[<Sealed>]
type ExpectationSettings internal (node: YamlNode) =
    inherit Part(node)

/// How far apart the results of a rerun may be.
[<Sealed>]
type ToleranceSettings internal (node: YamlNode) =
    inherit Part(node)

/// The most that a run may take.
[<Sealed>]
type ResourceSettings internal (node: YamlNode) =
    inherit Part(node)

/// A whole experiment as a script declares it; nothing is checked yet.
[<Sealed>]
type ExperimentSpec internal (tree: YamlNode) =
    member internal _.Tree = tree

    member _.ToYaml() =
        YamlWriting.write "spectral-1.schema.json" tree
