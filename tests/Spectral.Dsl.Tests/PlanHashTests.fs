module Spectral.Dsl.Tests.PlanHashTests

open System
open Xunit
open FsCheck
open FsCheck.FSharp
open Spectral.Dsl.Tests.Samples

/// A spec's meaning; the generator below decides how it is written.
type private Meaning =
    /// A word, which may be quoted.
    | Word of string
    /// A number in any of its notations.
    | Number of string list
    | Items of Meaning list
    | Keys of (string * Meaning) list

let private meaning name description =
    Keys [
        "spectral", Number [ "1"; "0x1"; "01" ]
        "name", Word name
        "description", Word description
        "seed", Number [ "1"; "+1" ]
        "dataset",
        Keys [
            "digits",
            Keys [
                "classes", Items [ Number [ "0"; "0o0" ]; Number [ "1" ]; Number [ "2"; "0x2" ] ]
                "train", Number [ "60"; "0x3C" ]
                "test", Number [ "30" ]
            ]
        ]
        "noise", Keys [ "uniform", Number [ "0.25"; "2.5e-1"; ".25"; "25E-2" ] ]
        "network",
        Keys [
            "mlp", Keys [ "hidden", Items [ Number [ "8" ] ]; "activation", Word "tanh" ]
        ]
        "training",
        Keys [
            "loss", Keys [ "squared_error", Word "batch_mean" ]
            "optimizer", Keys [ "sgd", Keys [ "learning_rate", Number [ "0.1"; "1e-1"; "+.1" ] ] ]
            "batch_size", Word "full"
            "epochs", Number [ "20"; "0o24" ]
        ]
        "cutoff", Keys [ "relative", Number [ "0.1"; "1.0e-1" ] ]
    ]

let private word text =
    Gen.elements [ text; $"'{text}'"; $"\"{text}\"" ]

let private join (separator: string) (parts: string list) = String.Join(separator, parts)

let rec private flow meaning =
    match meaning with
    | Word text -> word text
    | Number notations -> Gen.elements notations
    | Items items ->
        items
        |> Gen.collectToList flow
        |> Gen.map (fun parts -> "[" + join ", " parts + "]")
    | Keys keys ->
        gen {
            let! keys = Gen.shuffle keys
            let! parts = keys |> List.ofArray |> Gen.collectToList flowKey
            return "{" + join ", " parts + "}"
        }

and private flowKey (key, value) =
    Gen.map2 (fun key value -> $"{key}: {value}") (word key) (flow value)

let private note = Gen.elements [ ""; ""; " # a comment"; "   " ]

let private lineNote =
    Gen.elements [ ""; ""; "\n"; "# between: [lines\n"; "    # indented\n" ]

let rec private block indent meaning : Gen<string> =
    match meaning with
    | Keys keys when indent >= 0 ->
        gen {
            let! keys = Gen.shuffle keys
            let! lines = keys |> List.ofArray |> Gen.collectToList (blockKey indent)
            return join "" lines
        }
    | other -> flow other

and private blockKey indent (key, value) =
    gen {
        let! before = lineNote
        let! key = word key
        let! after = note
        let! inFlow = Gen.elements [ true; false ]
        let! deeper = Gen.elements [ 1; 2; 4 ]
        let margin = String(' ', indent)

        match value with
        | Keys _ when not inFlow ->
            let! inner = block (indent + deeper) value
            return $"{before}{margin}{key}:{after}\n{inner}"
        | _ ->
            let! inner = flow value
            return $"{before}{margin}{key}: {inner}{after}\n"
    }

let private text =
    gen {
        let! name = Gen.elements [ "quickstart"; "a"; "run-2" ]
        let! description = Gen.elements [ "x"; "what it is for"; "noise 0.5" ]
        let! isFlow = Gen.frequency [ 1, Gen.constant true; 4, Gen.constant false ]
        let! before = lineNote
        let! start = Gen.elements [ ""; "---\n"; "\uFEFF"; "%YAML 1.2\n---\n" ]

        let! body =
            if isFlow then
                flow (meaning name description)
            else
                block 0 (meaning name description)

        return start + before + body
    }

[<Fact>]
let ``comments, key order, quoting, notation, style, name and description never change the plan hash`` () =
    let expected = hash (compile valid)

    Prop.forAll (Arb.fromGen text) (fun text -> hash (compile text) = expected)
    |> fun property ->
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(Some { Rnd = Rnd(17UL, 3UL); Size = None }),
            property
        )

[<Theory>]
[<InlineData("seed: 1", "seed: 2")>]
[<InlineData("[0, 1, 2]", "[0, 2, 1]")>]
[<InlineData("train: 60", "train: 61")>]
[<InlineData("0.25", "0.26")>]
[<InlineData("[8]", "[9]")>]
[<InlineData("tanh", "relu")>]
[<InlineData("batch_mean", "sum")>]
[<InlineData("0.1}}", "0.2}}")>]
[<InlineData("full", "16")>]
[<InlineData("epochs: 20", "epochs: 21")>]
[<InlineData("relative: 0.1", "relative: 0.2")>]
[<InlineData("relative: 0.1", "absolute: 0.1")>]
[<InlineData("cutoff:", "threads: 2\ncutoff:")>]
[<InlineData("cutoff:", "analyses: label_alignment\ncutoff:")>]
[<InlineData("cutoff:", "jacobian: {at: final}\ncutoff:")>]
let ``whatever decides the result changes the plan hash`` (found: string) (replacement: string) =
    Assert.NotEqual<string>(hash (compile valid), hashOf [ found, replacement ])
