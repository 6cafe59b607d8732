namespace Spectral.Dsl

open System.Text.Encodings.Web
open System.Text.Json
open System.Text.Json.Nodes
open Spectral.Core.Components

/// The spec language as a JSON Schema, draft-07, for editors and validators. It takes what the checker takes, apart from
/// rules that no schema can state: sizes that depend on one another, files, and items that may stand once by their kind.
module internal JsonSchema =

    open JsonParts

    let private reference (family: ComponentFamily) =
        object [ "$ref", text $"#/definitions/{family.Name}" ]

    let private isBare (definition: ComponentDefinition) =
        definition.Fields |> Seq.forall (fun field -> not (isNull field.Default))

    let private bareKinds (family: ComponentFamily) =
        family.Members |> Seq.filter isBare |> Seq.map _.Kind |> List.ofSeq

    let rec private value (catalog: ComponentCatalog) (fieldType: FieldType) : JsonNode =
        match fieldType with
        | :? ScalarType as one -> scalar one
        | :? ComponentType as one -> reference (catalog.Family one.Family)
        | :? ListType as list ->
            anyOf [
                listOf (value catalog list.Item) list.MinimumCount false
                if list.MinimumCount <= 1 then
                    value catalog list.Item
            ]
        | other -> invalidArg (nameof fieldType) $"no JSON schema for {other.GetType().Name}"

    /// What may stand directly behind a kind and fill its first setting: never a mapping, which holds settings.
    let rec private lone (catalog: ComponentCatalog) (fieldType: FieldType) : JsonNode list =
        match fieldType with
        | :? ComponentType as one ->
            match bareKinds (catalog.Family one.Family) with
            | [] -> []
            | kinds -> [ words kinds ]
        | :? ListType as list -> [
            listOf (value catalog list.Item) list.MinimumCount false
            if list.MinimumCount <= 1 then
                yield! lone catalog list.Item
          ]
        | other -> [ value catalog other ]

    let private described
        (description: string)
        (example: JsonNode option)
        (preset: JsonNode option)
        (forms: JsonNode list)
        =
        object [
            "description", text description
            match example with
            | Some json -> "examples", array [ json ]
            | None -> ()
            match preset with
            | Some json -> "default", json
            | None -> ()
            match forms with
            // Beside a reference draft-07 ignores everything, so that it stands in a list of its own.
            | [ only ] when isNull (only["$ref"]) ->
                for entry in only.AsObject() do
                    match entry.Value with
                    | null -> ()
                    | json -> entry.Key, json.DeepClone()
            | several -> "anyOf", array several
        ]

    let private mapping required properties : JsonNode =
        object [
            "type", text "object"
            "additionalProperties", flag false
            if not (List.isEmpty required) then
                "required", array (List.map text required)
            "properties", object properties
        ]

    let private settings catalog (definition: ComponentDefinition) =
        let property (field: Field) =
            let preset =
                match field.Default with
                | null -> None
                | preset -> Option.ofObj (Wording.written catalog field.Type preset)

            let example = Examples.ofField definition field |> Option.orElse preset

            field.Name,
            described (Wording.ofField catalog field) (example |> Option.map _.DeepClone()) preset [
                value catalog field.Type
            ]

        mapping [
            for field in definition.Fields do
                if isNull field.Default then
                    field.Name
        ] [ for field in definition.Fields -> property field ]

    let private kind catalog (definition: ComponentDefinition) =
        let others = definition.Fields |> Seq.skip (min 1 definition.Fields.Length)

        described (Wording.ofKind definition) (Some(Examples.ofKind definition)) None [
            settings catalog definition
            match Seq.tryHead definition.Fields with
            | Some first when others |> Seq.forall (fun field -> not (isNull field.Default)) ->
                yield! lone catalog first.Type
            | _ -> ()
            if isBare definition then
                object [ "type", text "null" ]
        ]

    let private ofFamily catalog (family: ComponentFamily) =
        let bare =
            family.Members
            |> Seq.filter isBare
            |> Seq.map (fun one -> object [ "const", text one.Kind; "description", text (Wording.ofKind one) ])
            |> List.ofSeq

        let one =
            object [
                "type", text "object"
                "additionalProperties", flag false
                "minProperties", whole 1L
                "maxProperties", whole 1L
                "properties", object [ for one in family.Members -> one.Kind, kind catalog one ]
            ]

        object [
            "description", text $"{family.Name}: {family.Summary}"
            "anyOf", array (bare @ [ one ])
        ]

    let rec private forms catalog (form: Form) : JsonNode list =
        match form with
        | Form.Setting fieldType -> [ value catalog fieldType ]
        | Form.Whole(minimum, maximum) -> [ integer minimum maximum ]
        | Form.Text(_, @"[\s\S]*") -> [ object [ "type", text "string" ] ]
        | Form.Text(_, pattern) -> [ matching pattern ]
        | Form.Several(item, minimum, isDistinct) ->
            listOf (anyOf (forms catalog item)) minimum isDistinct :: forms catalog item
        | Form.Either several -> List.collect (forms catalog) several
        | Form.Mapping keys -> [ ofKeys catalog keys ]
        | Form.OneAmong(names, beside, keys) ->
            let whole = (ofKeys catalog keys).AsObject()
            whole["oneOf"] <- array [ for name in names -> object [ "required", array [ text name ] ] ]
            whole["dependencies"] <- object [ for first, second in beside -> first, array [ text second ] ]
            [ whole ]
        | Form.Paths(beside, isDrawn) -> [ SweepSchema.paths catalog beside isDrawn ]
        | Form.Demands -> [ object [ "type", text "object"; "minProperties", whole 1L ] ]

    and private ofKeys catalog (keys: Key list) =
        mapping [
            for key in keys do
                if key.Default.IsNone then
                    key.Name
        ] [
            for key in keys ->
                key.Name,
                described
                    (Wording.ofKey catalog key)
                    (Examples.ofKey key)
                    (key.Default |> Option.bind (Wording.literal catalog key.Form))
                    (forms catalog key.Form)
        ]

    let private indented =
        JsonSerializerOptions(
            WriteIndented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
        )

    /// The whole schema, ending in a line feed.
    let write (catalog: ComponentCatalog) =
        let body = (ofKeys catalog SpecKeys.all).AsObject()

        let schema =
            object [
                "$schema", text "http://json-schema.org/draft-07/schema#"
                "title", text "Spectral spec, version 1"
                "description",
                text
                    "A declared experiment on the spectrum of a network's Jacobian. `spectral check` finds what no schema can."
                for entry in body do
                    match entry.Value with
                    | null -> ()
                    | json -> entry.Key, json.DeepClone()
                "definitions", object [ for family in catalog.Families -> family.Name, ofFamily catalog family ]
            ]

        let locate path =
            SchemaPointers.locate schema path
            |> Option.defaultWith (fun () -> invalidArg (nameof catalog) $"the schema does not describe {path}")

        // Behind all else, for these point into it.
        let sweeps = SweepSchema.definitions catalog (ofKeys catalog) locate

        match schema["definitions"] with
        | :? JsonObject as definitions ->
            for name, definition in sweeps do
                definitions[name] <- definition
        | _ -> ()

        schema.ToJsonString indented + "\n"
