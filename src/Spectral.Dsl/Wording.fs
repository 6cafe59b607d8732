namespace Spectral.Dsl

open System.Text
open System.Text.Json.Nodes
open Spectral.Core.Components
open Spectral.Core.Formats

/// What keys and settings mean, in words: the one source of `describe` and of the JSON schema's descriptions.
module internal Wording =

    let private notNull (node: JsonNode | null) : JsonNode =
        match node with
        | null -> JsonObject()
        | node -> node

    /// A text as JSON.
    let text (value: string) : JsonNode = notNull (JsonValue.Create value)

    /// A number as JSON, in its shortest spelling.
    let number (value: float) : JsonNode =
        notNull (JsonNode.Parse(Encoding.UTF8.GetString(CanonicalJson.Serialize(JsonValue.Create value))))

    let private ofScalar (scalar: Scalar) : JsonNode | null =
        match scalar with
        | :? FlagScalar as flag -> JsonValue.Create flag.Value
        | :? IntegerScalar as whole -> JsonValue.Create whole.Value
        | :? RealScalar as real -> number real.Value
        | :? TextScalar as words -> text words.Value
        | _ -> null

    /// A field's value as the shortest spec would write it.
    let rec written (catalog: ComponentCatalog) (fieldType: FieldType) (value: obj) : JsonNode | null =
        match fieldType with
        | :? ScalarType as scalar -> ofScalar (scalar.ToScalar value)
        | :? ListType as list ->
            let items = JsonArray()

            for item in list.Items value do
                items.Add(written catalog list.Item item)

            items
        | _ ->
            let definition = catalog.DefinitionOf value
            let settings = JsonObject()

            for field in definition.Fields do
                let found = field.Read.Invoke value
                let json = written catalog field.Type found

                let isPreset =
                    match field.Default with
                    | null -> false
                    | preset -> JsonNode.DeepEquals(written catalog field.Type preset, json)

                if not isPreset then
                    settings[field.Name] <- json

            if settings.Count = 0 then
                JsonValue.Create definition.Kind
            else
                let whole = JsonObject()
                whole[definition.Kind] <- settings
                whole

    /// A scalar default of a key as JSON; None where it is said in words only.
    let rec literal (catalog: ComponentCatalog) form (preset: string) : JsonNode option =
        match form with
        | Form.Setting(:? ScalarType as scalar) ->
            match scalar.Accept(CoreSchema.resolve preset) with
            | null -> None
            | value -> Option.ofObj (ofScalar (scalar.ToScalar value))
        | Form.Setting(:? ComponentType as one) when not (isNull (catalog.Find(one.Family, preset))) ->
            Some(text preset)
        | Form.Several _ when preset = "[]" -> Some(JsonArray())
        | Form.Either forms -> List.tryPick (fun form -> literal catalog form preset) forms
        | _ -> None

    /// A field's default as a message says it: `default 0.1`, or `required`.
    let presetOf (catalog: ComponentCatalog) (field: Field) =
        match field.Default with
        | null -> "required"
        | preset ->
            match written catalog field.Type preset with
            | null -> "default none"
            | json ->
                let text = Encoding.UTF8.GetString(CanonicalJson.Serialize json)
                $"default {text.Trim('\"')}"

    /// A field's range with its unit.
    let rangeOf (field: Field) =
        match field.Unit, field.Type with
        | null, (:? RealType) -> $"{field.Type.Expectation}, a pure number"
        | null, _ -> field.Type.Expectation
        | unit, _ -> $"{field.Type.Expectation}, in {unit}"

    let private preset key =
        match key.Default with
        | None -> "required"
        | Some words -> $"default {words}"

    let private range catalog key =
        if key.Unit = "" then
            Form.expectation catalog key.Form
        else
            $"{Form.expectation catalog key.Form}, in {key.Unit}"

    /// A key's description in one paragraph.
    let ofKey catalog key =
        $"{key.Doc} Takes {range catalog key}; {preset key}."

    /// A field's description in one paragraph.
    let ofField catalog (field: Field) =
        $"{field.Doc} Takes {rangeOf field}; {presetOf catalog field}."

    /// A kind's description in one paragraph.
    let ofKind (definition: ComponentDefinition) =
        $"{definition.Summary} Source: {definition.Source}."

    let private lines (words: string list) = String.concat "\n" words + "\n\n"

    /// A key as `describe` prints it.
    let pageOfKey catalog path key =
        lines [
            $"{path} (key)"
            $"  {key.Doc}"
            $"  takes:   {Form.expectation catalog key.Form}"
            if key.Unit <> "" then
                $"  unit:    {key.Unit}"
            match key.Default with
            | None -> "  required"
            | Some words -> $"  default: {words}"
            $"  example: {key.Example}"
            for part in Form.keys key.Form do
                $"  {part.Name}: {range catalog part}; {preset part}"
                $"      {part.Doc}"
        ]

    /// A kind with its settings as `describe` prints it.
    let pageOfKind catalog (family: ComponentFamily) (definition: ComponentDefinition) =
        lines [
            $"{definition.Kind} ({family.Name})"
            $"  {definition.Summary}"
            $"  source:  {definition.Source}"
            $"  example: {family.Name}: {definition.Example}"
            for field in definition.Fields do
                $"  {field.Name}: {rangeOf field}; {presetOf catalog field}"
                $"      {field.Doc}"
        ]

    /// One setting of a kind as `describe` prints it.
    let pageOfField catalog path (family: ComponentFamily) (definition: ComponentDefinition) (field: Field) =
        lines [
            $"{path} (setting of {definition.Kind})"
            $"  {field.Doc}"
            $"  takes:   {rangeOf field}"
            $"  {presetOf catalog field}"
            $"  example: {family.Name}: {definition.Example}"
        ]
