namespace Spectral.Dsl

open System
open System.Text.RegularExpressions
open Spectral.Core.Plans

/// From what a script left behind when it ended to the tree of its experiment, or the reason why there is none.
module internal Script =

    let private fault =
        Regex(
            @"^(?<file>.+?)\((?<line>\d+),(?<column>\d+)\): error (?<code>FS\d+): (?<text>.*)$",
            RegexOptions.CultureInvariant
        )

    let private frame =
        Regex(@"^\s+at .* in (?<file>.+):line (?<line>\d+)\s*$", RegexOptions.CultureInvariant)

    let private number (found: Match) (group: string) =
        match Int32.TryParse found.Groups[group].Value with
        | true, value -> value
        | _ -> 1

    /// A file as the user named it, where it is the script itself.
    let private named (source: Source) file =
        if file = IO.Path.GetFullPath source.Name then
            source.Name
        else
            file

    /// A stretch of a script's line, from a column to the end of a word or sign; the whole line from column 0.
    let private span (source: Source) file line column =
        let name = named source file

        if name = source.Name && line >= 1 && line <= source.Starts.Length then
            let text = (Source.line source line).TrimEnd()

            if column >= 1 then
                SourceSpan(name, line, column, line, column + 1)
            else
                SourceSpan(name, line, text.Length - text.TrimStart().Length + 1, line, text.Length + 1)
        else
            SourceSpan(name, line, max 1 column, line, max 1 column)

    /// What to do about an error that the compiler does not explain.
    let private remedy (code: string) : string | null =
        if code = "FS3095" then
            "A word of a builder means the builder's setting everywhere inside it: call your own value something else."
        else
            null

    /// The compiler's errors: each begins with its place and ends before an empty line or the next one.
    let private faults source (lines: string list) =
        let rec collect (lines: string list) found =
            match lines with
            | [] -> List.rev found
            | line :: rest ->
                match fault.Match line with
                | at when at.Success ->
                    let more =
                        rest
                        |> List.takeWhile (fun next -> next.Trim() <> "" && not (fault.IsMatch next))

                    let words =
                        at.Groups["text"].Value :: more
                        |> List.map (fun part -> Regex.Replace(part.Trim(), @"\s+", " "))

                    let message = at.Groups["code"].Value + ": " + String.Join(" ", words)

                    let place =
                        span source at.Groups["file"].Value (number at "line") (number at "column")

                    let problem =
                        Diagnostics.error
                            ScriptDoesNotCompile
                            place
                            (message.TrimEnd('.', ' '))
                            (remedy at.Groups["code"].Value)

                    collect (List.skip more.Length rest) (problem :: found)
                | _ -> collect rest found

        collect lines []

    /// The exception that ended a script: its line stands before the first frame of its stack.
    let private failure source (lines: string list) =
        let frames =
            lines
            |> List.choose (fun line ->
                match frame.Match line with
                | at when at.Success -> Some at
                | _ -> None)

        let isFrame (line: string) =
            line.TrimStart().StartsWith("at ", StringComparison.Ordinal)

        match lines |> List.tryFindIndex isFrame with
        | Some index when index > 0 ->
            let own =
                frames
                |> List.tryFind (fun at -> named source at.Groups["file"].Value = source.Name)

            let place =
                match own with
                | Some at -> span source at.Groups["file"].Value (number at "line") 0
                | None -> SourceSpan(source.Name, 1, 1, 1, 1)

            let header =
                lines
                |> List.take index
                |> List.rev
                |> List.tryFind (fun line -> line.Contains("Exception", StringComparison.Ordinal))
                |> Option.defaultValue lines[index - 1]

            Some(Diagnostics.error ScriptFailed place $"the script ended in {header.Trim()}" null)
        | _ -> None

    let private problems (source: Source) (outcome: ScriptOutcome) =
        let lines = outcome.Messages.Split('\n') |> Seq.map _.TrimEnd('\r') |> List.ofSeq

        match faults source lines, failure source lines with
        | [], Some found -> [ found ]
        | [], None ->
            let last =
                lines
                |> List.tryFindBack (fun line -> line.Trim() <> "")
                |> Option.defaultValue "it said nothing"

            [
                Diagnostics.error
                    ScriptFailed
                    (SourceSpan(source.Name, 1, 1, 1, 1))
                    $"the script ended with exit code {outcome.ExitCode}: {Diagnostics.quote last}"
                    null
            ]
        | found, _ -> found

    /// The tree of a script's only experiment.
    let tree catalog (outcome: ScriptOutcome) (source: Source) : Validation<YamlNode> =
        let start = SourceSpan(source.Name, 1, 1, 1, 1)
        let trees = [ for line in outcome.Experiments -> Handover.read line ]

        match trees with
        | _ when outcome.ExitCode <> 0 -> Error(problems source outcome)
        | [ Some tree ] ->
            let tree = ScriptPlaces.resolve catalog source tree
            ScriptPlaces.repeated tree |> Result.map (fun () -> tree)
        | [] ->
            Diagnostics.error
                NoExperiment
                start
                "the script makes no experiment"
                "Write one: open Spectral.Experiments, then experiment { ... }."
            |> Validation.fail
        | Some _ :: Some(second) :: _ ->
            Diagnostics.error
                SeveralExperiments
                (YamlNode.span (ScriptPlaces.resolve catalog source second))
                $"the script makes {trees.Length} experiments; this is the second, and a spec is one"
                "Write a script for each, or choose between them before `experiment` begins."
            |> Validation.fail
        | _ ->
            Diagnostics.error
                ScriptFailed
                start
                "the script handed over what no builder made"
                "Does it reference the Spectral.Dsl.dll of another version?"
            |> Validation.fail
