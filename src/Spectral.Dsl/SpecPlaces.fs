namespace Spectral.Dsl

open System
open System.Collections.Generic
open System.Collections.Immutable
open Spectral.Core.Components
open Spectral.Core.Plans

/// Where every value of a spec's tree was written, by its dotted path as an override would name it.
module internal SpecPlaces =

    let private join path key =
        if path = "" then key else $"{path}.{key}"

    let rec private add catalog place path node (found: Dictionary<string, SourceSpan>) =
        if path <> "" then
            found[path] <- YamlNode.span node

        match place, node with
        | ListOf _, SequenceNode(items, _)
        | Value, SequenceNode(items, _) -> addItems catalog place path items found
        | ListOf item, ScalarNode _
        | ListOf item, MappingNode _ ->
            // A lone item stands for a list of one.
            add catalog item (join path "0") node found
        | _, MappingNode(entries, _) ->
            for key, value in entries do
                add catalog (Grammar.step catalog place key.It) (join path key.It) value found
        | OneOf _, ScalarNode((:? TextScalar as kind), _, _) ->
            // A bare kind: the component has no other place than its name.
            add catalog Value (join path kind.Value) node found
        | _, ScalarNode(:? NullScalar, _, _) -> ()
        | _ ->
            match Grammar.loneKey place with
            | Some key -> add catalog (Grammar.step catalog place key) (join path key) node found
            | None -> ()

    and private addItems catalog place path items found =
        items
        |> List.iteri (fun index item -> add catalog (Grammar.step catalog place "") (join path $"{index}") item found)

    /// The place of every value, by path.
    let ofTree catalog tree =
        let found = Dictionary<string, SourceSpan> StringComparer.Ordinal
        add catalog Top "" tree found
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, found)
