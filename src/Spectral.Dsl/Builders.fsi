namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

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

    /// <summary>What varies between runs: every combination of values is one.</summary>
    val grid: GridBuilder

    /// <summary>Paths that change together, in <c>zip</c>.</summary>
    val together: ZipBuilder

    /// <summary>Points drawn at random, in <c>random</c>.</summary>
    val draws: RandomBuilder

    /// <summary>Numbers from one end to another, in <c>over</c>.</summary>
    val range: RangeBuilder

    /// <summary>Values that a point has, in <c>exclude</c>.</summary>
    val point: PointBuilder

    /// <summary>The most that a run may take.</summary>
    val limits: ResourceBuilder

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

    /// <summary>Settings by name, where a path takes a mapping: <c>keyed [ "root", value 1; "init", value 2 ]</c>.</summary>
    val keyed: settings: (string * SettingValue) list -> SettingValue

    /// <summary>A component of a kind that has no builder, with its settings by name.</summary>
    val ofKind<'Family> : kind: string -> settings: (string * SettingValue) list -> Component<'Family>
