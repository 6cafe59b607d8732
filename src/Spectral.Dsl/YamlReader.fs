namespace Spectral.Dsl

open System.Collections.Generic
open System.Text
open Spectral.Core.Components
open Spectral.Core.Plans
open YamlDotNet.Core
open YamlDotNet.Core.Events

/// From text to the located tree, by the YAML 1.2 core schema.
module internal YamlReader =

    /// A node with its number of nodes and its height, every alias written out.
    [<Struct>]
    type private Measured = {
        Node: YamlNode
        Size: int
        Height: int
    }

    type private Anchor =
        | Open
        | Closed of Measured

    let private empty at = ScalarNode(NullScalar(), "", at)

    /// Builds the tree of one document. Problems gather, and reading goes on behind each.
    type private Composer(source: Source, events: ParsingEvent list) =
        let problems = ResizeArray<Diagnostic>()
        let anchors = Dictionary<string, Anchor>()
        let mutable rest = events
        let mutable total = 0

        let mutable isFull = false

        let report code at message (help: string | null) =
            problems.Add(Diagnostics.error code at message help)

        let tagged (result: YamlTags.Tagged<'T>) =
            match result with
            | Ok value -> value
            | Error(value, problem) ->
                problems.Add problem
                value

        let openAnchor (event: NodeEvent) =
            if not event.Anchor.IsEmpty then
                anchors[event.Anchor.Value] <- Open

        let closeAnchor (event: NodeEvent) measured =
            if not event.Anchor.IsEmpty then
                anchors[event.Anchor.Value] <- Closed measured

            measured

        /// The end of a collection: behind its bracket, or behind its last value.
        let extent (start: ParsingEvent) (last: YamlNode option) (ending: ParsingEvent) =
            let behind = int ending.End.Index

            let isBracket =
                behind < source.Text.Length
                && (source.Text[behind] = ']' || source.Text[behind] = '}')

            let first = YamlEvents.span source start

            match last |> Option.map YamlNode.span with
            // An alias stands for a value further up, whose end says nothing about this collection.
            | Some at when not isBracket && (at.EndLine, at.EndColumn) > (first.Line, first.Column) ->
                SourceSpan(first.Source, first.Line, first.Column, at.EndLine, at.EndColumn)
            | _ -> Source.span source (int start.Start.Index) (if isBracket then behind + 1 else behind)

        let alias (event: AnchorAlias) depth =
            let at = YamlEvents.span source event
            let name = event.Value.Value

            let stand = {
                Node = empty at
                Size = 1
                Height = 0
            }

            let refused code message (help: string | null) =
                report code at message help
                stand

            match anchors.TryGetValue name with
            | true, Closed measured when depth - 1 + measured.Height > YamlEvents.deepest ->
                refused TooDeep $"lists and mappings are nested more than {YamlEvents.deepest} deep" null
            | true, Closed measured when total + measured.Size > YamlEvents.mostNodes ->
                if isFull then
                    stand
                else
                    isFull <- true

                    refused
                        TooManyNodes
                        $"the spec has more than {YamlEvents.mostNodes} keys and values, its aliases written out"
                        null
            | true, Closed measured -> measured
            | true, Open ->
                refused
                    CyclicAnchor
                    $"the alias *{Diagnostics.quote name} stands in the value of its own anchor"
                    "Write the value out."
            | _ ->
                refused
                    UnknownAnchor
                    $"the alias *{Diagnostics.quote name} has no anchor"
                    $"Mark a value in front of it with &{Diagnostics.quote name}."

        let isMerge (key: ParsingEvent) =
            match key with
            | :? Events.Scalar as scalar -> scalar.Style = ScalarStyle.Plain && scalar.Value = "<<"
            | _ -> false

        let keyOf (key: ParsingEvent) =
            match key with
            | :? Events.Scalar as scalar when scalar.Style <> ScalarStyle.Plain || scalar.Value <> "" ->
                Some scalar.Value
            | _ -> None

        /// Where a key stands. The library gives an empty key no place of its own: its colon is taken.
        let keyPlace key value =
            match key with
            | ScalarNode(:? NullScalar, "", _) ->
                let at = YamlNode.span value
                let before = source.Starts[at.Line - 1] + at.Column - 2

                let colon =
                    if before < 0 then
                        -1
                    else
                        source.Text.LastIndexOf(':', min before (source.Text.Length - 1))

                Source.span source (max colon 0) (max colon 0 + 1)
            | _ -> YamlNode.span key

        member _.Problems = List.ofSeq problems

        member this.Read depth : Measured =
            match rest with
            | [] -> {
                Node = empty (Source.span source 0 0)
                Size = 0
                Height = 0
              }
            | event :: behind ->
                rest <- behind
                let before = total
                total <- total + 1

                match event with
                | :? AnchorAlias as event ->
                    let measured = alias event depth
                    total <- before + measured.Size
                    measured
                | :? SequenceStart as start -> this.Sequence(start, depth, before)
                | :? MappingStart as start -> this.Mapping(start, depth, before)
                | :? Events.Scalar as event ->
                    closeAnchor event {
                        Node =
                            ScalarNode(tagged (YamlTags.scalar source event), event.Value, YamlEvents.span source event)
                        Size = 1
                        Height = 0
                    }
                | _ -> this.Read depth

        member private this.Sequence(start, depth, before) =
            tagged (YamlTags.collection source start "seq")
            openAnchor start
            let items = List<Measured>()

            let rec read () =
                match rest with
                | (:? SequenceEnd as ending) :: behind ->
                    rest <- behind
                    ending :> ParsingEvent
                | [] -> start
                | _ ->
                    items.Add(this.Read(depth + 1))
                    read ()

            let ending = read ()
            let nodes = [ for item in items -> item.Node ]

            closeAnchor start {
                Node = SequenceNode(nodes, extent start (List.tryLast nodes) ending)
                Size = total - before
                Height = 1 + Seq.fold (fun height item -> max height item.Height) 0 items
            }

        member private this.Mapping(start, depth, before) =
            tagged (YamlTags.collection source start "map")
            openAnchor start
            let entries = List<Located<string> * YamlNode>()
            let seen = Dictionary<string, SourceSpan>()
            let values = List<Measured>()

            let entry (key: ParsingEvent) =
                let written = this.Read(depth + 1)
                let value = this.Read(depth + 1)
                let at = keyPlace written.Node value.Node
                values.Add value

                match keyOf key with
                | _ when isMerge key ->
                    report MergeKey at "expected a key, got the merge key <<" "Write the settings out."
                | None -> report KeyNotText at $"expected a word as key, got {YamlNode.describe written.Node}" null
                | Some name ->
                    match seen.TryGetValue name with
                    | true, first ->
                        report
                            DuplicateKey
                            at
                            $"the key '{Diagnostics.quote name}' stands twice; first in line {first.Line}"
                            "Remove one of the two."
                    | _ ->
                        seen[name] <- at
                        entries.Add({ It = name; At = at }, value.Node)

            let rec read () =
                match rest with
                | (:? MappingEnd as ending) :: behind ->
                    rest <- behind
                    ending :> ParsingEvent
                | [] -> start
                | key :: _ ->
                    entry key
                    read ()

            let ending = read ()
            let entries = List.ofSeq entries
            let last = entries |> List.tryLast |> Option.map snd

            closeAnchor start {
                Node = MappingNode(entries, extent start last ending)
                Size = total - before
                Height = 1 + Seq.fold (fun height value -> max height value.Height) 0 values
            }

    let private nothing at =
        Diagnostics.error EmptyDocument at "expected a spec, got an empty text" "Begin with `spectral: 1`."
        |> Validation.fail

    /// The tree of `text`, whose offsets are those of the source.
    let readWithin (source: Source) (text: string) : Validation<YamlNode> =
        Validation.validation {
            let! events = YamlEvents.ofText source text

            if events.IsEmpty then
                return! nothing (Source.span source 0 0)
            else
                let composer = Composer(source, events)
                let tree = composer.Read 1

                match composer.Problems, tree.Node with
                | [], ScalarNode(:? NullScalar, "", at) -> return! nothing at
                | [], node -> return node
                | problems, _ -> return! Error problems
        }

    /// The tree of a whole source.
    let read (source: Source) : Validation<YamlNode> =
        if Encoding.UTF8.GetByteCount source.Text > SourceFile.largest then
            SourceFile.tooLarge source.Name
        else
            readWithin source source.Text
