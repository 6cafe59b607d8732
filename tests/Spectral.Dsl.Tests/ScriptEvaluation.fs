/// Evaluates the F# form of a spec by the builders themselves, without a compiler: every word is looked up by reflection.
module Spectral.Dsl.Tests.ScriptEvaluation

open System
open System.Globalization
open System.Reflection
open System.Text.RegularExpressions
open Spectral.Dsl
open Spectral.Experiments

let private modules =
    typeof<ExperimentSpec>.Assembly.GetTypes()
    |> Array.filter (fun found ->
        found.Namespace = "Spectral.Experiments"
        && (found.Name = "Builders" || found.Name = "Components"))

let private unescaped (literal: string) =
    Regex.Replace(
        literal.Substring(1, literal.Length - 2),
        @"\\(u[0-9A-F]{4}|.)",
        fun found ->
            match found.Value with
            | "\\n" -> "\n"
            | "\\t" -> "\t"
            | "\\\"" -> "\""
            | "\\\\" -> "\\"
            | code -> string (char (Int32.Parse(code.Substring 2, NumberStyles.HexNumber)))
    )

let private number (atom: string) = atom.Trim('(', ')').TrimEnd('L')

let private named (name: string) =
    modules
    |> Array.choose (fun found -> found.GetProperty name |> Option.ofObj)
    |> Array.tryHead
    |> Option.map (fun property -> property.GetValue null)
    |> Option.defaultWith (fun () -> invalidOp $"there is no word {name}")

let private operation (builder: Type) name =
    builder.GetMethods()
    |> Array.find (fun found ->
        match found.GetCustomAttribute<CustomOperationAttribute>() with
        | null -> false
        | attribute -> attribute.Name = name)

let rec private evaluate (wanted: Type) expression : obj | null =
    match expression with
    | Atom text when wanted = typeof<string> -> unescaped text
    | Atom text when wanted = typeof<int> -> box (Int32.Parse(number text, CultureInfo.InvariantCulture))
    | Atom text when wanted = typeof<int64> -> box (Int64.Parse(number text, CultureInfo.InvariantCulture))
    | Atom text when wanted = typeof<float> ->
        if not (text.Contains '.' || text.Contains 'E') then
            invalidOp $"{text} is no float literal"

        box (Double.Parse(number text, CultureInfo.InvariantCulture))
    | Atom text when wanted = typeof<bool> -> box (Boolean.Parse text)
    | Atom name -> named name
    | Applied(name, arguments) ->
        let method =
            modules
            |> Array.choose (fun found -> found.GetMethod name |> Option.ofObj)
            |> Array.head

        let parameters = method.GetParameters()

        method.Invoke(
            null,
            List.mapi (fun index argument -> evaluate parameters[index].ParameterType argument) arguments
            |> Array.ofList
        )
    | Listed items ->
        let item = wanted.GetGenericArguments()[0]
        let empty = wanted.GetProperty("Empty", BindingFlags.Static ||| BindingFlags.Public)
        let cons = wanted.GetMethod("Cons", BindingFlags.Static ||| BindingFlags.Public)

        match empty, cons with
        | null, _
        | _, null -> invalidOp $"{wanted.Name} is no list"
        | empty, cons ->
            List.foldBack (fun one rest -> cons.Invoke(null, [| evaluate item one; rest |])) items (empty.GetValue null)
    | Built(builder, operations) ->
        match named builder with
        | null -> invalidOp $"{builder} is null"
        | builder ->
            let kind = builder.GetType()

            let settings =
                kind.GetMethod("Zero")
                |> Option.ofObj
                |> Option.map (fun zero -> zero.Invoke(builder, [||]))

            let folder (settings: obj | null) (name, arguments) =
                let method = operation kind name
                let parameters = method.GetParameters()

                let values = [
                    yield settings
                    yield!
                        arguments
                        |> List.mapi (fun index argument -> evaluate parameters[index + 1].ParameterType argument)
                    yield box "/script.fsx"
                    yield box 1
                ]

                method.Invoke(builder, Array.ofList values)

            match kind.GetMethod "Run" with
            | null -> invalidOp $"{kind.Name} has no Run"
            | run ->
                run.Invoke(
                    builder,
                    [|
                        operations
                        |> List.fold folder (Option.toObj settings |> Option.ofObj |> Option.toObj)
                    |]
                )

/// The experiment that a spec's F# form makes.
let internal experiment expression =
    match evaluate typeof<ExperimentSpec> expression with
    | :? ExperimentSpec as spec -> spec
    | other -> invalidOp $"expected an experiment, got {other}"
