namespace Spectral.Dsl

open System
open Spectral.Core.Components
open Spectral.Core.Plans

/// Components in F#: the typed builders, as the Catalog has them.
module internal ComponentWriting =

    open FSharpText

    /// The expression of a checkpoint, by its name or as `jacobian.at` has it.
    let checkpoint (name: string) =
        match name.Replace('-', ' ').Split ' ' |> List.ofArray, CoreSchema.resolve name with
        | [ "initial" ], _ -> Atom "initial"
        | [ "final" ], _ -> Atom "final"
        | [ "best"; split ], _ -> Atom("atBest" + FSharpNames.pascal split)
        | [ "step"; step ], _ when (CoreSchema.resolve step :? IntegerScalar) -> Applied("atStep", [ Atom step ])
        | _, (:? IntegerScalar as epoch) when string epoch.Value = name && epoch.Value <= int64 Int32.MaxValue ->
            Applied("epoch", [ Atom name ])
        | _ -> Applied("checkpointNamed", [ text name ])

    /// A value that its field has accepted.
    let private accepted (fieldType: ScalarType) (scalar: Scalar) =
        match fieldType, fieldType.Accept scalar with
        | :? CheckpointType, (:? string as name) -> checkpoint name
        | _, (:? int as index) when (fieldType :? NamedIndexType) ->
            match fieldType.ToScalar index with
            | :? TextScalar as name -> text name.Value
            | _ -> integer (int64 index)
        | _, (:? int as value) -> integer (int64 value)
        | _, (:? float as value) -> real value
        | _, (:? bool as value) -> Atom(if value then "true" else "false")
        | _, (:? string as value) -> text value
        | _ -> text scalar.Description

    /// The value of a setting.
    let rec valueOf catalog (fieldType: FieldType) node =
        match fieldType, node with
        | (:? ScalarType as scalarType), ScalarNode(scalar, _, _) -> accepted scalarType scalar
        | (:? ListType as list), SequenceNode(items, _) -> Listed(items |> List.map (valueOf catalog list.Item))
        | (:? ListType as list), item -> Listed [ valueOf catalog list.Item item ]
        | (:? ComponentType as one), _ ->
            match ComponentParser.parse "" (YamlNode.span node) node with
            | Ok spec -> componentOf catalog one.Family spec
            | Error _ -> Atom(YamlNode.describe node)
        | _ -> Atom(YamlNode.describe node)

    /// A component that the Catalog has bound.
    and componentOf (catalog: ComponentCatalog) family (spec: ComponentSpec) =
        match catalog.Find(family, spec.Kind.It) with
        | null -> Atom spec.Kind.It
        | definition ->
            let name = FSharpNames.kind catalog (catalog.Family family) definition.Kind

            let field name =
                definition.Fields |> Seq.find (fun field -> field.Name = name)

            let settings =
                match spec.Settings with
                | Bare -> []
                | Lone node -> [ definition.Fields[0], node ]
                | Named entries -> [ for key, node in entries -> field key.It, node ]

            match settings with
            | [] -> Atom name
            | [ only, node ] when FSharpNames.isFunction definition -> Applied(name, [ valueOf catalog only.Type node ])
            | _ ->
                Built(
                    name,
                    [
                        for field, node in settings -> FSharpNames.setting field, [ valueOf catalog field.Type node ]
                    ]
                )
