/// Random specs, as trees: settings from the Catalog's own fields, most of them sound as a whole.
module Spectral.Dsl.Tests.SpecGeneration

open System
open FsCheck
open FsCheck.FSharp
open Spectral.Core
open Spectral.Core.Components
open Spectral.Core.Plans
open Spectral.Dsl

let private catalog = Catalog.Components

let private reals = [ 0.0; 1e-10; 1e-5; 0.05; 0.1; 0.25; 0.5; 0.9; 1.0; 1.5; 2.0; 3.0; 12.125 ]

let rec private valueOf depth (fieldType: FieldType) : Gen<YamlNode> =
    match fieldType with
    | :? IntegerType as range ->
        let high = min range.Maximum (max range.Minimum 1 + 6)

        Gen.choose (max range.Minimum 1, max high (max range.Minimum 1))
        |> Gen.map (int64 >> Tree.integer)
    | :? RealType as range -> reals |> List.filter range.Range.Contains |> Gen.elements |> Gen.map Tree.real
    | :? FlagType -> Gen.elements [ Tree.flag true; Tree.flag false ]
    | :? ChoiceType as choice -> Gen.elements [ for word in choice.Choices -> Tree.text word ]
    | :? NamedIndexType as names ->
        Gen.oneof [
            Gen.elements [ for name in names.Names -> Tree.text name ]
            Gen.choose (0, names.Names.Length - 1) |> Gen.map (int64 >> Tree.integer)
        ]
    | :? CheckpointType -> Gen.elements [ Tree.text "initial"; Tree.text "final" ]
    | :? ListType as list ->
        gen {
            let! count = Gen.choose (max 1 list.MinimumCount, list.MinimumCount + 2)
            let! items = Gen.listOfLength count (valueOf depth list.Item)
            return Tree.list items
        }
    | :? ComponentType as one -> oneOf (depth - 1) one.Family (fun _ -> true)
    | _ -> Gen.constant (Tree.text "file.npy")

/// A component: some of its optional settings, all required ones, in one of the forms that a spec may have.
and private ofDefinition depth (definition: ComponentDefinition) : Gen<YamlNode> =
    gen {
        let! chosen =
            definition.Fields
            |> Seq.map (fun field ->
                gen {
                    let! isWritten = Gen.elements [ isNull field.Default; true ]
                    let! value = valueOf depth field.Type
                    return if isWritten then Some(field.Name, value) else None
                })
            |> Gen.sequenceToList

        let! isShort = Gen.elements [ true; false ]

        return
            match List.choose id chosen with
            | [] when isShort -> Tree.text definition.Kind
            | [ name, (ScalarNode _ | SequenceNode _ as value) ] when isShort && name = definition.Fields[0].Name ->
                Tree.mapping [ definition.Kind, value ]
            | settings -> Tree.mapping [ definition.Kind, Tree.mapping settings ]
    }

and private oneOf depth family isWanted : Gen<YamlNode> =
    let isFlat (definition: ComponentDefinition) =
        definition.Fields
        |> Seq.forall (fun field -> not (isNull field.Default) || field.Type :? ScalarType)

    catalog.Family(family).Members
    |> Seq.filter (fun definition -> isWanted definition.Kind && (depth > 0 || isFlat definition))
    |> Seq.map (ofDefinition depth)
    |> Gen.oneof

let private kinds family (wanted: string list) =
    oneOf 2 family (fun kind -> List.contains kind wanted)

let private digits =
    gen {
        let! classes = Gen.subListOf [ 0L .. 9L ]
        let classes = if classes.Length < 2 then [ 3L; 5L; 8L ] else classes
        let! each = Gen.choose (4, 8)
        let! extra = kinds typeof<Dataset> [ "digits" ]

        let others =
            match extra with
            | MappingNode([ _, MappingNode(entries, _) ], _) -> [
                for key, value in entries do
                    if key.It = "standardize" || key.It = "unit_norm" then
                        key.It, value
              ]
            | _ -> []

        return
            Tree.mapping [
                "digits",
                Tree.mapping (
                    [
                        "classes", Tree.list (List.map Tree.integer classes)
                        "train", Tree.integer (int64 (each * classes.Length))
                        "test", Tree.integer (int64 (4 * classes.Length))
                    ]
                    @ others
                )
            ]
    }

let private network =
    Gen.frequency [
        6, kinds typeof<Network> [ "mlp"; "linear"; "one_hidden_layer" ]
        1, oneOf 2 typeof<Network> (fun kind -> kind <> "resnet")
        1,
        Gen.constant (
            Tree.mapping [
                "layers", Tree.list [ Tree.text "flatten"; Tree.mapping [ "dense", Tree.integer 3L ] ]
            ]
        )
    ]

/// The mapping of these entries, of which those without a value are left out.
let private some entries =
    Tree.mapping (
        entries
        |> List.choose (fun (key, value) -> value |> Option.map (fun value -> key, value))
    )

let private rarely generator =
    Gen.frequency [ 2, Gen.constant None; 1, Gen.map Some generator ]

let private often generator =
    Gen.frequency [ 1, Gen.constant None; 2, Gen.map Some generator ]

let private always generator = Gen.map Some generator

let private whole low high =
    Gen.choose (low, high) |> Gen.map (int64 >> Tree.integer)

let private entries (found: (string * Gen<YamlNode option>) list) =
    found
    |> List.map (fun (key, value) -> value |> Gen.map (fun value -> key, value))
    |> Gen.sequenceToList
    |> Gen.map some

let private training =
    entries [
        "loss", always (oneOf 2 typeof<Loss> (fun _ -> true))
        "optimizer", always (oneOf 2 typeof<Optimizer> (fun _ -> true))
        "schedule", rarely (oneOf 2 typeof<Schedule> (fun _ -> true))
        "batch_size", always (Gen.oneof [ Gen.constant (Tree.text "full"); whole 1 8 ])
        "epochs", always (whole 4 12)
        "augment", rarely (Gen.constant (Tree.list []))
        "precision", rarely (Gen.elements [ Tree.text "float32"; Tree.text "float64" ])
        "evaluate_every", rarely (Gen.constant (Tree.integer 2L))
        "record_outputs_every", rarely (Gen.constant (Tree.integer 4L))
        "clip_gradient_norm", rarely (Gen.elements [ Tree.real 0.5; Tree.real 1e-5; Tree.text "none" ])
        "stop", rarely (oneOf 2 typeof<StoppingRule> (fun kind -> kind <> "best_validation"))
    ]

let private jacobian =
    entries [
        "at",
        rarely (
            Gen.elements [
                Tree.list [ Tree.text "initial"; Tree.integer 2L; Tree.text "final" ]
                Tree.list [ Tree.text "final"; Tree.text "initial"; Tree.text "step 3" ]
                Tree.list [
                    Tree.mapping [ "log_spaced", Tree.integer 3L ]
                    Tree.text "final"
                    Tree.text "initial"
                ]
            ]
        )
        "splits",
        rarely (
            Gen.elements [
                Tree.list [ Tree.text "train" ]
                Tree.list [ Tree.text "test"; Tree.text "train" ]
            ]
        )
        "examples", rarely (Gen.elements [ Tree.integer 4L; Tree.mapping [ "train", Tree.integer 5L ] ])
        "parameters", rarely (Gen.constant (Tree.list [ Tree.text "*weight*" ]))
        "method", rarely (Gen.elements [ Tree.text "auto"; Tree.text "direct"; Tree.text "gram" ])
    ]

let private descriptions = [
    "Plain words."
    "one: two # three"
    "it's \"quoted\""
    "yes"
    "  spaces  "
    "two\nlines\tand a tab"
    "1e-5"
    "\u03c3 \u2264 \u03b1, \U0001F600"
    "- [a, {b: c}]"
    "back\\slash"
    "null"
]

let private expected =
    Gen.elements [
        Tree.list [
            Tree.mapping [
                "quantity", Tree.text "classification_error.error"
                "at", Tree.text "final"
                "split", Tree.text "train"
                "value", Tree.real 0.75
                "tolerance", Tree.real 1e-10
                "source", Tree.text "table 3, row 1"
            ]
        ]
        Tree.list [
            Tree.mapping [
                "quantity", Tree.text "label_alignment.information"
                "at", Tree.text "final"
                "target", Tree.text "given"
                "split", Tree.text "train"
                "more_than", Tree.mapping [ "at", Tree.text "initial" ]
            ]
        ]
    ]

let private verify =
    entries [
        "spectra", rarely (Gen.constant (Tree.real 1e-10))
        "values", rarely (Gen.constant (Tree.mapping [ "relative", Tree.real 1e-4 ]))
        "arrays", rarely (Gen.constant (Tree.mapping [ "float64", Tree.real 1e-6; "float32", Tree.real 0.0001 ]))
        "counts", rarely (whole 0 3)
    ]

/// Paths that may be swept, each with values of its kind. None lies in another's.
let private sweepable: (string * Gen<YamlNode>) list = [
    "seed", whole 0 5
    "noise.uniform",
    reals
    |> List.filter (fun rate -> rate <= 1.0)
    |> Gen.elements
    |> Gen.map Tree.real
    "network", kinds typeof<Network> [ "mlp"; "linear"; "one_hidden_layer" ]
    "training.epochs", whole 4 12
    "training.batch_size", Gen.oneof [ Gen.constant (Tree.text "full"); whole 1 8 ]
    "training.loss", oneOf 2 typeof<Loss> (fun _ -> true)
    "training.optimizer.sgd.learning_rate",
    Gen.elements [ Tree.real 0.1; Tree.real 1e-5; Tree.real 2.0; Tree.integer 1L ]
    "training.schedule", oneOf 2 typeof<Schedule> (fun _ -> true)
    "training.evaluate_every", whole 1 3
    "dataset.digits.standardize", Gen.elements [ Tree.text "none"; Tree.text "per_pixel" ]
    "dataset.digits.unit_norm", Gen.elements [ Tree.flag true; Tree.flag false ]
    "jacobian.at",
    Gen.elements [
        Tree.text "initial"
        Tree.list [ Tree.text "initial"; Tree.integer 2L ]
        Tree.list [ Tree.mapping [ "log_spaced", Tree.integer 2L ] ]
        Tree.list []
    ]
    "jacobian.examples", Gen.oneof [ whole 3 5; Gen.constant (Tree.mapping [ "test", Tree.integer 4L ]) ]
    "cutoff", oneOf 2 typeof<Cutoff> (fun _ -> true)
    "threads", whole 1 4
    "name", Gen.elements [ Tree.text "a"; Tree.text "b-2" ]
]

/// A range over numbers that every place of `sweepable` takes that takes numbers, drawn without a step or not.
let private rangeOf isDrawn path =
    let ends first last others =
        Tree.mapping ([ "from", Tree.real first; "to", Tree.real last ] @ others)

    match path with
    | "noise.uniform" ->
        Gen.elements [
            ends 0.0 0.5 [ "count", Tree.integer 2L ]
            ends 0.2 0.1 [ "step", Tree.real -0.1 ]
            if isDrawn then
                ends 0.0 1.0 []
        ]
    | "training.optimizer.sgd.learning_rate" ->
        let log = "scale", Tree.text "log"

        Gen.elements [
            ends 1e-3 1.0 [ "count", Tree.integer 2L; log ]
            if isDrawn then
                ends 1e-3 1.0 [ log ]
        ]
    | _ -> Gen.constant (Tree.mapping [ "from", Tree.integer 4L; "to", Tree.integer 5L; "step", Tree.integer 1L ])

/// So many paths with so many values each.
let private axes isDrawn count (paths: (string * Gen<YamlNode>) list) =
    paths
    |> Gen.collectToList (fun (path, value) ->
        gen {
            let! listed = Gen.listOfLength count value
            let! range = rangeOf isDrawn path

            let isNumber =
                List.contains path [ "seed"; "noise.uniform"; "training.epochs"; "threads" ]

            let isRate = path = "training.optimizer.sgd.learning_rate"
            let! isRange = Gen.elements [ true; false ]

            return
                path,
                (if isRange && count = 2 && (isNumber || isRate) then
                     range
                 else
                     Tree.list listed)
        })

let private sweep =
    gen {
        let! shuffled = Gen.shuffle sweepable
        let! counts = Gen.listOfLength 3 (Gen.choose (0, 2))
        let paths = List.ofArray shuffled
        let single, rest = List.splitAt counts[0] paths
        let zipped, rest = List.splitAt counts[1] rest

        let drawn, _ =
            List.splitAt (if single.IsEmpty && zipped.IsEmpty then 1 else counts[2]) rest

        let! single = axes false 2 single
        let! zipped = axes false 2 zipped
        let! drawn = axes true 2 drawn
        let! seed = rarely (whole 0 9)
        let! isExcluding = Gen.elements [ true; false; false ]

        let first =
            single
            |> List.tryPick (fun (path, node) ->
                match node with
                | SequenceNode(one :: _, _) -> Some(Tree.mapping [ path, one ])
                | _ -> None)

        return
            Tree.mapping [
                yield! single
                if not zipped.IsEmpty then
                    "zip", Tree.mapping zipped
                if not drawn.IsEmpty then
                    "random",
                    Tree.mapping [
                        "count", Tree.integer 2L
                        yield! seed |> Option.map (fun seed -> "seed", seed) |> Option.toList
                        "over", Tree.mapping drawn
                    ]
                match first with
                | Some point when isExcluding -> "exclude", Tree.list [ point ]
                | _ -> ()
            ]
    }

/// Limits that no generated spec comes near.
let private resources =
    entries [
        "memory", rarely (Gen.elements [ Tree.text "900 TB"; Tree.text "64TiB" ])
        "disk", rarely (Gen.constant (Tree.text "999 TB"))
    ]

/// A spec as a tree.
let internal tree =
    entries [
        "spectral", always (Gen.constant (Tree.integer 1L))
        "name",
        always (
            Gen.elements [
                Tree.text "a"
                Tree.text "no"
                Tree.text "1e5"
                Tree.text "007"
                Tree.text "two-words"
            ]
        )
        "description", often (Gen.elements (descriptions |> List.map Tree.text))
        "seed",
        always (
            Gen.oneof [
                whole 0 5
                Gen.constant (Tree.integer Seeds.Maximum)
                Gen.constant (
                    Tree.mapping [ "root", Tree.integer 1L; "noise", Tree.integer 7L; "init", Tree.integer 3L ]
                )
            ]
        )
        "dataset", always (Gen.frequency [ 5, digits; 1, oneOf 2 typeof<Dataset> (fun kind -> kind <> "arrays") ])
        "noise", often (oneOf 2 typeof<LabelNoise> (fun kind -> kind <> "confusion"))
        "network", always network
        "trainable", rarely (Gen.constant (Tree.list [ Tree.text "*weight" ]))
        "training", always training
        "jacobian", often jacobian
        "cutoff", always (oneOf 2 typeof<Cutoff> (fun _ -> true))
        "analyses",
        rarely (
            Gen.oneof [
                Gen.constant (Tree.list [ Tree.text "label_alignment"; Tree.text "classification_error" ])
                oneOf 2 typeof<Analysis> (fun _ -> true)
                |> Gen.map (List.singleton >> Tree.list)
            ]
        )
        "threads", rarely (whole 1 4)
        "sweep", rarely sweep
        "expected", rarely expected
        "verify", rarely verify
        "resources", rarely resources
    ]

/// The spec of a generated tree, which has the grammar of the language.
let internal specOf tree =
    match SpecParser.parse tree with
    | Ok spec -> spec
    | Error problems ->
        raise (Xunit.Sdk.XunitException(String.Join("\n", [ for problem in problems -> problem.Message ])))

/// Checks a property on so many specs, always the same ones.
let internal check (count: int) (property: YamlNode -> unit) =
    Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(20261125UL, 7UL),
        Prop.forAll (Arb.fromGen tree) property
    )
