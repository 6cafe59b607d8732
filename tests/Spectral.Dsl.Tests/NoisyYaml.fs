/// A tree as YAML in some other way: keys in another order, other quotes, other spellings, comments, flow and block style.
module Spectral.Dsl.Tests.NoisyYaml

open System
open System.Globalization
open System.Text.Json
open System.Text.RegularExpressions
open Spectral.Core.Components
open Spectral.Dsl

let private scalar (random: Random) (scalar: Scalar) =
    match scalar with
    | :? TextScalar as text ->
        let isWord =
            Regex.IsMatch(text.Value, "^[a-z][a-z_]*$")
            && CoreSchema.resolve text.Value = TextScalar text.Value

        match random.Next 3 with
        | 0 when isWord -> text.Value
        | 1 when not (Seq.exists Char.IsControl text.Value) -> "'" + text.Value.Replace("'", "''") + "'"
        | _ -> JsonSerializer.Serialize text.Value
    | :? IntegerScalar as integer when random.Next 2 = 0 && integer.Value >= 0L -> $"0x{integer.Value:x}"
    | :? IntegerScalar as integer -> integer.Value.ToString CultureInfo.InvariantCulture
    | :? RealScalar as real ->
        real.Value.ToString((if random.Next 2 = 0 then "E16" else "R"), CultureInfo.InvariantCulture)
    | :? FlagScalar as flag -> if flag.Value then "true" else "false"
    | _ -> "null"

let private shuffled (random: Random) items =
    let items = Array.ofList items
    random.Shuffle items
    List.ofArray items

let rec private flow random node =
    match node with
    | ScalarNode(found, _, _) -> scalar random found
    | SequenceNode(items, _) -> "[" + String.Join(" , ", items |> List.map (flow random)) + "]"
    | MappingNode(entries, _) ->
        "{"
        + String.Join(
            ", ",
            shuffled random entries
            |> List.map (fun (key, value) -> key.It + ": " + flow random value)
        )
        + "}"

let rec private block (random: Random) indent node : string =
    let margin = String(' ', indent)

    match node with
    | MappingNode((_ :: _ as entries), _) ->
        shuffled random entries
        |> List.map (fun (key, value) ->
            let comment =
                if random.Next 3 = 0 then
                    $"{margin}# a comment: [of, no, use\n"
                else
                    ""

            let value =
                match value with
                | MappingNode(_ :: _, _)
                | SequenceNode(_ :: _, _) when random.Next 2 = 0 ->
                    "\n" + block random (indent + 1 + random.Next 3) value
                | _ ->
                    " "
                    + flow random value
                    + (if random.Next 3 = 0 then "   # behind a value" else "")
                    + "\n"

            comment
            + margin
            + (if random.Next 2 = 0 then key.It else $"\"{key.It}\"")
            + ":"
            + value)
        |> String.Concat
    | SequenceNode(items, _) ->
        items
        |> List.map (fun item -> $"{margin}- {flow random item}\n")
        |> String.Concat
    | other -> margin + flow random other + "\n"

/// The text, which a seed decides.
let internal write (seed: int) tree = block (Random seed) 0 tree
