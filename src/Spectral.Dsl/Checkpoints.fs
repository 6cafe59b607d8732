namespace Spectral.Dsl

open System
open System.Globalization
open Spectral.Core.Plans

/// Which epochs and which splits get a spectrum.
module internal Checkpoints =

    open Validation

    /// The problem of a lowest validation error without a validation split.
    let noValidation path at =
        let message =
            $"{path} expects a dataset with validation examples for best_validation"

        Diagnostics.error NoValidation at message "Give the dataset `validation: N`, or use best_test."

    /// What a checkpoint's moment depends on beside its own words.
    type private Course = {
        Epochs: int
        StepsPerEpoch: int64
        HasValidation: bool
    }

    let private atEpoch (epoch: int) =
        Checkpoint(epoch.ToString CultureInfo.InvariantCulture, epoch)

    let private tooLate at message =
        Validation.fail (Diagnostics.error CheckpointTooLate at message null)

    /// 1 to the last epoch, evenly spaced in the logarithm and rounded; equal ones are taken once.
    let private logSpaced count (epochs: int) =
        // x^(i/(N-1)) by the C library's pow, whose last bits differ between machines: the margin keeps the rounding equal.
        let spaced index =
            Math.Floor(0.5 + 1e-9 + Math.Pow(float epochs, float index / float (count - 1)))

        [ for index in 0 .. count - 1 -> min epochs (int (spaced index)) ]
        |> List.distinct

    let private resolve course (found: Located<CheckpointSpec>) : Validation<Located<Checkpoint> list> =
        let one checkpoint : Validation<Located<Checkpoint> list> =
            Ok [ { It = checkpoint; At = found.At } ]

        match found.It with
        | Initial -> one (Checkpoint("initial", 0))
        | Final -> one (Checkpoint(Checkpoint.Final, course.Epochs))
        | Epoch epoch when epoch <= course.Epochs -> one (atEpoch epoch)
        | Epoch epoch ->
            tooLate found.At $"jacobian.at expects epochs up to training.epochs, {course.Epochs}, got {epoch}"
        | Step step when step <= course.StepsPerEpoch * int64 course.Epochs ->
            let name = "step-" + step.ToString CultureInfo.InvariantCulture
            one (Checkpoint(name, Nullable(), Nullable step))
        | Step step ->
            let most = course.StepsPerEpoch * int64 course.Epochs
            tooLate found.At $"jacobian.at expects steps up to the last, {most}, got {step}"
        | BestOf "validation" when not course.HasValidation -> Validation.fail (noValidation "jacobian.at" found.At)
        | BestOf split -> one (Checkpoint("best-" + split, Nullable(), Nullable(), split))
        | LogSpaced _ when course.Epochs = 0 ->
            tooLate found.At "jacobian.at expects one epoch or more for log_spaced, got training.epochs of 0"
        | LogSpaced count ->
            logSpaced count course.Epochs
            |> List.map (fun epoch -> { It = atEpoch epoch; At = found.At })
            |> Ok

    /// Finished steps at a checkpoint; the lowest errors stand behind all others.
    let private moment course (checkpoint: Checkpoint) =
        match Option.ofNullable checkpoint.Epoch, Option.ofNullable checkpoint.Step with
        | Some epoch, _ -> int64 epoch * course.StepsPerEpoch, ""
        | None, Some step -> step, ""
        | None, None -> Int64.MaxValue, checkpoint.Name

    /// Each item whose key an earlier one has, with the first of that key.
    let private twice key items =
        let folder (seen, found) item =
            match Map.tryFind (key item) seen with
            | Some first -> seen, (first, item) :: found
            | None -> Map.add (key item) item seen, found

        items |> List.fold folder (Map.empty, []) |> snd |> List.rev

    let private distinct course (found: Located<Checkpoint> list) : Validation<unit> =
        found
        |> twice (fun one -> moment course one.It)
        |> List.map (fun (earlier, one) ->
            let message =
                match Option.ofNullable earlier.It.Epoch, Option.ofNullable one.It.Epoch with
                | Some epoch, Some _ ->
                    $"the checkpoints '{earlier.It.Name}' and '{one.It.Name}' are both epoch {epoch}"
                | _ when earlier.It.Name = one.It.Name -> $"the checkpoint '{one.It.Name}' stands twice"
                | _ -> $"the checkpoints '{earlier.It.Name}' and '{one.It.Name}' are the same step"

            Validation.fail (Diagnostics.error RepeatedCheckpoint one.At message "Remove one of the two."))
        |> Validation.none

    /// The checkpoints as training meets them, the lowest errors last. Without training the default is the initial one
    /// alone. What `log_spaced` gives beside a checkpoint that is written out is that checkpoint.
    let ofSpec (spec: Spec) (dataset: Dataset) batchSize : Validation<Checkpoint list> =
        let course = {
            Epochs = spec.Training.Epochs.It
            StepsPerEpoch = (int64 dataset.TrainCount + int64 batchSize - 1L) / int64 batchSize
            HasValidation = dataset.ValidationCount > 0
        }

        let isSpaced (found: Located<CheckpointSpec>) =
            match found.It with
            | LogSpaced _ -> true
            | _ -> false

        match spec.Jacobian |> Option.bind _.At with
        | _ when not spec.Weights.IsEmpty ->
            spec.Weights
            |> List.map _.Epoch.It
            |> List.sort
            |> List.map (fun epoch -> Checkpoint(epoch.ToString CultureInfo.InvariantCulture, epoch))
            |> Ok
        | None when course.Epochs = 0 -> Ok [ Checkpoint("initial", 0) ]
        | None -> Ok [ Checkpoint("initial", 0); Checkpoint(Checkpoint.Final, course.Epochs) ]
        | Some found ->
            let spaced, written = found |> List.partition isSpaced

            let all items =
                items |> List.map (resolve course) |> Validation.all |> Result.map List.concat

            validation {
                let! written = all written
                and! spaced = all spaced
                let! () = distinct course written

                return
                    written @ spaced
                    |> List.map _.It
                    |> List.distinctBy (moment course)
                    |> List.sortBy (moment course)
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
