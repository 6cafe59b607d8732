namespace Spectral.Dsl

open System
open Spectral.Core.Components

/// What `describe` says of a place in a spec, which a dotted path names: training.batch_size, network.mlp.hidden.
module internal KeyPages =

    type private Spot =
        | AtKey of Key
        | AtFamily of ComponentFamily
        | AtKind of ComponentFamily * ComponentDefinition
        | AtField of ComponentFamily * ComponentDefinition * Field

    let rec private familyOfType (catalog: ComponentCatalog) (fieldType: FieldType) =
        match fieldType with
        | :? ComponentType as one -> Some(catalog.Family one.Family)
        | :? ListType as list -> familyOfType catalog list.Item
        | _ -> None

    let rec private familyOf catalog form =
        match form with
        | Form.Setting fieldType -> familyOfType catalog fieldType
        | Form.Several(item, _, _) -> familyOf catalog item
        | Form.Either several -> List.tryPick (familyOf catalog) several
        | _ -> None

    let private kindIn (family: ComponentFamily) name =
        family.Members
        |> Seq.tryFind (fun one -> one.Kind = name)
        |> Option.map (fun one -> AtKind(family, one))

    let private next catalog spot name =
        match spot with
        | AtKey key ->
            match familyOf catalog key.Form with
            | Some family -> kindIn family name
            | None ->
                Form.keys key.Form
                |> List.tryFind (fun part -> part.Name = name)
                |> Option.map AtKey
        | AtFamily family -> kindIn family name
        | AtKind(family, definition) ->
            definition.Fields
            |> Seq.tryFind (fun field -> field.Name = name)
            |> Option.map (fun field -> AtField(family, definition, field))
        | AtField(_, _, field) ->
            familyOfType catalog field.Type
            |> Option.bind (fun family -> kindIn family name)

    let private page catalog path spot =
        match spot with
        | AtKey key -> Some(Wording.pageOfKey catalog path key)
        | AtField(family, definition, field) -> Some(Wording.pageOfField catalog path family definition field)
        | AtKind(family, definition) -> Some(Wording.pageOfKind catalog family definition)
        | AtFamily _ -> None

    let rec private below path (keys: Key list) = [
        for key in keys do
            let here = Reading.join path key.Name
            here, key
            yield! below here (Form.keys key.Form)
    ]

    /// Every key with its dotted path, in the order of the documentation.
    let all = below "" SpecKeys.all

    let private isIndex (step: string) =
        step <> "" && Seq.forall Char.IsAsciiDigit step

    let private steps (path: string) =
        path.Split '.' |> Array.filter (isIndex >> not) |> List.ofArray

    let private spotAt (catalog: ComponentCatalog) path =
        match steps path with
        | [] -> None
        | first :: rest ->
            let start =
                SpecKeys.all
                |> List.tryFind (fun (key: Key) -> key.Name = first)
                |> Option.map AtKey
                |> Option.orElse (
                    catalog.Families
                    |> Seq.tryFind (fun (family: ComponentFamily) -> family.Name = first)
                    |> Option.map AtFamily
                )

            rest
            |> List.fold (fun spot step -> spot |> Option.bind (fun spot -> next catalog spot step)) start

    /// The pages of a path, or of every key that has the name; none where nothing is meant.
    let find (catalog: ComponentCatalog) (topic: string) =
        match spotAt catalog topic with
        | Some spot -> page catalog topic spot |> Option.toList
        | None when not (topic.Contains '.') ->
            all
            |> List.filter (fun (_, key) -> key.Name = topic)
            |> List.map (fun (path, key) -> Wording.pageOfKey catalog path key)
        | None -> []
