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

let private operations (builder: Type) name =
    builder.GetMethods()
    |> Array.filter (fun found ->
        match found.GetCustomAttribute<CustomOperationAttribute>() with
        | null -> false
        | attribute -> attribute.Name = name)

let private function' name =
    modules
    |> Array.choose (fun found -> found.GetMethod(name: string) |> Option.ofObj)
    |> Array.head

let private typeOf (value: obj | null) =
    match value with
    | null -> typeof<obj>
    | value -> value.GetType()

let private isNumber (atom: string) =
    Char.IsAsciiDigit atom[0] || atom.StartsWith "(-"

/// The type that the compiler gives an expression where nothing else is asked for; obj for a list of nothing.
let rec private natural expression : Type =
    match expression with
    | Atom text when text.StartsWith '"' -> typeof<string>
    | Atom("true" | "false") -> typeof<bool>
    | Atom text when isNumber text && text.TrimEnd(')').EndsWith 'L' -> typeof<int64>
    | Atom text when isNumber text && (text.Contains '.' || text.Contains 'E') -> typeof<float>
    | Atom text when isNumber text -> typeof<int>
    | Atom name -> typeOf (named name)
    | Applied(name, _) -> (function' name).ReturnType
    | Listed items ->
        match items |> List.map natural |> List.filter ((<>) typeof<obj>) |> List.distinct with
        | [] -> typeof<obj>
        | [ item ] -> typedefof<_ list>.MakeGenericType item
        | several -> invalidOp $"a list of {several.Length} types"
    | Pair _ -> typeof<string * SettingValue>
    | Built(builder, _) ->
        match (typeOf (named builder)).GetMethod "Run" with
        | null -> invalidOp $"{builder} has no Run"
        | run -> run.ReturnType

/// What a family's type is called in a parameter of any family.
let private familyIn (wanted: Type) (found: Type) =
    let rec components (wanted: Type) (found: Type) =
        if not (wanted.IsGenericType && found.IsGenericType) then
            None
        elif wanted.GetGenericTypeDefinition() <> found.GetGenericTypeDefinition() then
            None
        else
            match Array.head (wanted.GetGenericArguments()), Array.head (found.GetGenericArguments()) with
            | item, family when item.IsGenericParameter -> Some family
            | item, other -> components item other

    components wanted found

/// The one overload of an operation that the compiler takes for its arguments.
let private overload (builder: Type) name arguments =
    match operations builder name with
    | [||] -> invalidOp $"{builder.Name} has no operation {name}"
    | [| only |] -> only
    | several ->
        let last = natural (List.last arguments)

        several
        |> Array.tryPick (fun (method: MethodInfo) ->
            let parameters = method.GetParameters()
            let wanted = parameters[List.length arguments].ParameterType

            if method.IsGenericMethodDefinition then
                familyIn wanted last
                |> Option.map (fun family -> method.MakeGenericMethod family)
            elif wanted = last then
                Some method
            else
                None)
        |> Option.defaultWith (fun () -> invalidOp $"no overload of {name} takes {last}")

let rec private evaluate (wanted: Type) expression : obj | null =
    match expression with
    | Listed [] when wanted = typeof<obj> -> box List.empty<obj>
    | _ when wanted = typeof<obj> && natural expression <> typeof<obj> -> evaluate (natural expression) expression
    | Pair(name, value) ->
        match evaluate typeof<string> name, evaluate typeof<SettingValue> value with
        | (:? string as name), (:? SettingValue as value) -> box (name, value)
        | _ -> invalidOp "a pair of something else"
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
        let method = function' name
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
                let method = overload kind name arguments
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
