namespace Spectral.Dsl

open System.Collections.Immutable
open Spectral.Core.Components
open Spectral.Core.Plans

/// The keys of one mapping, with the mapping's own path and place.
type internal Keys = {
    Path: string
    At: SourceSpan
    Entries: (Located<string> * YamlNode) list
}

/// Small readers of the tree. Each takes the path that its messages name, the place of its key, and the node.
module internal Reading =

    /// Reads one value.
    type Reader<'T> = string -> SourceSpan -> YamlNode -> Validation<'T>

    /// The path of a part, as `-S` takes it.
    let join path (key: string) =
        if path = "" then key else path + "." + key

    let private wrong code path (expectation: string) node help =
        let message = $"{path} expects {expectation}, got {YamlNode.describe node}"
        Validation.fail (Diagnostics.error code (YamlNode.span node) message help)

    /// The problem of a value that is not what is expected.
    let wrongValue path expectation node help =
        wrong WrongValue path expectation node help

    /// A word of the language that this version does not run yet.
    let notYet at what help =
        let message =
            $"{what} is part of the language, but this version does not run it yet"

        Diagnostics.error NotYet at message help

    /// The keys of a mapping.
    let keys: Reader<Keys> =
        fun path at node ->
            match node with
            | MappingNode(entries, _) ->
                Ok {
                    Path = path
                    At = at
                    Entries = entries
                }
            | _ -> wrong WrongShape (if path = "" then "a spec" else path) "a mapping of keys" node null

    /// Refuses keys that are not among the known ones, and the later ones as not run yet.
    let only (known: string list) (later: string list) keys : Validation<unit> =
        let inPath = if keys.Path = "" then "" else $" in '{keys.Path}'"

        keys.Entries
        |> List.collect (fun (key, _) ->
            if List.contains key.It known then
                []
            elif List.contains key.It later then
                [ Validation.fail (notYet key.At $"'{join keys.Path key.It}'" "Leave it out.") ]
            else
                let help =
                    Diagnostics.suggest (known @ later) key.It $"The keys are {Diagnostics.list known}."

                let message = $"unknown key '{Diagnostics.quote key.It}'{inPath}"
                [ Validation.fail (Diagnostics.error UnknownKey key.At message help) ])
        |> Validation.none

    /// The value of a key that may be left out.
    let optional name (read: Reader<'T>) keys : Validation<'T option> =
        match keys.Entries |> List.tryFind (fun (key, _) -> key.It = name) with
        | Some(key, node) -> read (join keys.Path name) key.At node |> Result.map Some
        | None -> Ok None

    /// The value of a key that must be there.
    let required name (read: Reader<'T>) keys : Validation<'T> =
        match keys.Entries |> List.tryFind (fun (key, _) -> key.It = name) with
        | Some(key, node) -> read (join keys.Path name) key.At node
        | None ->
            let message = $"the required key '{join keys.Path name}' is missing"
            Validation.fail (Diagnostics.error MissingKey keys.At message null)

    /// A value that a function takes from a scalar.
    let scalar expectation (accept: Scalar -> 'T option) : Reader<Located<'T>> =
        fun path _ node ->
            match node with
            | ScalarNode(scalar, _, at) ->
                match accept scalar with
                | Some value -> Ok { It = value; At = at }
                | None -> wrongValue path expectation node (YamlNode.remedy (accept >> Option.isSome) node)
            | _ -> wrongValue path expectation node null

    /// A whole number of a range.
    let integer minimum maximum : Reader<Located<int>> =
        let range = IntegerType(minimum, maximum)

        scalar range.Expectation (fun found ->
            match range.Accept found with
            | :? int as value -> Some value
            | _ -> None)

    /// A real number of an interval.
    let real interval : Reader<float> =
        let range = RealType interval

        let accept (found: Scalar) =
            match range.Accept found with
            | :? float as value -> Some value
            | _ -> None

        fun path at node -> scalar range.Expectation accept path at node |> Result.map _.It

    /// Any text.
    let text: Reader<Located<string>> =
        scalar "text" (function
            | :? TextScalar as text -> Some text.Value
            | _ -> None)

    /// One of a few words, each with its meaning.
    let word (meanings: (string * 'T) list) : Reader<Located<'T>> =
        fun path at node ->
            let words = List.map fst meanings

            let accept (found: Scalar) =
                match found with
                | :? TextScalar as text -> meanings |> List.tryFind (fst >> (=) text.Value) |> Option.map snd
                | _ -> None

            let expectation = ChoiceType(ImmutableArray.CreateRange words).Expectation

            match node with
            | ScalarNode((:? TextScalar as text), _, _) when (accept text).IsNone ->
                wrongValue path expectation node (Diagnostics.suggest words text.Value null)
            | _ -> scalar expectation accept path at node

    /// The one value that this version runs; any other text, list or mapping is not run yet.
    let solely (value: string) : Reader<unit> =
        fun path _ node ->
            match node with
            | ScalarNode((:? TextScalar as text), _, _) when text.Value = value -> Ok()
            | ScalarNode(:? TextScalar, _, _)
            | SequenceNode _
            | MappingNode _ ->
                Validation.fail (notYet (YamlNode.span node) $"'{path}' other than '{value}'" $"Write {value}.")
            | ScalarNode _ -> wrongValue path $"'{value}'" node null

    /// A list, or a lone item that stands for a list of one.
    let list minimumCount (read: Reader<'T>) : Reader<'T list> =
        fun path _ node ->
            match node with
            | SequenceNode(items, _) when items.Length < minimumCount ->
                wrongValue path $"a list of {minimumCount} or more" node null
            | SequenceNode(items, _) ->
                items
                |> List.mapi (fun index item -> read $"{path}.{index}" (YamlNode.span item) item)
                |> Validation.all
            | _ -> read path (YamlNode.span node) node |> Result.map List.singleton

    /// An element type.
    let precision: Reader<Precision> =
        fun path at node ->
            word [ "float32", Precision.Float32; "float64", Precision.Float64 ] path at node
            |> Result.map _.It
