namespace Spectral.Dsl

open System
open System.IO
open Spectral.Core.Plans

/// From the lines that a script's builders know to columns: the word of each setting is looked up in its line.
module internal ScriptPlaces =

    let private isPart (letter: char) =
        Char.IsLetterOrDigit letter || letter = '_' || letter = '\'' || letter = '.'

    /// Where a word stands alone in a text.
    let private occurrences (word: string) (text: string) =
        let rec from (start: int) found =
            match text.IndexOf(word, start, StringComparison.Ordinal) with
            | -1 -> List.rev found
            | at ->
                let behind = at + word.Length

                let isAlone =
                    (at = 0 || not (isPart text[at - 1]))
                    && (behind = text.Length || not (isPart text[behind]))

                from behind (if isAlone then at :: found else found)

        from 0 []

    /// The only place of any of the words, with its length.
    let private only words (text: string) =
        words
        |> List.distinct
        |> List.tryPick (fun word ->
            match occurrences word text with
            | [ at ] -> Some(at, word.Length)
            | _ -> None)

    /// Where the argument ends that begins at an offset of a line.
    let private behindArgument (line: string) start =
        let rec from at depth isQuoted =
            if at >= line.Length then
                at
            else
                match line[at] with
                | '\\' when isQuoted -> from (at + 2) depth isQuoted
                | '"' -> from (at + 1) depth (not isQuoted)
                | _ when isQuoted -> from (at + 1) depth isQuoted
                | '/' when at + 1 < line.Length && line[at + 1] = '/' -> at
                | '('
                | '['
                | '{' -> from (at + 1) (depth + 1) isQuoted
                | ')'
                | ']'
                | '}' when depth = 0 -> at
                | ')'
                | ']'
                | '}' -> from (at + 1) (depth - 1) isQuoted
                | ';' when depth = 0 -> at
                | _ -> from (at + 1) depth isQuoted

        start
        + line.Substring(start, (min line.Length (from start 0 false)) - start).TrimEnd().Length

    /// The whole tree with columns, where the script's text tells them.
    let resolve catalog (source: Source) tree =
        let script = Path.GetFullPath source.Name

        let lineOf (at: SourceSpan) =
            if at.Source = script && at.Line >= 1 && at.Line <= source.Starts.Length then
                Some(Source.line source at.Line)
            else
                None

        let stretch (at: SourceSpan) first behind =
            SourceSpan(source.Name, at.Line, first + 1, at.Line, max first behind + 1)

        let wholeLine (at: SourceSpan) =
            match lineOf at with
            | Some line -> stretch at (line.Length - line.TrimStart().Length) (line.TrimEnd().Length)
            | None -> SourceSpan(at.Source, max 1 at.Line, 1, max 1 at.Line, 1)

        /// The place of a word inside a place of the same line.
        let narrowed words (at: SourceSpan) =
            let full = SourceSpan(script, at.Line, at.Column, at.EndLine, at.EndColumn)

            match lineOf full with
            | Some line when at.Source = source.Name && at.EndColumn <= line.Length + 1 ->
                match only words (line.Substring(at.Column - 1, at.EndColumn - at.Column)) with
                | Some(first, length) -> stretch at (at.Column - 1 + first) (at.Column - 1 + first + length)
                | None -> at
            | _ -> at

        /// The places of a setting's word and of its value.
        let setting (key: Located<string>) =
            match lineOf key.At with
            | None -> wholeLine key.At, wholeLine key.At
            | Some line ->
                match only (FSharpNames.words catalog key.It) line with
                | None -> wholeLine key.At, wholeLine key.At
                | Some(first, length) ->
                    let rest = line.Substring(first + length)
                    let start = first + length + (rest.Length - rest.TrimStart().Length)
                    let behind = behindArgument line start
                    let word = stretch key.At first (first + length)
                    word, (if behind > start then stretch key.At start behind else word)

        let rec resolved (at: SourceSpan) node =
            match node with
            | ScalarNode(scalar, written, _) ->
                ScalarNode(scalar, written, narrowed (written :: FSharpNames.words catalog written) at)
            | SequenceNode(items, _) -> SequenceNode(items |> List.map (resolved at), at)
            | MappingNode(entries, _) -> MappingNode(entries |> List.map (entry at), at)

        and entry (at: SourceSpan) (key: Located<string>, value) =
            // What stands in the same setting has its line; what was set by a word of its own is looked for by it.
            match lineOf key.At, only (FSharpNames.words catalog key.It) (Option.defaultValue "" (lineOf key.At)) with
            | Some _, None when key.At.Line = at.Line ->
                {
                    key with
                        At = narrowed (FSharpNames.words catalog key.It) at
                },
                resolved at value
            | _ ->
                let word, argument = setting key
                { key with At = word }, resolved argument value

        match tree with
        | MappingNode(entries, _) ->
            let entries =
                entries |> List.map (fun (key, value) -> entry (wholeLine key.At) (key, value))

            let at =
                match entries with
                | (first, _) :: _ -> first.At
                | [] -> SourceSpan(source.Name, 1, 1, 1, 1)

            MappingNode(entries, at)
        | other -> other

    /// Settings that stand twice in one mapping: the tree of a script may have them, that of YAML never does.
    let rec repeated node : Validation<unit> =
        match node with
        | ScalarNode _ -> Ok()
        | SequenceNode(items, _) -> items |> List.map repeated |> Validation.none
        | MappingNode(entries, _) ->
            let twice =
                entries
                |> List.indexed
                |> List.choose (fun (index, (key, _)) ->
                    entries
                    |> List.take index
                    |> List.tryFind (fun (other, _) -> other.It = key.It)
                    |> Option.map (fun (first, _) ->
                        Diagnostics.error
                            DuplicateKey
                            key.At
                            $"'{Diagnostics.quote key.It}' is set twice; first in line {first.At.Line}"
                            "Remove one of the two."
                        |> Validation.fail))

            twice @ (entries |> List.map (snd >> repeated)) |> Validation.none
