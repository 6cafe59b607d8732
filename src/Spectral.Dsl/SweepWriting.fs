namespace Spectral.Dsl

open System
open Spectral.Core.Components
open Spectral.Core.Plans

/// A sweep in F#: each path with a list of its type, where the Catalog or the values themselves tell of one.
module internal SweepWriting =

    open FSharpText

    /// What F# takes an expression for; what lists of values may be made of.
    type private Type =
        | Int
        | Int64
        | Float
        | Bool
        | String
        | OfFamily of string
        /// A list without items is of any type.
        | ListOf of Type option
        /// Something that no two values have in common, for F#.
        | Other

    /// What the spec holds at a path.
    type private Target =
        | Family of System.Type
        | Setting of FieldType
        | Unknown

    let private target (catalog: ComponentCatalog) (path: string) =
        let folder (place, _) step =
            let next = Grammar.step catalog place step

            let found =
                match place, next with
                | _, OneOf family -> Family family
                | SettingsOf definition, _ ->
                    definition.Fields
                    |> Seq.tryFind (fun field -> field.Name = step)
                    |> Option.map (fun field -> Setting field.Type)
                    |> Option.defaultValue Unknown
                | _, SettingsOf definition when not definition.Fields.IsEmpty -> Setting definition.Fields[0].Type
                | _ -> Unknown

            next, found

        path.Split '.' |> Array.fold folder (Top, Unknown) |> snd

    /// Whether a value is what its field takes, so that it has a form of the field's type. A point that is excluded may
    /// hold anything.
    let rec private fits (catalog: ComponentCatalog) (fieldType: FieldType) node =
        match fieldType, node with
        | (:? ScalarType as one), ScalarNode(scalar, _, _) -> not (isNull (one.Accept scalar))
        | (:? ListType as list), SequenceNode(items, _) -> items |> List.forall (fits catalog list.Item)
        | (:? ListType as list), item -> fits catalog list.Item item
        | (:? ComponentType as one), _ -> fitsFamily catalog one.Family node
        | _ -> false

    and private fitsFamily catalog family node =
        match ComponentParser.parse "" (YamlNode.span node) node with
        | Error _ -> false
        | Ok spec ->
            match catalog.Find(family, spec.Kind.It), spec.Settings with
            | null, _ -> false
            | _, Bare -> true
            | definition, Lone value -> not definition.Fields.IsEmpty && fits catalog definition.Fields[0].Type value
            | definition, Named entries ->
                entries
                |> List.forall (fun (key, value) ->
                    definition.Fields
                    |> Seq.tryFind (fun field -> field.Name = key.It)
                    |> Option.exists (fun field -> fits catalog field.Type value))

    let rec private typeOf (fieldType: FieldType) node expression =
        match fieldType, node with
        | :? IntegerType, ScalarNode((:? IntegerScalar as number), _, _) when abs number.Value > int64 Int32.MaxValue ->
            Int64
        | :? IntegerType, _ -> Int
        | :? RealType, _ -> Float
        | :? FlagType, _ -> Bool
        | :? CheckpointType, _ -> Other
        | (:? ComponentType as one), _ ->
            // A builder without braces is of a type of its own.
            match expression with
            | Atom _ -> Other
            | _ -> OfFamily one.Family.Name
        | (:? ListType as list), _ ->
            match node, expression with
            | SequenceNode(items, _), Listed parts ->
                let types = List.map2 (typeOf list.Item) items parts |> List.distinct

                match types with
                | [] -> ListOf None
                | [ one ] -> ListOf(Some one)
                | _ -> Other
            | _, Listed [ part ] -> ListOf(Some(typeOf list.Item node part))
            | _ -> Other
        | :? ScalarType, _ ->
            match expression with
            | Atom text when text.StartsWith '"' -> String
            | _ -> Int
        | _ -> Other

    let private wrapped expression = Applied("value", [ expression ])

    /// Whether a type is the same for all, an empty list being of any list's.
    let private common types =
        match types |> List.filter ((<>) (ListOf None)) |> List.distinct with
        | [] when List.isEmpty types -> None
        | [] -> Some(ListOf None)
        | [ ListOf _ as one ] -> Some one
        | [ one ] when not (List.contains (ListOf None) types) -> Some one
        | _ -> None

    /// A list of values that `over` takes: of a type, or of any values.
    let private listed (values: (FSharpExpression * Type) list) =
        match common (List.map snd values) with
        | Some(Int | Int64 | Float | Bool | String | OfFamily _ | ListOf(Some(Int | String))) ->
            Listed(List.map fst values)
        | _ -> Listed(values |> List.map (fst >> wrapped))

    let rec private general node : FSharpExpression * Type =
        match node with
        | ScalarNode(scalar, _, _) ->
            match scalar with
            | :? TextScalar as found -> text found.Value, String
            | :? IntegerScalar as found ->
                integer found.Value,
                (if abs found.Value > int64 Int32.MaxValue then
                     Int64
                 else
                     Int)
            | :? RealScalar as found -> real found.Value, Float
            | :? FlagScalar as found -> Atom(if found.Value then "true" else "false"), Bool
            | _ -> Applied("keyed", [ Listed [] ]), Other
        | SequenceNode(items, _) ->
            let parts = items |> List.map general

            match parts, common (List.map snd parts) with
            | [], _ -> Listed [], ListOf None
            | _, Some(Int | Int64 | Float | Bool | String as one) -> Listed(List.map fst parts), ListOf(Some one)
            | _ -> Listed(parts |> List.map (fst >> wrapped)), Other
        | MappingNode(entries, _) ->
            Applied(
                "keyed",
                [
                    Listed [
                        for key, value in entries -> Pair(text key.It, wrapped (fst (general value)))
                    ]
                ]
            ),
            Other

    let private value catalog target node =
        match target with
        | Family family when fitsFamily catalog family node ->
            match ComponentParser.parse "" (YamlNode.span node) node with
            | Ok spec ->
                let expression = ComponentWriting.componentOf catalog family spec
                expression, typeOf (ComponentType family) node expression
            | Error _ -> general node
        | Setting fieldType when fits catalog fieldType node ->
            let expression = ComponentWriting.valueOf catalog fieldType node
            expression, typeOf fieldType node expression
        | _ -> general node

    /// Paths whose components have a word of their own.
    let private words = [
        "dataset"
        "noise"
        "network"
        "training.loss"
        "training.optimizer"
        "training.schedule"
        "training.stop"
        "cutoff"
    ]

    let private range entries =
        Built(
            "range",
            [
                for key, node in entries do
                    match (key: Located<string>).It with
                    | "from" -> "first"
                    | "to" -> "last"
                    | other -> other
                    , [ fst (general node) ]
            ]
        )

    let private axis catalog (path: Located<string>, node) =
        let name = text path.It

        match node with
        | MappingNode(entries, _) -> "over", [ name; range entries ]
        | SequenceNode(items, _) ->
            let target = target catalog path.It
            let values = items |> List.map (value catalog target)

            match target with
            | Family family when List.contains path.It words && items |> List.forall (fitsFamily catalog family) ->
                path.It.Substring(path.It.LastIndexOf '.' + 1), [ Listed(List.map fst values) ]
            | _ -> "over", [ name; listed values ]
        | ScalarNode _ -> "over", [ name; listed [ general node ] ]

    let private entries node =
        match node with
        | MappingNode(entries, _) -> entries
        | _ -> []

    let private axes catalog node = entries node |> List.map (axis catalog)

    let private draws catalog node =
        Built(
            "draws",
            [
                for key, value in entries node do
                    match key.It with
                    | "over" -> yield! axes catalog value
                    | other -> other, [ fst (general value) ]
            ]
        )

    let private excluded catalog node =
        Built(
            "point",
            [
                for path, node in entries node do
                    let expression, found = value catalog (target catalog path.It) node

                    "having",
                    [
                        text path.It
                        match found with
                        | Int
                        | Int64
                        | Float
                        | Bool
                        | String
                        | OfFamily _ -> expression
                        | _ -> wrapped expression
                    ]
            ]
        )

    /// The expression of a sweep that has been read.
    let expression catalog (sweep: SweepSpec) =
        Built(
            "grid",
            [
                for key, node in entries sweep.Written do
                    match key.It, node with
                    | "zip", _ -> "zip", [ Built("together", axes catalog node) ]
                    | "random", _ -> "random", [ draws catalog node ]
                    | "exclude", SequenceNode(items, _) ->
                        for item in items do
                            "exclude", [ excluded catalog item ]
                    | "exclude", lone -> "exclude", [ excluded catalog lone ]
                    | _ -> axis catalog (key, node)
            ]
        )
