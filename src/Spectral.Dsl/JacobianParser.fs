namespace Spectral.Dsl

open System
open Spectral.Core.Components
open Spectral.Core.Numerics
open Spectral.Core.Plans

/// The key `jacobian`.
module internal JacobianParser =

    open Reading
    open Validation

    let private checkpointForm =
        "initial, final, an epoch of 0 or more, 'step N', best_test, best_validation or {log_spaced: N}"

    /// The number behind the word "step".
    let private stepNumber (text: string) =
        match
            text.StartsWith("step ", StringComparison.Ordinal), CoreSchema.resolve (text.Substring(min 5 text.Length))
        with
        | true, (:? IntegerScalar as step) when step.Value >= 1L -> Some step.Value
        | _ -> None

    let private checkpoint: Reader<Located<CheckpointSpec>> =
        fun path at node ->
            match node with
            | MappingNode([ key, count ], _) when key.It = "log_spaced" ->
                integer 2 100_000 (join path key.It) key.At count
                |> Result.map (fun count -> { It = LogSpaced count.It; At = key.At })
            | _ ->
                let accept (found: Scalar) =
                    match found with
                    | :? TextScalar as text ->
                        match text.Value with
                        | "initial" -> Some Initial
                        | "final" -> Some Final
                        | "best_test" -> Some(BestOf "test")
                        | "best_validation" -> Some(BestOf "validation")
                        | other -> stepNumber other |> Option.map Step
                    | :? IntegerScalar as epoch when epoch.Value >= 0L && epoch.Value <= int64 Int32.MaxValue ->
                        Some(Epoch(int epoch.Value))
                    | _ -> None

                scalar checkpointForm accept path at node

    /// One number for every split, or one for each split that is named.
    let private examples: Reader<(string option * Located<int>) list> =
        let count = integer 1 Int32.MaxValue

        fun path at node ->
            match node with
            | MappingNode _ ->
                validation {
                    let! keys = keys path at node
                    let! () = only [ "train"; "test" ] [] keys
                    and! train = optional "train" count keys
                    and! test = optional "test" count keys

                    return [
                        for split, found in [ "train", train; "test", test ] do
                            match found with
                            | Some number -> Some split, number
                            | None -> ()
                    ]
                }
            | _ -> count path at node |> Result.map (fun number -> [ None, number ])

    /// All singular values, or so many of the largest.
    let private spectrum: Reader<Located<int> option> =
        fun path at node ->
            match node with
            | MappingNode _ ->
                validation {
                    let! keys = keys path at node
                    let! () = only [ "top" ] [] keys
                    let! top = required "top" (integer 1 Int32.MaxValue) keys
                    return Some top
                }
            | ScalarNode((:? TextScalar as text), _, _) when text.Value = "full" -> Ok None
            | _ -> wrongValue path "full, or {top: N}" node null

    /// binary32 is for the methods that have code for devices.
    let private narrowMethod path (precision: Precision option) (chosen: Located<string> option) =
        match precision, chosen with
        | Some Precision.Float32, Some method when method.It = SpectrumMethod.Direct || method.It = SpectrumMethod.Tsqr ->
            Validation.fail (
                notYet
                    method.At
                    $"'{path}.precision' float32 with the method '{method.It}'"
                    "Take the method gram or krylov, or write float64."
            )
        | _ -> Ok()

    /// The whole mapping.
    let parse: Reader<JacobianSpec> =
        fun path at node ->
            validation {
                let! keys = keys path at node

                let! () =
                    only [ "at"; "splits"; "examples"; "parameters"; "spectrum"; "precision"; "method" ] [] keys

                and! checkpoints = optional "at" (list 1 checkpoint) keys

                and! splits =
                    optional "splits" (list 1 (word [ "train", "train"; "test", "test" ])) keys

                and! examples = optional "examples" examples keys
                and! parameters = optional "parameters" SelectionParser.parse keys
                and! top = optional "spectrum" spectrum keys
                and! precision = optional "precision" precision keys

                and! chosen =
                    let names = "auto" :: List.ofSeq SpectrumMethod.Names
                    optional "method" (word (List.map (fun name -> name, name) names)) keys

                let! () = narrowMethod path precision chosen

                return {
                    At = checkpoints
                    Splits = splits
                    Examples = Option.defaultValue [] examples
                    Parameters = parameters |> Option.defaultValue AllParameters
                    Precision = precision
                    Top = Option.flatten top
                    Method = chosen
                }
            }
