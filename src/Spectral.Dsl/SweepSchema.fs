namespace Spectral.Dsl

open System.Text.Json.Nodes
open Spectral.Core.Components

/// What a sweep looks like in the JSON schema: axes by path, each a list of what stands at its path, or a range.
module internal SweepSchema =

    open JsonParts

    let private beside = array [ for key in SweepKeys.beside -> text key.Name ]

    let private reference name =
        object [ "$ref", text $"#/definitions/{name}" ]

    let private requires name =
        object [ "required", array [ text name ] ]

    /// Where a range is logarithmic, it is as the other schema says. Neither says anything of a list.
    let private whereLogarithmic (entries: (string * JsonNode) list) = [
        "if",
        object [
            "required", array [ text "scale" ]
            "patternProperties", object [ "^scale$", object [ "const", text "log" ] ]
        ]
        "then", object entries
    ]

    let private entries (json: JsonNode | null) = [
        match json with
        | null -> ()
        | json ->
            for entry in json.AsObject() do
                match entry.Value with
                | null -> ()
                | value -> entry.Key, value.DeepClone()
    ]

    /// A list or a range: the rules of a range beside its keys, which refuse no list.
    let private range (keys: JsonNode) =
        object [
            "type", array [ text "array"; text "object" ]
            "minItems", whole 1L
            yield! entries keys |> List.filter (fun (key, _) -> key <> "type")
            "dependencies", object [ "step", object [ "not", requires "count" ] ]
            yield!
                whereLogarithmic [
                    "patternProperties", object [ "^(?:from|to)$", object [ "exclusiveMinimum", whole 0L ] ]
                    "not", object [ "type", text "object"; "required", array [ text "step" ] ]
                ]
        ]

    let private wholeRange () =
        object [
            "allOf", array [ reference "range" ]
            "patternProperties", object [ "^(?:from|to|step)$", object [ "type", text "integer" ] ]
        ]

    /// The values of a path, each of which a pointer into the schema describes; the ends of a range are two of them.
    let private axis pointer (path: SweepPath) =
        let one () = object [ "$ref", text pointer ]

        object [
            "description", text path.Summary
            match SweepPaths.numbers path with
            | NoNumbers ->
                "type", text "array"
                "minItems", whole 1L
            | WholeNumbers -> "allOf", array [ reference "whole_range" ]
            | RealNumbers -> "allOf", array [ reference "range" ]
            "items", one ()
            if SweepPaths.numbers path <> NoNumbers then
                "patternProperties", object [ "^(?:from|to)$", one () ]
        ]

    /// Paths with values, as a sweep, its `zip` or its `random` has them.
    let paths catalog (keys: Key list) isDrawn =
        object [
            "allOf", array [ reference "axes" ]
            if keys.IsEmpty then
                "propertyNames", object [ "not", object [ "enum", beside.DeepClone() ] ]
            else
                // Exclusions alone vary nothing.
                "if", requires "exclude"
                "then", object [ "minProperties", whole 2L ]
            if isDrawn then
                let wholes =
                    SweepPaths.all catalog
                    |> List.filter (fun path -> SweepPaths.numbers path = WholeNumbers)
                    |> List.map _.Path

                // A range without steps is any real number between its ends.
                "patternProperties",
                object [
                    $"^{SweepPaths.pattern wholes}$",
                    object [
                        "anyOf", array [ object [ "type", text "array" ]; requires "step"; requires "count" ]
                    ]
                ]
            else
                "patternProperties", object [ "", object (whereLogarithmic [ "required", array [ text "count" ] ]) ]
        ]

    /// The definitions that these refer to.
    /// <param name="ofKeys">The schema of a mapping of keys.</param>
    /// <param name="locate">Where the schema describes the value at a path.</param>
    let definitions catalog (ofKeys: Key list -> JsonNode) (locate: string -> string) = [
        "range", range (ofKeys SweepKeys.range)
        "whole_range", wholeRange ()
        "axes",
        object [
            "type", text "object"
            "minProperties", whole 1L
            "additionalProperties", flag false
            "properties",
            object [
                let keys = ofKeys SweepKeys.beside
                yield! entries keys["properties"]

                for path in SweepPaths.all catalog -> path.Path, axis (locate path.Path) path
            ]
            "patternProperties",
            object [
                SweepPaths.deeper catalog,
                object [
                    "description", text "The values of a place inside a list or a component."
                    "allOf", array [ reference "range" ]
                ]
            ]
        ]
    ]
