namespace Spectral.Dsl

open System
open Spectral.Core.Components

/// The keys `initial` and `weights`: files of weights from elsewhere.
module internal WeightsParser =

    open Reading
    open Validation

    let private file: Reader<Located<string>> =
        scalar "the path of a safetensors file" (function
            | :? TextScalar as text when text.Value <> "" && not (text.Value.Contains '\000') -> Some text.Value
            | _ -> None)

    /// `initial: {weights: FILE}`.
    let initial: Reader<Located<string>> =
        fun path at node ->
            validation {
                let! keys = keys path at node
                let! () = only [ "weights" ] [] keys
                and! file = required "weights" file keys
                return file
            }

    let private one: Reader<GivenWeightsSpec> =
        fun path at node ->
            validation {
                let! keys = keys path at node
                let! () = only [ "file"; "epoch" ] [] keys
                and! file = required "file" file keys
                and! epoch = required "epoch" (integer 0 Int32.MaxValue) keys
                return { File = file; Epoch = epoch }
            }

    /// `weights: [{file, epoch}, ...]`.
    let list: Reader<GivenWeightsSpec list> =
        fun path at node -> list 1 one path at node

    let private clash at message (help: string | null) =
        Validation.fail (Diagnostics.error WeightsClash at message help)

    let private repeated (weights: GivenWeightsSpec list) : Validation<unit> =
        weights
        |> List.indexed
        |> List.choose (fun (index, one) ->
            weights
            |> List.take index
            |> List.tryFind (fun other -> other.Epoch.It = one.Epoch.It)
            |> Option.map (fun other ->
                let message =
                    $"the weights '{Diagnostics.quote other.File.It}' and '{Diagnostics.quote one.File.It}' are both epoch {one.Epoch.It}"

                Validation.fail (Diagnostics.error RepeatedCheckpoint one.Epoch.At message "Remove one of the two.")))
        |> Validation.none

    let private besideWeights (spec: Spec) (first: GivenWeightsSpec) : Validation<unit> =
        [
            if spec.Training.Epochs.It > 0 then
                clash
                    spec.Training.Epochs.At
                    $"weights from elsewhere leave nothing to train, but training.epochs is {spec.Training.Epochs.It}"
                    "Write `training: none`, or start from one file by `initial: {weights: FILE}`."
            match spec.Initial with
            | Some initial ->
                clash
                    initial.At
                    "initial.weights has no use beside weights"
                    $"The first of them, epoch {first.Epoch.It}, is what the initial residual is taken from."
            | None -> ()
            match spec.Jacobian |> Option.bind _.At with
            | Some(at :: _) ->
                clash at.At "jacobian.at has no use beside weights" "Their epochs are the checkpoints; leave it out."
            | _ -> ()
        ]
        |> Validation.none

    /// What goes with weights, and what does not.
    let check (isUntrained: bool) (spec: Spec) : Validation<Spec> =
        match spec.Weights |> List.sortBy _.Epoch.It with
        | [] when isUntrained ->
            clash
                spec.Training.Epochs.At
                "training: none needs the weights that were trained elsewhere"
                "Add `weights: [{file: FILE, epoch: N}]`, or train for 0 epochs to analyse the initial network."
        | [] -> Ok spec
        | first :: _ ->
            both (repeated spec.Weights) (besideWeights spec first)
            |> Result.map (fun _ -> spec)
