namespace Spectral.Dsl

open System
open System.Text.Json.Nodes
open Spectral.Core.Components

/// The parts that a JSON Schema is made of: values, lists, and what scalars look like.
module internal JsonParts =

    /// A text.
    let text (value: string) : JsonNode = Wording.text value
    /// A whole number.
    let whole (value: int64) : JsonNode = JsonValue.Create value

    /// A real number.
    let real (value: float) : JsonNode = Wording.number value

    /// A list.
    let array (items: JsonNode seq) : JsonNode =
        let json = JsonArray()

        for item in items do
            json.Add item

        json

    /// An object.
    let object (entries: (string * JsonNode) seq) : JsonNode =
        let json = JsonObject()

        for name, value in entries do
            json[name] <- value

        json

    /// true or false.
    let flag (value: bool) : JsonNode = JsonValue.Create value

    /// What any of some schemas takes.
    let anyOf (forms: JsonNode list) =
        match forms with
        | [ only ] -> only
        | several -> object [ "anyOf", array several ]

    /// One of a few words.
    let words (choices: string seq) =
        object [ "type", text "string"; "enum", array (Seq.map text choices) ]

    /// A whole number of a range.
    let integer minimum maximum =
        object [ "type", text "integer"; "minimum", whole minimum; "maximum", whole maximum ]

    /// A text that a regular expression matches from end to end.
    let matching (pattern: string) =
        object [ "type", text "string"; "pattern", text $"^(?:{pattern})$" ]

    /// What a scalar type takes.
    let scalar (scalarType: ScalarType) =
        match scalarType with
        | :? IntegerType as range -> integer range.Minimum range.Maximum
        | :? RealType as real' ->
            let range = real'.Range

            object [
                "type", text "number"
                if Double.IsFinite range.Low then
                    (if range.LowIncluded then "minimum" else "exclusiveMinimum"), real range.Low
                if Double.IsFinite range.High then
                    (if range.HighIncluded then "maximum" else "exclusiveMaximum"), real range.High
            ]
        | :? FlagType -> object [ "type", text "boolean" ]
        | :? ChoiceType as choice -> words choice.Choices
        | :? NamedIndexType as named -> anyOf [ words named.Names; integer 0L (int64 named.Names.Length - 1L) ]
        | :? CheckpointType ->
            anyOf [
                integer 0L (int64 Int32.MaxValue)
                matching "initial|final|best[_-]test|best[_-]validation|step[ -][1-9][0-9]{0,17}|0|[1-9][0-9]{0,8}"
            ]
        | :? TextType as text' ->
            object [
                "type", text "string"
                "minLength", whole text'.MinimumLength
                "maxLength", whole text'.MaximumLength
                "not", object [ "pattern", text "[\\u0000-\\u001F\\u007F-\\u009F]" ]
            ]
        | other -> invalidArg (nameof scalarType) $"no JSON schema for {other.GetType().Name}"

    /// A list of items.
    let listOf item minimum isDistinct =
        object [
            "type", text "array"
            "items", item
            if minimum > 0 then
                "minItems", whole minimum
            if isDistinct then
                "uniqueItems", flag true
        ]
