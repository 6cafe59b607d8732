namespace Spectral.Dsl

open System
open System.IO
open YamlDotNet.Core
open YamlDotNet.Core.Events

/// From text to the events of YamlDotNet's parser, with the checks that need no tree.
module internal YamlEvents =

    /// The most keys and values, with every alias written out.
    let mostNodes = 100_000

    /// How deep lists and mappings may stand in one another.
    let deepest = 64

    /// The stretch of an event. Marks count in UTF-16 units from 0; lines are our own, by LF, CR and CR LF.
    let span source (event: ParsingEvent) =
        Source.span source (int event.Start.Index) (int event.End.Index)

    let private isForbidden (text: string) index =
        let letter = text[index]

        if letter < ' ' then
            letter <> '\t' && letter <> '\n' && letter <> '\r'
        elif Char.IsHighSurrogate letter then
            index + 1 = text.Length || not (Char.IsLowSurrogate text[index + 1])
        elif Char.IsLowSurrogate letter then
            index = 0 || not (Char.IsHighSurrogate text[index - 1])
        else
            (letter >= '\u007F' && letter <= '\u009F')
            || letter = '\u2028'
            || letter = '\u2029'
            || letter = '\uFEFF'
            || letter >= '\uFFFE'

    let private characters source : Validation<unit> =
        match Seq.tryFind (isForbidden source.Text) (seq { 0 .. source.Text.Length - 1 }) with
        | None -> Ok()
        | Some index ->
            Validation.fail (
                Diagnostics.error
                    ForbiddenCharacter
                    (Source.span source index (index + 1))
                    $"the character U+{int source.Text[index]:X4} may not stand in a spec"
                    "Save the file as plain text."
            )

    /// Lines, from 1, that a scalar of several lines goes through: tabs there are text.
    let private inside source (events: ParsingEvent seq) =
        set [
            for event in events do
                match event with
                | :? Scalar ->
                    let at = span source event

                    for line in at.Line + 1 .. at.EndLine do
                        line
                | _ -> ()
        ]

    /// The first tab-indented line up to `last`. Only a parser that failed minds tabs on lines without content.
    let private tab source (events: ParsingEvent seq) last hasFailed =
        let isIndented line =
            let text = Source.line source line
            let content = text.TrimStart(' ', '\t')

            text.AsSpan(0, text.Length - content.Length).Contains '\t'
            && (hasFailed || (content <> "" && not (content.StartsWith '#')))

        if not (source.Text.Contains '\t') then
            None
        else
            let texts = inside source events

            seq { 1 .. min last source.Starts.Length }
            |> Seq.tryFind (fun line -> not (texts.Contains line) && isIndented line)
            |> Option.map (fun line ->
                let column = (Source.line source line).IndexOf '\t'
                let offset = source.Starts[line - 1] + column

                Diagnostics.error
                    TabIndentation
                    (Source.span source offset (offset + 1))
                    "expected spaces as indentation, got a tab"
                    "Replace the tab by spaces.")

    /// The parser's next event, None at the end, or the parser's complaint with its offset.
    let private next (parser: Parser) =
        let complaint (at: Mark) (message: string) =
            let text = message.TrimEnd('.')

            Error(
                int at.Index,
                if text = "" then
                    "unreadable"
                else
                    string (Char.ToLowerInvariant text[0]) + text[1..]
            )

        try
            if parser.MoveNext() then
                Ok(Option.ofObj parser.Current)
            else
                Ok None
        with
        | :? YamlException as error -> complaint error.Start error.Message
        // The library meets some malformed texts with exceptions of other types; they are syntax errors all the same.
        | :? ArgumentException
        | :? InvalidOperationException
        | :? FormatException
        | :? OverflowException
        | :? IndexOutOfRangeException as error ->
            let at =
                match parser.Current with
                | null -> Mark.Empty
                | current -> current.End

            complaint at error.Message

    let private syntax source events offset message =
        let at = Source.span source offset (offset + 1)

        match tab source events (at.Line + 1) true with
        | Some tab -> tab
        | None ->
            Diagnostics.error
                YamlSyntax
                at
                $"this is not YAML: {message}"
                "Look for a missing bracket or quote, uneven indentation, or ': ' in text that is not in quotes."

    /// The version that a document asks for, where it is not 1.2.
    let private otherVersion (start: DocumentStart) =
        match start.Version with
        | null -> None
        | directive when directive.Version.Major = 1 && directive.Version.Minor = 2 -> None
        | directive -> Some $"{directive.Version.Major}.{directive.Version.Minor}"

    /// What an event alone can have wrong, given the events before.
    let private refuse source documents depth nodes (event: ParsingEvent) =
        let at = span source event

        match event with
        | :? DocumentStart when documents > 0 ->
            Some(
                Diagnostics.error
                    SeveralDocuments
                    at
                    "expected one document, got another"
                    "Write one file for each experiment."
            )
        | :? DocumentStart as start when (otherVersion start).IsSome ->
            let found = otherVersion start |> Option.defaultValue ""
            Some(Diagnostics.error YamlVersion at $"expected YAML 1.2, got {found}" "Remove the %YAML directive.")
        | _ when depth > deepest ->
            Some(Diagnostics.error TooDeep at $"lists and mappings are nested more than {deepest} deep" null)
        | _ when nodes > mostNodes ->
            Some(Diagnostics.error TooManyNodes at $"the spec has more than {mostNodes} keys and values" null)
        | _ -> None

    let rec private collect source (parser: Parser) (events: ResizeArray<ParsingEvent>) documents depth nodes =
        match next parser with
        | Error(offset, message) -> Validation.fail (syntax source events offset message)
        | Ok None -> Ok()
        | Ok(Some event) ->
            let depth = depth + event.NestingIncrease
            let nodes = if event :? NodeEvent then nodes + 1 else nodes

            match refuse source documents (depth - 2) nodes event with
            | Some problem -> Validation.fail problem
            | None ->
                events.Add event
                let documents = if event :? DocumentStart then documents + 1 else documents
                collect source parser events documents depth nodes

    /// The events of the one document in `text`, whose offsets are those of the source.
    let ofText (source: Source) (text: string) : Validation<ParsingEvent list> =
        Validation.validation {
            let! () = characters source
            let events = ResizeArray()
            let! () = collect source (Parser(new StringReader(text))) events 0 0 0

            match tab source events Int32.MaxValue false with
            | Some problem -> return! Validation.fail problem
            | None ->
                return
                    List.filter
                        (fun (event: ParsingEvent) ->
                            not (event :? StreamStart)
                            && not (event :? StreamEnd)
                            && not (event :? DocumentStart)
                            && not (event :? DocumentEnd))
                        (List.ofSeq events)
        }
