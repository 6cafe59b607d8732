namespace Spectral.Dsl

open System
open System.Globalization
open System.IO
open System.Text.Json
open System.Text.Json.Nodes
open Spectral.Core.Components
open Spectral.Core.Plans

/// How a script, in a process of its own, hands the tree of its experiment over: one line of JSON, places included.
module internal Handover =

    /// The variable that names the file for it. Where it is not set, nobody waits.
    let variable = "SPECTRAL_HANDOVER"

    let private depth = 1024

    let private jsonText (value: string) : JsonNode | null = JsonValue.Create value

    let private scalarOf (scalar: Scalar) =
        match scalar with
        | :? TextScalar as text -> "text", text.Value
        | :? IntegerScalar as integer -> "integer", integer.Value.ToString CultureInfo.InvariantCulture
        | :? RealScalar as real -> "real", real.Value.ToString("R", CultureInfo.InvariantCulture)
        | :? FlagScalar as flag -> "flag", (if flag.Value then "true" else "false")
        | _ -> "null", ""

    let private place (at: SourceSpan) (json: JsonObject) =
        json["file"] <- jsonText at.Source
        json["line"] <- JsonValue.Create at.Line
        json

    let rec private write node : JsonObject =
        let json = JsonObject()

        match node with
        | ScalarNode(scalar, _, at) ->
            let form, value = scalarOf scalar
            json[form] <- jsonText value
            place at json
        | SequenceNode(items, at) ->
            json["list"] <- JsonArray [| for item in items -> write item :> JsonNode |]
            place at json
        | MappingNode(entries, at) ->
            json["entries"] <-
                JsonArray [|
                    for key, value in entries do
                        let entry = place key.At (JsonObject())
                        entry["key"] <- jsonText key.It
                        entry["value"] <- write value
                        entry :> JsonNode
                |]

            place at json

    /// Hands a tree over, where somebody waits for one.
    let offer node =
        match Environment.GetEnvironmentVariable variable with
        | null
        | "" -> ()
        | file -> File.AppendAllText(file, (write node).ToJsonString(JsonSerializerOptions(MaxDepth = depth)) + "\n")

    let private placed (json: JsonElement) =
        match json.GetProperty("file").GetString() with
        | null -> Tree.nowhere
        | file ->
            let line = json.GetProperty("line").GetInt32()
            SourceSpan(file, line, 0, line, 0)

    let private scalarIn (json: JsonElement) : Scalar =
        let text (form: string) =
            match json.TryGetProperty form with
            | true, found -> found.GetString() |> Option.ofObj
            | _ -> None

        match text "text", text "integer", text "real", text "flag" with
        | Some value, _, _, _ -> TextScalar value
        | _, Some value, _, _ -> IntegerScalar(Int64.Parse(value, CultureInfo.InvariantCulture))
        | _, _, Some value, _ -> RealScalar(Double.Parse(value, CultureInfo.InvariantCulture))
        | _, _, _, Some value -> FlagScalar((value = "true"))
        | _ -> NullScalar()

    let rec private node (json: JsonElement) : YamlNode =
        let at = placed json

        match json.TryGetProperty "list", json.TryGetProperty "entries" with
        | (true, items), _ -> SequenceNode([ for item in items.EnumerateArray() -> node item ], at)
        | _, (true, entries) ->
            MappingNode(
                [
                    for entry in entries.EnumerateArray() do
                        let key =
                            entry.GetProperty("key").GetString() |> Option.ofObj |> Option.defaultValue ""

                        { It = key; At = placed entry }, node (entry.GetProperty "value")
                ],
                at
            )
        | _ ->
            match scalarIn json with
            | :? TextScalar as text -> ScalarNode(text, text.Value, at)
            | scalar -> ScalarNode(scalar, scalar.Description, at)

    /// The tree in a line that was handed over; None where the line is nothing that a builder wrote.
    let read (line: string) =
        try
            use document = JsonDocument.Parse(line, JsonDocumentOptions(MaxDepth = depth))
            Some(node document.RootElement)
        with
        | :? JsonException
        | :? InvalidOperationException
        | :? FormatException
        | :? OverflowException
        | :? System.Collections.Generic.KeyNotFoundException -> None
