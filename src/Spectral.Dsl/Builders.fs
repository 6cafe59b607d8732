namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

/// The words that a script begins with.
[<AutoOpen>]
module Builders =

    let experiment = ExperimentBuilder()
    let train = TrainingBuilder()
    let differentiate = JacobianBuilder()
    let measurement = MeasurementBuilder()
    let expectation = ExpectationBuilder()
    let tolerances = ToleranceBuilder()
    let grid = GridBuilder()
    let together = ZipBuilder()
    let draws = RandomBuilder()
    let range = RangeBuilder()
    let point = PointBuilder()
    let limits = ResourceBuilder()
    let untrained = TrainingSettings(Tree.text "none")
    let initial = Moment(Tree.text "initial")
    let final = Moment(Tree.text "final")
    let epoch (number: int) = Moment(Tree.integer (int64 number))
    let atStep (number: int64) = Moment(Tree.text $"step {number}")
    let atBestTest = Moment(Tree.text "best_test")
    let atBestValidation = Moment(Tree.text "best_validation")

    let logSpaced (count: int) =
        Moment(Tree.mapping [ "log_spaced", Tree.integer (int64 count) ])

    let checkpointNamed (name: string) = Moment(Tree.text name)

    let rec private node (value: obj) : YamlNode =
        match value with
        | :? string as text -> Tree.text text
        | :? bool as flag -> Tree.flag flag
        | :? int as number -> Tree.integer (int64 number)
        | :? int64 as number -> Tree.integer number
        | :? float as number -> Tree.real number
        | :? Moment as checkpoint -> checkpoint.Node
        | :? SettingValue as value -> value.Node
        | :? System.Collections.IEnumerable as items -> Tree.list [ for item in items -> node item ]
        | other ->
            match Component.NodeOf other with
            | Some node -> node
            | None ->
                invalidArg
                    (nameof value)
                    $"expected a number, text, truth value, component or a list of them, got {other.GetType().Name}"

    let value (content: obj) = SettingValue(node content)

    let keyed (settings: (string * SettingValue) list) =
        SettingValue(Tree.mapping [ for key, value in settings -> key, value.Node ])

    let ofKind<'Family> (kind: string) (settings: (string * SettingValue) list) =
        match settings with
        | [] -> Component<'Family>(kind, None)
        | settings ->
            let entries = [
                for key, value in List.rev settings -> { It = key; At = Tree.nowhere }, value.Node
            ]

            Component<'Family>(kind, Some(Settings entries))
