namespace Spectral.Dsl

open System
open Spectral.Core.Components

/// What a word of the spec language is called in F#: snake_case becomes camelCase, and F#'s own words are avoided.
module internal FSharpNames =

    /// F#'s keywords that a kind or a setting could be called.
    let private keywords =
        set [
            "and"
            "as"
            "base"
            "begin"
            "class"
            "component"
            "const"
            "constraint"
            "default"
            "do"
            "done"
            "else"
            "end"
            "extern"
            "false"
            "fixed"
            "for"
            "fun"
            "function"
            "global"
            "if"
            "in"
            "include"
            "inline"
            "interface"
            "internal"
            "lazy"
            "let"
            "match"
            "member"
            "mod"
            "module"
            "mutable"
            "namespace"
            "new"
            "not"
            "null"
            "of"
            "open"
            "or"
            "override"
            "parallel"
            "private"
            "process"
            "protected"
            "public"
            "pure"
            "rec"
            "return"
            "select"
            "sig"
            "static"
            "struct"
            "tailcall"
            "then"
            "to"
            "trait"
            "true"
            "try"
            "type"
            "use"
            "val"
            "virtual"
            "void"
            "when"
            "while"
            "with"
            "yield"
        ]

    /// Names that the builders of the experiment itself use; no kind may take one.
    let fixedNames =
        set [
            "experiment"
            "train"
            "differentiate"
            "measurement"
            "expectation"
            "tolerances"
            "grid"
            "together"
            "draws"
            "range"
            "point"
            "keyed"
            "untrained"
            "initial"
            "final"
            "epoch"
            "atStep"
            "atBestTest"
            "atBestValidation"
            "logSpaced"
            "checkpointNamed"
            "ofKind"
            "value"
        ]

    let private capital (word: string) =
        string (Char.ToUpperInvariant word[0]) + word.Substring 1

    /// batch_size: batchSize.
    let camel (name: string) =
        match name.Split('_', StringSplitOptions.RemoveEmptyEntries) |> List.ofArray with
        | [] -> name
        | first :: rest -> first + (rest |> List.map capital |> String.concat "")

    /// BatchSize, as a type or member has it.
    let pascal name = capital (camel name)

    /// A component's setting.
    let setting (field: Field) =
        let name = camel field.Name

        match field.Type with
        | _ when not (keywords.Contains name) -> name
        | :? ComponentType as one -> name + capital one.Family.Name
        | _ when field.Unit = "epochs" || name = "to" -> name + "Epoch"
        | _ -> name + "Setting"

    /// A kind of a family; one that two families have gets its family's name behind it.
    let kind (catalog: ComponentCatalog) (family: ComponentFamily) kind =
        let isShared =
            catalog.Families
            |> Seq.filter (fun other -> other.Members |> Seq.exists (fun member' -> member'.Kind = kind))
            |> Seq.length
                >
                1

        match camel kind with
        | "none" -> "no" + capital (camel family.Name)
        | name when isShared || keywords.Contains name || fixedNames.Contains name -> name + capital (camel family.Name)
        | name -> name

    /// Whether a kind is a function of its only setting, such as `uniform 0.25`.
    let isFunction (definition: ComponentDefinition) =
        definition.Fields.Length = 1 && isNull definition.Fields[0].Default

    /// The words by which a script may have written a key of the spec.
    let words (catalog: ComponentCatalog) (key: string) = [
        // A path of a sweep, or a stream or split of its own, is a text.
        $"\"{key}\""
        camel key
        if key.Contains '.' then
            camel (key.Substring(key.LastIndexOf '.' + 1))
        match key with
        | "from" -> "first"
        | "to" -> "last"
        | "initial" -> "initialWeights"
        | "batch_size" -> "fullBatch"
        | "spectrum" -> "top"
        | _ -> ()
        for family in catalog.Families do
            for member' in family.Members do
                if member'.Kind = key then
                    kind catalog family key

                for field in member'.Fields do
                    if field.Name = key then
                        setting field
    ]
