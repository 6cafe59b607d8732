namespace Spectral.Dsl

open System
open Spectral.Core.Components

/// Which numbers a place takes, if any: a range may stand for a list of them.
type internal Numbers =
    | NoNumbers
    | WholeNumbers
    | RealNumbers

/// What stands at a path.
type internal SweptValue =
    | OfKey of Form
    /// What stands behind a kind: its settings, or the first one alone.
    | OfKind of ComponentDefinition
    | OfSetting of FieldType

/// A path that a sweep may name, with what its values are.
type internal SweepPath = {
    Path: string
    Value: SweptValue
    Summary: string
}

/// The paths of a spec, as far as the language and the Catalog know them before there is a spec: to every key, kind and
/// setting, and to what may lie deeper.
module internal SweepPaths =

    let rec private ofType (fieldType: FieldType) =
        match fieldType with
        | :? RealType -> RealNumbers
        | :? IntegerType
        | :? NamedIndexType
        | :? CheckpointType -> WholeNumbers
        // A lone number stands for a list of one.
        | :? ListType as list -> ofType list.Item
        | _ -> NoNumbers

    let rec private ofForm form =
        match form with
        | Form.Setting fieldType -> ofType fieldType
        | Form.Whole _ -> WholeNumbers
        | Form.Several(item, _, _) -> ofForm item
        | Form.Either forms ->
            forms
            |> List.map ofForm
            |> List.tryFind ((<>) NoNumbers)
            |> Option.defaultValue NoNumbers
        | _ -> NoNumbers

    /// What a lone value behind a kind fills.
    let private ofKind (definition: ComponentDefinition) =
        match List.ofSeq definition.Fields with
        | first :: others when others |> List.forall (fun field -> not (isNull field.Default)) -> ofType first.Type
        | _ -> NoNumbers

    /// Which numbers a path takes.
    let numbers path =
        match path.Value with
        | OfKey form -> ofForm form
        | OfKind definition -> ofKind definition
        | OfSetting fieldType -> ofType fieldType

    /// A path with a value, or one that goes on with indices, kinds and settings which a spec must tell.
    type private Found =
        | Offered of SweepPath
        | Open of path: string

    let private offered path value doc =
        Offered {
            Path = path
            Value = value
            Summary = doc
        }

    let private ofFamily path (family: ComponentFamily) = [
        for definition in family.Members do
            let kind = $"{path}.{definition.Kind}"
            offered kind (OfKind definition) definition.Summary

            for field in definition.Fields do
                let setting = $"{kind}.{field.Name}"
                offered setting (OfSetting field.Type) field.Doc

                match field.Type with
                | :? ListType
                | :? ComponentType -> Open setting
                | _ -> ()
    ]

    let rec private below (catalog: ComponentCatalog) path form =
        match form with
        | Form.Setting(:? ComponentType as one) -> ofFamily path (catalog.Family one.Family)
        | Form.Setting(:? ListType)
        | Form.Several _ -> [ Open path ]
        | Form.OneAmong(keys = keys)
        | Form.Mapping keys -> ofKeys catalog path keys
        | Form.Either forms -> forms |> List.collect (below catalog path)
        | _ -> []

    and private ofKeys catalog path keys = [
        for key in keys do
            let here = Reading.join path key.Name
            offered here (OfKey key.Form) key.Doc
            yield! below catalog here key.Form
    ]

    let private found catalog =
        SpecKeys.all
        |> List.filter (fun key -> key.Name <> "spectral" && key.Name <> "sweep")
        |> ofKeys catalog ""

    /// Every path that is known without a spec, in the order of the documentation.
    let all catalog =
        found catalog
        |> List.choose (fun one ->
            match one with
            | Offered path -> Some path
            | Open _ -> None)

    /// Any of some paths as a regular expression.
    let pattern (paths: string list) =
        let escaped = paths |> List.map (fun path -> path.Replace(".", "\\."))
        "(?:" + String.Join('|', escaped) + ")"

    /// A regular expression for the paths that go deeper than all of these.
    let deeper catalog =
        found catalog
        |> List.choose (fun one ->
            match one with
            | Open path -> Some path
            | Offered _ -> None)
        |> List.distinct
        |> pattern
        |> fun prefix -> $"^{prefix}(?:\\.[A-Za-z0-9_]+)+$"
