namespace Spectral.Dsl

open System.Collections.Generic
open Spectral.Core.Components

/// A component of Core with the place of its kind, that of its first setting (its kind's where none was written), and
/// every component that was written inside it, in order.
type internal Bound<'T> = {
    It: 'T
    At: Spectral.Core.Plans.SourceSpan
    Setting: Spectral.Core.Plans.SourceSpan
    Parts: Located<obj> list
}

/// From what the author wrote to Core's components, as the Catalog directs.
module internal Binder =

    open Validation

    /// A setting's value, its place (None for a default), and the components in it.
    type private Value = {
        Boxed: obj
        Place: Spectral.Core.Plans.SourceSpan option
        Inside: Located<obj> list
    }

    let private outOfRange path (fieldType: FieldType) node accepts =
        let message =
            $"{path} expects {fieldType.Expectation}, got {YamlNode.describe node}"

        let help =
            match fieldType, node with
            | (:? ChoiceType as choice), ScalarNode((:? TextScalar as text), _, _) ->
                Diagnostics.suggest choice.Choices text.Value null
            | _ -> YamlNode.remedy accepts node

        Validation.fail (Diagnostics.error SettingOutOfRange (YamlNode.span node) message help)

    let private names (definition: ComponentDefinition) = [ for field in definition.Fields -> field.Name ]

    /// The settings by name.
    let private entries (definition: ComponentDefinition) (spec: ComponentSpec) =
        match spec.Settings, names definition with
        | Lone node, first :: _ -> [ { It = first; At = YamlNode.span node }, node ]
        | Named entries, _ -> entries
        | Bare, _
        | Lone _, [] -> []

    /// Settings that the component does not have.
    let private strangers (definition: ComponentDefinition) path (spec: ComponentSpec) : Validation<unit> =
        match spec.Settings, names definition with
        | Lone node, [] ->
            let message = $"{path} takes no settings, got {YamlNode.describe node}"
            Validation.fail (Diagnostics.error NoSettings (YamlNode.span node) message $"Write {spec.Kind.It} alone.")
        | Named entries, known ->
            let settings =
                if known.IsEmpty then
                    "It takes no settings."
                else
                    $"The settings are {Diagnostics.list known}."

            entries
            |> List.filter (fun (key, _) -> not (List.contains key.It known))
            |> List.map (fun (key, _) ->
                let message = $"unknown setting '{Diagnostics.quote key.It}' of {path}"
                let help = Diagnostics.suggest known key.It settings
                Validation.fail (Diagnostics.error UnknownSetting key.At message help))
            |> Validation.none
        | _ -> Ok()

    let private unknownKind (catalog: ComponentCatalog) family (spec: ComponentSpec) =
        let family = catalog.Family family
        let kinds = [ for member' in family.Members -> member'.Kind ]

        let message =
            $"unknown {family.Name} '{Diagnostics.quote spec.Kind.It}', expected one of {Diagnostics.list kinds}"

        Validation.fail (
            Diagnostics.error UnknownKind spec.Kind.At message (Diagnostics.suggest kinds spec.Kind.It null)
        )

    let rec private value catalog path (fieldType: FieldType) node : Validation<Value> =
        let here boxed inside = {
            Boxed = boxed
            Place = Some(YamlNode.span node)
            Inside = inside
        }

        match fieldType, node with
        | (:? ScalarType as scalarType), ScalarNode(scalar, _, _) ->
            let accepts (scalar: Scalar) =
                match scalarType.Accept scalar with
                | null -> false
                | _ -> true

            match scalarType.Accept scalar with
            | null -> outOfRange path fieldType node accepts
            | accepted -> Ok(here accepted [])
        | (:? ComponentType as one), _ ->
            ComponentParser.parse path (YamlNode.span node) node
            |> Result.bind (bind catalog one.Family path)
            |> Result.map (fun bound -> here bound.It ({ It = bound.It; At = bound.At } :: bound.Parts))
        | (:? ListType as list), SequenceNode(items, _) when items.Length >= list.MinimumCount ->
            items
            |> List.mapi (fun index item -> value catalog $"{path}.{index}" list.Item item)
            |> Validation.all
            |> Result.map (fun items ->
                here (list.Collect [ for item in items -> item.Boxed ]) (items |> List.collect _.Inside))
        | (:? ListType as list), (ScalarNode _ | MappingNode _) when list.MinimumCount <= 1 ->
            value catalog path list.Item node
            |> Result.map (fun item -> here (list.Collect [ item.Boxed ]) item.Inside)
        | _ -> outOfRange path fieldType node (fun _ -> false)

    and private setting catalog path (spec: ComponentSpec) entries (field: Field) : Validation<string * Value> =
        let here = Reading.join path field.Name

        match entries |> List.tryFind (fun (key: Located<string>, _) -> key.It = field.Name) with
        | Some(_, node) ->
            value catalog here field.Type node
            |> Result.map (fun value -> field.Name, value)
        | None ->
            match field.Default with
            | null ->
                let message = $"{here} is missing, expected {field.Type.Expectation}"
                Validation.fail (Diagnostics.error MissingSetting spec.Kind.At message field.Doc)
            | preset ->
                let value = {
                    Boxed = preset
                    Place = None
                    Inside = []
                }

                Ok(field.Name, value)

    and private build (definition: ComponentDefinition) path (spec: ComponentSpec) (values: (string * Value) list) =
        let boxed = Dictionary<string, obj>()

        for name, value in values do
            boxed[name] <- value.Boxed

        let made = definition.Bind.Invoke(Settings boxed)

        let place name =
            values
            |> List.tryFind (fun (field, _) -> field = name)
            |> Option.bind (fun (_, value) -> value.Place)
            |> Option.defaultValue spec.Kind.At

        definition.Check.Invoke made
        |> Seq.map (fun problem ->
            let message =
                $"{Reading.join path problem.Field} expects {problem.Expected}, got {problem.Found}"

            Validation.fail (Diagnostics.error SettingsClash (place problem.Field) message null))
        |> Validation.none
        |> Result.map (fun () -> {
            It = made
            At = spec.Kind.At
            Setting =
                values
                |> List.tryPick (fun (_, value) -> value.Place)
                |> Option.defaultValue spec.Kind.At
            Parts = values |> List.collect (fun (_, value) -> value.Inside)
        })

    /// The component of a family; `path` is where it stands, for messages.
    and bind (catalog: ComponentCatalog) family path (spec: ComponentSpec) : Validation<Bound<obj>> =
        match catalog.Find(family, spec.Kind.It) with
        | null -> unknownKind catalog family spec
        | definition ->
            let path = Reading.join path spec.Kind.It

            validation {
                let entries = entries definition spec
                let! () = strangers definition path spec

                and! values =
                    [ for field in definition.Fields -> setting catalog path spec entries field ]
                    |> Validation.all

                return! build definition path spec values
            }

    /// The component as the record of its family.
    let bindAs<'T> catalog path spec : Validation<Bound<'T>> =
        bind catalog typeof<'T> path spec
        |> Result.map (fun bound -> {
            It = unbox<'T> bound.It
            At = bound.At
            Setting = bound.Setting
            Parts = bound.Parts
        })
