/// The source of the typed builders, from the Catalog: what src/Spectral.Dsl/Components.fs must hold.
module Spectral.Dsl.Tests.ComponentSource

open System
open Spectral.Core
open Spectral.Core.Components
open Spectral.Dsl

let private catalog = Catalog.Components

/// The F# type of a setting.
let rec private typeOf (fieldType: FieldType) =
    match fieldType with
    | :? IntegerType -> "int"
    | :? RealType -> "float"
    | :? FlagType -> "bool"
    | :? CheckpointType -> "Moment"
    | :? ComponentType as one -> $"Component<{one.Family.Name}>"
    | :? ListType as list -> typeOf list.Item + " list"
    | :? ScalarType -> "string"
    | other -> invalidOp $"no F# type for {other.GetType().Name}"

/// The tree of a value of that type.
let rec private nodeOf (fieldType: FieldType) value =
    match fieldType with
    | :? IntegerType -> $"Tree.integer (int64 {value})"
    | :? RealType -> $"Tree.real {value}"
    | :? FlagType -> $"Tree.flag {value}"
    | :? CheckpointType
    | :? ComponentType -> $"{value}.Node"
    | :? ListType as list -> $"""Tree.list [ for item in {value} -> {nodeOf list.Item "item"} ]"""
    | _ -> $"Tree.text {value}"

let private xml (text: string) =
    text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;")

let private sentence (field: Field) =
    let unit =
        match field.Unit with
        | null -> ""
        | unit -> $" Unit: {unit}."

    let presence = if isNull field.Default then " Required." else ""
    let doc = xml field.Doc
    let doc = if doc.EndsWith '.' then doc else doc + "."
    $"{doc} Expects {xml field.Type.Expectation}.{xml unit}{presence}"

/// Breaks a comment at 120 columns.
let private comment indent (text: string) =
    let folder (lines, line: string) (word: string) =
        if line.Length + word.Length + 1 > 116 - String.length indent then
            line :: lines, word
        elif line = "" then
            lines, word
        else
            lines, line + " " + word

    let lines, last = text.Split ' ' |> Array.fold folder ([], "")

    List.rev (last :: lines)
    |> List.map (fun line -> $"{indent}/// {line}\n")
    |> String.concat ""

let private builderName (family: ComponentFamily) (definition: ComponentDefinition) =
    FSharpNames.pascal (FSharpNames.kind catalog family definition.Kind) + "Builder"

let private operation (field: Field) =
    let name = FSharpNames.setting field

    comment "    " $"<summary>{sentence field}</summary>"
    + $"    [<CustomOperation \"{name}\">]\n"
    + $"    member _.{FSharpNames.pascal name}\n"
    + $"        (\n            settings: Settings,\n            value: {typeOf field.Type},\n"
    + "            [<CallerFilePath; Optional; DefaultParameterValue(\"\")>] file: string,\n"
    + "            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int\n        ) =\n"
    + $"""        settings.With("{field.Name}", {nodeOf field.Type "value"}, file, line)"""
    + "\n"

let private hasBuilder (definition: ComponentDefinition) =
    not definition.Fields.IsEmpty && not (FSharpNames.isFunction definition)

let private builder family (definition: ComponentDefinition) =
    comment "" $"<summary>Settings of <c>{definition.Kind}</c>: {xml definition.Summary}</summary>"
    + "[<Sealed>]\n"
    + $"type {builderName family definition} internal () =\n"
    + $"    inherit ComponentBuilder<{family.Type.Name}>(\"{definition.Kind}\")\n\n"
    + (definition.Fields |> Seq.map operation |> String.concat "\n")

let private binding (family: ComponentFamily) (definition: ComponentDefinition) =
    let name = FSharpNames.kind catalog family definition.Kind
    let summary = comment "    " $"<summary>{xml definition.Summary}</summary>"
    let component' = $"Component<{family.Type.Name}>"

    if definition.Fields.IsEmpty then
        $"{summary}    let {name} = {component'}(\"{definition.Kind}\", None)\n"
    elif FSharpNames.isFunction definition then
        let field = definition.Fields[0]
        let argument = FSharpNames.setting field

        comment "    " $"<summary>{xml definition.Summary}</summary>"
        + comment "    " $"<param name=\"{argument}\">{sentence field}</param>"
        + $"    let {name} ({argument}: {typeOf field.Type}) =\n"
        + $"        {component'}.Of(\"{definition.Kind}\", \"{field.Name}\", {nodeOf field.Type argument})\n"
    else
        $"{summary}    let {name} = {builderName family definition}()\n"

/// The whole file.
let text () =
    let members = [
        for family in catalog.Families do
            for definition in family.Members do
                family, definition
    ]

    "// Made from the Catalog. A test says how to make it anew.\n"
    + "namespace Spectral.Experiments\n\n"
    + "open System.Runtime.CompilerServices\nopen System.Runtime.InteropServices\n"
    + "open Spectral.Core.Plans\nopen Spectral.Dsl\n\n"
    + (members
       |> List.filter (snd >> hasBuilder)
       |> List.map (fun (family, definition) -> builder family definition)
       |> String.concat "\n")
    + "\n/// <summary>Every kind of the Catalog.</summary>\n[<AutoOpen>]\nmodule Components =\n\n"
    + (members
       |> List.map (fun (family, definition) -> binding family definition)
       |> String.concat "\n")
