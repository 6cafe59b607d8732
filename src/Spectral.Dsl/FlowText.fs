namespace Spectral.Dsl

open System
open System.Globalization
open System.Text.Encodings.Web
open System.Text.Json
open Spectral.Core.Components

/// A value of a spec in one line of YAML.
module internal FlowText =

    let private relaxed =
        JsonSerializerOptions(Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping)

    let private isPlain (text: string) =
        let isInner letter =
            Char.IsAsciiLetterOrDigit letter
            || letter = '_'
            || letter = '-'
            || letter = '.'
            || letter = '/'

        text <> ""
        && Char.IsAsciiLetterOrDigit text[0]
        && Seq.forall isInner text
        && CoreSchema.resolve text :? TextScalar

    // YAML's double quotes take JSON's escapes.
    let private word (text: string) =
        if isPlain text then
            text
        else
            JsonSerializer.Serialize(text, relaxed)

    let rec private write order (scalar: Scalar -> string -> string) node =
        let join (items: string list) = String.Join(", ", items)

        match node with
        | ScalarNode(found, written, _) -> scalar found written
        | SequenceNode(items, _) -> $"[{items |> List.map (write order scalar) |> join}]"
        | MappingNode(entries, _) ->
            let entry (key: Located<string>, value) =
                $"{word key.It}: {write order scalar value}"

            "{" + (entries |> List.map entry |> order |> join) + "}"

    /// The value with its numbers as they were written: behind `-S path=` it means the same.
    let ofNode =
        write id (fun scalar written ->
            match scalar with
            | :? TextScalar as text -> word text.Value
            | :? NullScalar -> "null"
            | :? FlagScalar as flag -> if flag.Value then "true" else "false"
            | _ -> written)

    /// The same for values that differ in notation alone, such as 0.5 and 5e-1, or in the order of keys.
    let meaning =
        write List.sort (fun scalar written ->
            match scalar with
            | :? TextScalar as text -> word text.Value
            | :? NullScalar -> "null"
            | :? FlagScalar as flag -> if flag.Value then "true" else "false"
            | :? IntegerScalar as number -> number.Value.ToString CultureInfo.InvariantCulture
            | :? RealScalar as number when Math.Abs number.Value < 9e15 && Math.Floor number.Value = number.Value ->
                (int64 number.Value).ToString CultureInfo.InvariantCulture
            | :? RealScalar as number -> number.Value.ToString("R", CultureInfo.InvariantCulture)
            | _ -> written)
