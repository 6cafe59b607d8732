namespace Spectral.Dsl

open System
open System.Globalization
open System.Text

/// An F# expression, as far as a spec needs them.
type internal FSharpExpression =
    /// A name or a literal.
    | Atom of string
    /// A function with its arguments.
    | Applied of name: string * arguments: FSharpExpression list
    | Listed of FSharpExpression list
    /// A name with what belongs to it, as a list of settings has them.
    | Pair of name: FSharpExpression * value: FSharpExpression
    /// A builder with its operations, each with its arguments.
    | Built of builder: string * operations: (string * FSharpExpression list) list

/// Lays F# expressions out: in one line where it fits, else a line for every operation and item.
module internal FSharpText =

    let private width = 100

    /// A string literal.
    let text (value: string) =
        let result = StringBuilder "\""

        for letter in value do
            match letter with
            | '"' -> result.Append "\\\""
            | '\\' -> result.Append "\\\\"
            | '\n' -> result.Append "\\n"
            | '\t' -> result.Append "\\t"
            | _ when Char.IsControl letter ->
                result.Append("\\u").Append((int letter).ToString("X4", CultureInfo.InvariantCulture))
            | _ -> result.Append letter
            |> ignore

        Atom(result.Append('"').ToString())

    let private signed (number: string) =
        Atom(if number.StartsWith '-' then $"({number})" else number)

    /// An int literal, an int64 one where it must be.
    let integer (value: int64) =
        let digits = value.ToString CultureInfo.InvariantCulture

        signed (
            if abs value > int64 Int32.MaxValue then
                digits + "L"
            else
                digits
        )

    /// A float literal.
    let real (value: float) =
        let digits = value.ToString("R", CultureInfo.InvariantCulture)

        signed (
            if digits |> Seq.exists (fun c -> c = '.' || c = 'E') then
                digits
            else
                digits + ".0"
        )

    let rec private flat expression : string =
        match expression with
        | Atom text -> text
        | Applied(name, arguments) -> String.Join(" ", name :: List.map argument arguments)
        | Pair(name, value) -> $"{flat name}, {flat value}"
        | Listed [] -> "[]"
        // The compiler asks whether a lone pair without parentheses was meant as two items.
        | Listed [ Pair _ as pair ] -> $"[ ({flat pair}) ]"
        | Listed items -> "[ " + String.Join("; ", List.map flat items) + " ]"
        | Built(builder, operations) -> builder + " { " + String.Join("; ", List.map operation operations) + " }"

    and private argument expression : string =
        match expression with
        | Applied(_, _ :: _)
        | Built _ -> "(" + flat expression + ")"
        | _ -> flat expression

    and private operation (name: string, arguments) : string =
        String.Join(" ", name :: List.map argument arguments)

    let private shift (lines: string list) =
        lines |> List.map (fun line -> "    " + line)

    let rec private lines indent expression : string list =
        let line = flat expression

        match expression with
        | _ when indent + line.Length <= width -> [ line ]
        | Listed items -> [ "["; yield! items |> List.collect (lines (indent + 4)) |> shift; "]" ]
        | Built(builder, operations) -> [
            builder + " {"
            yield! operations |> List.collect (operationLines (indent + 4)) |> shift
            "}"
          ]
        | _ -> [ line ]

    /// The last argument of an operation alone may take several lines.
    and private operationLines indent (name, arguments) : string list =
        let line = operation (name, arguments)

        if indent + line.Length <= width then
            [ line ]
        else
            let before = arguments |> List.truncate (arguments.Length - 1)
            let start = operation (name, before)

            match List.tryLast arguments with
            | Some(Listed items) -> [
                start + " ["
                yield! items |> List.collect (lines (indent + 4)) |> shift
                "]"
              ]
            | Some(Built _ as built) -> [ start + " ("; yield! lines (indent + 4) built |> shift; ")" ]
            | _ -> [ line ]

    /// An expression's lines, for a place that stands so far to the right.
    let indented indent expression =
        lines indent expression
        |> List.map (fun line -> String(' ', indent) + line + "\n")
        |> String.Concat

    /// An expression as the body of a script: always a line for each operation; ends in a line feed.
    let script expression =
        match expression with
        | Built(builder, operations) -> [
            builder + " {"
            yield! operations |> List.collect (operationLines 4) |> shift
            "}"
          ]
        | other -> lines 0 other
        |> List.map (fun line -> line + "\n")
        |> String.Concat
