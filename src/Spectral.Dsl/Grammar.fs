namespace Spectral.Dsl

open System
open Spectral.Core.Components
open Spectral.Core.Plans

/// What a place in a spec holds, as far as a path into it must know.
type internal Place =
    | Top
    | Training
    | Seed
    /// One component of a family.
    | OneOf of family: Type
    /// The settings of a component.
    | SettingsOf of ComponentDefinition
    | ListOf of item: Place
    | Value

/// Where in a spec components stand.
module internal Grammar =

    let rec private ofType (fieldType: FieldType) =
        match fieldType with
        | :? ComponentType as one -> OneOf one.Family
        | :? ListType as list -> ListOf(ofType list.Item)
        | _ -> Value

    /// The place behind a key, kind or index.
    let step (catalog: ComponentCatalog) place key =
        match place, key with
        | Top, "seed" -> Seed
        | Top, "dataset" -> OneOf typeof<Dataset>
        | Top, "noise" -> OneOf typeof<LabelNoise>
        | Top, "network" -> OneOf typeof<Network>
        | Top, "training" -> Training
        | Top, "cutoff" -> OneOf typeof<Cutoff>
        | Top, "analyses" -> ListOf(OneOf typeof<Analysis>)
        | Training, "loss" -> OneOf typeof<Loss>
        | Training, "optimizer" -> OneOf typeof<Optimizer>
        | Training, "schedule" -> OneOf typeof<Schedule>
        | Training, "augment" -> ListOf(OneOf typeof<Augmentation>)
        | Training, "stop" -> OneOf typeof<StoppingRule>
        | OneOf family, kind ->
            match catalog.Find(family, kind) with
            | null -> Value
            | definition -> SettingsOf definition
        | SettingsOf definition, name ->
            definition.Fields
            |> Seq.tryFind (fun field -> field.Name = name)
            |> Option.map (fun field -> ofType field.Type)
            |> Option.defaultValue Value
        | ListOf item, _ -> item
        | _ -> Value

    /// The key that a lone value at the place fills.
    let loneKey place =
        match place with
        | Seed -> Some "root"
        | SettingsOf definition -> definition.Fields |> Seq.tryHead |> Option.map (fun field -> field.Name)
        | _ -> None
