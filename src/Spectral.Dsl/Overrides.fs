namespace Spectral.Dsl

open System
open System.Globalization
open Spectral.Core.Components
open Spectral.Core.Plans

/// `-S path=value`: a dotted path set into a spec's tree before it is parsed.
module internal Overrides =

    /// One override: where it goes, step by step, and what it puts there.
    type Override = {
        Steps: Located<string> list
        Value: YamlNode
    }

    /// Whether a text can be a step of a path.
    let isStep (step: string) =
        step <> ""
        && step
           |> Seq.forall (fun letter -> Char.IsAsciiLetterOrDigit letter || letter = '_')

    let private example = "Write it as path=value, such as dataset.digits.train=100."

    let private malformed source first behind message =
        Diagnostics.error OverrideMalformed (Source.span source first behind) message example

    let private steps source (path: string) =
        let folder (offset, found) (step: string) =
            let behind = offset + step.Length

            behind + 1,
            {
                It = step
                At = Source.span source offset behind
            }
            :: found

        path.Split '.' |> Array.fold folder (0, []) |> snd |> List.rev

    /// The source of an override, by its number from 1.
    let source number text = Source.create $"<-S #{number}>" text

    /// Reads one override; its places are those of its own text.
    let parse (source: Source) : Validation<Override> =
        let text = source.Text
        let equals = text.IndexOf '='
        let path = if equals < 0 then text else text.Substring(0, equals)
        let found = steps source path

        if equals < 0 then
            Validation.fail (malformed source 0 text.Length "expected path=value, got no equals sign")
        else
            match found |> List.tryFind (fun step -> not (isStep step.It)) with
            | Some step ->
                let message =
                    $"expected a path of words with dots between, got '{Diagnostics.quote path}'"

                Validation.fail (Diagnostics.error OverrideMalformed step.At message example)
            | None when String.IsNullOrWhiteSpace(text.Substring(equals + 1)) ->
                Validation.fail (
                    malformed source equals text.Length "expected a value behind the equals sign, got none"
                )
            | None ->
                // Spaces in place of the path keep the columns of the value.
                YamlReader.readWithin source (String(' ', equals + 1) + text.Substring(equals + 1))
                |> Result.map (fun value -> { Steps = found; Value = value })

    /// A mapping of one key in another, down to the value.
    let rec private nest steps value =
        match steps with
        | [] -> value
        | step :: rest -> MappingNode([ step, nest rest value ], step.At)

    let private index (step: Located<string>) =
        match Int32.TryParse(step.It, NumberStyles.None, CultureInfo.InvariantCulture) with
        | true, index -> Some index
        | _ -> None

    let rec private set catalog place steps value node : Validation<YamlNode> =
        match steps with
        | [] -> Ok value
        | step :: rest ->
            let next = Grammar.step catalog place step.It

            match place, node with
            | OneOf _, MappingNode(entries, _) when entries |> List.forall (fun (key, _) -> key.It <> step.It) ->
                // Another kind takes the place of the one that stood there, with all its settings.
                Ok(nest steps value)
            | _, MappingNode(entries, at) -> setKey catalog next step rest value entries at
            | ListOf item, SequenceNode(items, at) -> setItem catalog item step rest value items at
            | SettingsOf _, SequenceNode(items, at) when (index step).IsSome ->
                let first = Grammar.loneKey place |> Option.defaultValue ""
                let item = Grammar.step catalog (Grammar.step catalog place first) step.It
                setItem catalog item step rest value items at
            | Value, SequenceNode(items, at) -> setItem catalog Value step rest value items at
            | ListOf _, item when (index step).IsSome ->
                set catalog place steps value (SequenceNode([ item ], YamlNode.span item))
            | OneOf _, _
            | _, ScalarNode(:? NullScalar, _, _) -> Ok(nest steps value)
            | _ ->
                match Grammar.loneKey place with
                | Some key ->
                    let at = YamlNode.span node
                    set catalog place steps value (MappingNode([ { It = key; At = at }, node ], at))
                | None ->
                    Validation.fail (
                        Diagnostics.error
                            OverridePathBlocked
                            step.At
                            $"there is no '{step.It}' in {YamlNode.describe node}"
                            null
                    )

    and private setKey catalog next step rest value entries at =
        match entries |> List.tryFindIndex (fun (key, _) -> key.It = step.It) with
        | None -> Ok(MappingNode(entries @ [ step, nest rest value ], at))
        | Some position ->
            let key, old = entries[position]

            set catalog next rest value old
            |> Result.map (fun changed -> MappingNode(List.updateAt position (key, changed) entries, at))

    and private setItem catalog item step rest value items at =
        match index step with
        | Some position when position < items.Length ->
            set catalog item rest value items[position]
            |> Result.map (fun changed -> SequenceNode(List.updateAt position changed items, at))
        | _ ->
            Diagnostics.error
                OverrideIndex
                step.At
                $"expected an index below {items.Length}, the list's length, got '{step.It}'"
                "To change the number of items, set the whole list."
            |> Validation.fail

    /// The tree with every override set, in order; the last of two to one place holds.
    let apply catalog (tree: YamlNode) (overrides: Override list) : Validation<YamlNode> =
        let folder (tree, problems) change =
            match set catalog Top change.Steps change.Value tree with
            | Ok changed -> changed, problems
            | Error found -> tree, problems @ found

        match overrides |> List.fold folder (tree, []) with
        | tree, [] -> Ok tree
        | _, problems -> Error problems
