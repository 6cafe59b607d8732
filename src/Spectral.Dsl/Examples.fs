namespace Spectral.Dsl

open System.Text.Json.Nodes
open Spectral.Core.Components

/// The examples of keys, kinds and settings as JSON, for the schema.
module internal Examples =

    open JsonParts

    let rec private json node : JsonNode =
        match node with
        | ScalarNode(scalar, _, _) ->
            match scalar with
            | :? FlagScalar as found -> flag found.Value
            | :? IntegerScalar as found -> whole found.Value
            | :? RealScalar as found -> real found.Value
            | :? TextScalar as found -> text found.Value
            // What stands behind a bare kind.
            | _ -> object []
        | SequenceNode(items, _) -> array (items |> List.map json)
        | MappingNode(entries, _) -> object [ for key, value in entries -> key.It, json value ]

    let private read (example: string) =
        match YamlReader.read (Source.create "example" example) with
        | Ok node -> node
        | Error _ -> invalidArg (nameof example) $"'{example}' is no YAML"

    /// The value of a key.
    let ofKey (key: Key) =
        match read key.Example with
        | MappingNode([ _, value ], _) -> Some(json value)
        | _ -> None

    /// What may stand behind a kind.
    let ofKind (definition: ComponentDefinition) =
        match read definition.Example with
        | MappingNode([ _, value ], _) -> json value
        | _ -> object []

    /// The value of a setting; None where the example leaves it out.
    let ofField (definition: ComponentDefinition) (field: Field) =
        match read definition.Example with
        | MappingNode([ _, MappingNode(entries, _) ], _) ->
            entries
            |> List.tryFind (fun (key, _) -> key.It = field.Name)
            |> Option.map (snd >> json)
        | MappingNode([ _, lone ], _) when definition.Fields[0].Name = field.Name -> Some(json lone)
        | _ -> None
