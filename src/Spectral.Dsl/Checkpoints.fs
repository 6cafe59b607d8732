namespace Spectral.Dsl

open System.Globalization
open Spectral.Core.Plans

/// Which epochs and which splits get a spectrum.
module internal Checkpoints =

    open Validation

    let private resolve epochs (found: Located<CheckpointSpec>) : Validation<Located<Checkpoint>> =
        match found.It with
        | Initial ->
            Ok {
                It = Checkpoint("initial", 0)
                At = found.At
            }
        | Final ->
            Ok {
                It = Checkpoint("final", epochs)
                At = found.At
            }
        | Epoch epoch when epoch <= epochs ->
            Ok {
                It = Checkpoint(epoch.ToString CultureInfo.InvariantCulture, epoch)
                At = found.At
            }
        | Epoch epoch ->
            let message =
                $"jacobian.at expects epochs up to training.epochs, {epochs}, got {epoch}"

            Validation.fail (Diagnostics.error CheckpointTooLate found.At message null)

    /// Each item whose key an earlier one has, with the first of that key.
    let private twice key items =
        let folder (seen, found) item =
            match Map.tryFind (key item) seen with
            | Some first -> seen, (first, item) :: found
            | None -> Map.add (key item) item seen, found

        items |> List.fold folder (Map.empty, []) |> snd |> List.rev

    let private distinct (found: Located<Checkpoint> list) : Validation<unit> =
        found
        |> twice (fun one -> one.It.Epoch)
        |> List.map (fun (earlier, one) ->
            let message =
                $"the checkpoints '{earlier.It.Name}' and '{one.It.Name}' are both epoch {one.It.Epoch}"

            Validation.fail (Diagnostics.error RepeatedCheckpoint one.At message "Remove one of the two."))
        |> Validation.none

    /// The checkpoints by increasing epoch. Without training the default is the initial one alone.
    let ofSpec (spec: Spec) : Validation<Checkpoint list> =
        let epochs = spec.Training.Epochs.It

        match spec.Jacobian |> Option.bind _.At with
        | _ when not spec.Weights.IsEmpty ->
            spec.Weights
            |> List.map _.Epoch.It
            |> List.sort
            |> List.map (fun epoch -> Checkpoint(epoch.ToString CultureInfo.InvariantCulture, epoch))
            |> Ok
        | None when epochs = 0 -> Ok [ Checkpoint("initial", 0) ]
        | None -> Ok [ Checkpoint("initial", 0); Checkpoint("final", epochs) ]
        | Some found ->
            validation {
                let! checkpoints = found |> List.map (resolve epochs) |> Validation.all
                let! () = distinct checkpoints
                return checkpoints |> List.map _.It |> List.sortBy _.Epoch
            }

    let private examples (dataset: Dataset) split =
        if split = "train" then
            dataset.TrainCount
        else
            dataset.TestCount

    /// The splits, training first. The default is every split that has examples.
    let splits (spec: Spec) (dataset: Dataset) : Validation<string list> =
        match spec.Jacobian |> Option.bind _.Splits with
        | None -> Ok([ "train"; "test" ] |> List.filter (fun split -> examples dataset split > 0))
        | Some found ->
            let repeated =
                found
                |> twice _.It
                |> List.map (fun (_, one) ->
                    let message = $"the split '{one.It}' stands twice"
                    Validation.fail (Diagnostics.error RepeatedItem one.At message "Remove one of the two."))

            let empty =
                found
                |> List.filter (fun one -> examples dataset one.It < 1)
                |> List.map (fun one ->
                    let message = $"the split '{one.It}' has no examples"
                    Validation.fail (Diagnostics.error EmptySplit one.At message null))

            Validation.none (repeated @ empty)
            |> Result.map (fun () ->
                [ "train"; "test" ]
                |> List.filter (fun split -> found |> List.exists (fun one -> one.It = split)))

    /// The number of examples of a split.
    let count dataset split = int64 (examples dataset split)
