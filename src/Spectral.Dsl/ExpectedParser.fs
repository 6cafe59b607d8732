namespace Spectral.Dsl

open System
open Spectral.Core.Components

/// The key `expected`: what the author expects a run to measure.
module internal ExpectedParser =

    open Reading
    open Validation

    let private number = real Interval.Real

    /// A checkpoint as files name it: `best_test` is best-test, `step 120` step-120.
    let private checkpoint: Reader<Located<string>> =
        scalar "a checkpoint of jacobian.at" (function
            | :? TextScalar as text -> Some(text.Value.Replace(' ', '-').Replace('_', '-'))
            | :? IntegerScalar as epoch when epoch.Value >= 0L -> Some(string epoch.Value)
            | _ -> None)

    let private quantity: Reader<Located<string * string>> =
        scalar "ANALYSIS.QUANTITY, such as label_alignment.information" (function
            | :? TextScalar as text ->
                match text.Value.IndexOf '.' with
                | dot when dot > 0 && dot < text.Value.Length - 1 ->
                    Some(text.Value.Substring(0, dot), text.Value.Substring(dot + 1))
                | _ -> None
            | _ -> None)

    let private placeKeys = [ "quantity"; "at"; "epoch"; "split"; "target" ]
    let private demandKeys = [ "value"; "at_least"; "at_most"; "more_than"; "less_than" ]

    let private place keys : Validation<PlaceSpec> =
        validation {
            let! found = optional "quantity" quantity keys
            and! at = optional "at" checkpoint keys
            and! epoch = optional "epoch" (integer 0 Int32.MaxValue) keys
            and! split = optional "split" text keys
            and! target = optional "target" text keys

            return {
                Quantity = found
                At = at
                Epoch = epoch
                Split = split
                Target = target
            }
        }

    /// Another measurement: what is not said of it is as in the expectation itself.
    let private other: Reader<PlaceSpec> =
        fun path at node ->
            validation {
                let! keys = keys path at node
                let! () = only placeKeys [] keys
                return! place keys
            }

    let private demand keys : Validation<DemandSpec> =
        match
            demandKeys
            |> List.filter (fun name -> keys.Entries |> List.exists (fun (key, _) -> key.It = name))
        with
        | [ "value" ] ->
            validation {
                let! value = required "value" number keys
                and! tolerance = required "tolerance" (real Interval.NotNegative) keys
                return NearTo(value, tolerance)
            }
        | [ "at_least" ] -> required "at_least" number keys |> Result.map AtLeastOf
        | [ "at_most" ] -> required "at_most" number keys |> Result.map AtMostOf
        | [ "more_than" ] -> required "more_than" other keys |> Result.map MoreThanOf
        | [ "less_than" ] -> required "less_than" other keys |> Result.map LessThanOf
        | _ ->
            let message =
                $"{keys.Path} expects one of {Diagnostics.list demandKeys} to say what is expected"

            Validation.fail (Diagnostics.error UnclearExpectation keys.At message null)

    let private one: Reader<ExpectedSpec> =
        fun path at node ->
            validation {
                let! keys = keys path at node
                let! () = only (placeKeys @ demandKeys @ [ "tolerance"; "source" ]) [] keys
                let! () = required "quantity" (fun _ _ _ -> Ok()) keys
                and! place = place keys
                and! demand = demand keys
                and! source = optional "source" text keys

                return {
                    Place = place
                    Demand = demand
                    Source = source |> Option.map _.It |> Option.defaultValue ""
                }
            }

    /// `expected: [{quantity, at, split, target, value, tolerance, source}, ...]`.
    let list: Reader<ExpectedSpec list> = fun path at node -> list 0 one path at node
