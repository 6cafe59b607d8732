namespace Spectral.Dsl

open System
open System.Collections.Generic
open System.Collections.Immutable
open Spectral.Core.Plans

/// How many examples of each split have rows in its Jacobian.
module internal JacobianExamples =

    open Validation

    let private problem (dataset: Dataset) splits (named: string option, count: Located<int>) : Validation<unit> =
        let isMeant split =
            named |> Option.forall (fun name -> name = split)

        let path =
            match named with
            | Some name -> "jacobian.examples." + name
            | None -> "jacobian.examples"

        let short =
            splits
            |> List.filter (fun split -> isMeant split && int64 count.It > Checkpoints.count dataset split)

        match short, splits |> List.exists isMeant with
        | [], true -> Ok()
        | [], false ->
            let message = $"{path} expects a split of jacobian.splits, which has no Jacobian"
            Validation.fail (Diagnostics.error TooManyRows count.At message "Leave it out.")
        | split :: _, _ ->
            let most = Checkpoints.count dataset split

            let message =
                $"{path} expects at most the {most} examples of the {split} split, got {count.It}"

            Validation.fail (Diagnostics.error TooManyRows count.At message "Leave it out to take them all.")

    /// The examples by split, where they are fewer than the split has.
    let ofSpec
        (spec: Spec)
        (dataset: Dataset)
        (splits: string list)
        : Validation<ImmutableSortedDictionary<string, int>> =
        let asked = spec.Jacobian |> Option.map _.Examples |> Option.defaultValue []

        let fewer split =
            asked
            |> List.tryFind (fun (named, _) -> named |> Option.forall (fun name -> name = split))
            |> Option.map (fun (_, count) -> count.It)
            |> Option.filter (fun count -> int64 count < Checkpoints.count dataset split)
            |> Option.map (fun count -> KeyValuePair(split, count))

        asked
        |> List.map (problem dataset splits)
        |> Validation.none
        |> Result.map (fun () ->
            ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, splits |> List.choose fewer))
