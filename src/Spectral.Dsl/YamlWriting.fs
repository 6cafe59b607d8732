namespace Spectral.Dsl

open System
open System.Globalization
open System.Text
open Spectral.Core.Components

/// A tree as YAML text: one way to write each tree, in blocks; a list of scalars stands in one line where it fits.
module internal YamlWriting =

    /// The longest line that a list may make.
    let private width = 100

    /// Words that other YAML readers take for truth values.
    let private oldFlags = set [ "y"; "n"; "yes"; "no"; "on"; "off" ]

    let private isPlain (text: string) =
        let isInner letter =
            Char.IsAsciiLetterOrDigit letter || "_./-()%+= ".Contains(letter: char)

        text <> ""
        && Char.IsAsciiLetter text[0]
        && Seq.forall isInner text
        && not (text.EndsWith ' ')
        && not (oldFlags.Contains(text.ToLowerInvariant()))
        && CoreSchema.resolve text = TextScalar text

    /// Whether a character may stand in quotes as it is.
    let private isPrintable (letter: char) =
        match Char.GetUnicodeCategory letter with
        | UnicodeCategory.Control
        | UnicodeCategory.Format
        | UnicodeCategory.LineSeparator
        | UnicodeCategory.ParagraphSeparator
        | UnicodeCategory.OtherNotAssigned
        | UnicodeCategory.PrivateUse -> false
        | _ -> true

    let private escaped (text: string) =
        let result = StringBuilder "\""

        for letter in text do
            match letter with
            | '"' -> result.Append "\\\""
            | '\\' -> result.Append "\\\\"
            | '\n' -> result.Append "\\n"
            | '\t' -> result.Append "\\t"
            | _ when isPrintable letter -> result.Append letter
            | _ -> result.Append("\\u").Append((int letter).ToString("X4", CultureInfo.InvariantCulture))
            |> ignore

        result.Append('"').ToString()

    let private textOf (text: string) =
        if isPlain text then
            text
        elif Seq.forall isPrintable text then
            "'" + text.Replace("'", "''") + "'"
        else
            escaped text

    /// A real with a point: readers of YAML 1.1 take 1e-10 for text.
    let private realOf (value: float) =
        if Double.IsNaN value then
            ".nan"
        elif Double.IsInfinity value then
            if value > 0.0 then ".inf" else "-.inf"
        else
            match value.ToString("R", CultureInfo.InvariantCulture).Split('E', 2) with
            | [| mantissa; exponent |] ->
                let mantissa = if mantissa.Contains '.' then mantissa else mantissa + ".0"
                $"{mantissa}e{exponent}"
            | [| whole |] when not (whole.Contains '.') -> whole + ".0"
            | parts -> String.Join("", parts)

    let private scalarOf (scalar: Scalar) =
        match scalar with
        | :? TextScalar as text -> textOf text.Value
        | :? IntegerScalar as integer -> integer.Value.ToString CultureInfo.InvariantCulture
        | :? RealScalar as real -> realOf real.Value
        | :? FlagScalar as flag -> if flag.Value then "true" else "false"
        | _ -> "null"

    /// What stands in one line: scalars, what is empty, and lists of these.
    let rec private flow node =
        match node with
        | ScalarNode(scalar, _, _) -> Some(scalarOf scalar)
        | MappingNode([], _) -> Some "{}"
        | MappingNode _ -> None
        | SequenceNode(items, _) ->
            let parts = items |> List.map flow

            if List.forall Option.isSome parts then
                Some("[" + String.Join(", ", List.choose id parts) + "]")
            else
                None

    let private fits indent node =
        match node, flow node with
        | SequenceNode(_ :: _, _), Some line -> indent + line.Length <= width
        | _, line -> line.IsSome

    let rec private entry indent (key: Located<string>, value) =
        let name = textOf key.It

        match flow value with
        | Some line when fits (indent + name.Length + 2) value -> [ $"{name}: {line}" ]
        | _ ->
            let inner =
                match value with
                | SequenceNode _ -> lines indent value
                | _ -> lines (indent + 2) value |> List.map (fun line -> "  " + line)

            $"{name}:" :: inner

    and private lines indent node =
        match node with
        | MappingNode(entries, _) when not entries.IsEmpty -> entries |> List.collect (entry indent)
        | SequenceNode(items, _) when not (fits indent node) ->
            items
            |> List.collect (fun item ->
                match
                    (if fits (indent + 2) item then
                         Option.toList (flow item)
                     else
                         lines (indent + 2) item)
                with
                | first :: rest -> ("- " + first) :: (rest |> List.map (fun line -> "  " + line))
                | [] -> [])
        | _ -> Option.toList (flow node)

    /// The text of a tree, behind a first line that tells editors of its schema; ends in a line feed.
    let write (schema: string) node =
        String.Join("\n", $"# yaml-language-server: $schema={schema}" :: lines 0 node)
        + "\n"
