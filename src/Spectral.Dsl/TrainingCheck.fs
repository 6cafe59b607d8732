namespace Spectral.Dsl

open Spectral.Core.Components
open Spectral.Core.Plans

/// What the parts of `training` expect of each other, of the dataset and of the cutoff.
module internal TrainingCheck =

    open Validation

    /// Sends the examples' shape through the augmentations.
    let augment (input: Shape) (changes: Bound<Augmentation> list) : Validation<unit> =
        let folder (state: Validation<Shape>) (one: Bound<Augmentation>) =
            state
            |> Result.bind (fun shape ->
                let matched = one.It.OutputShape shape

                match matched.Output with
                | null ->
                    let message = $"training.augment expects {matched.Expected}, got {shape}"
                    Validation.fail (Diagnostics.error NotImages one.At message "Leave it out.")
                | output when not (output.Equals shape) ->
                    let message =
                        $"training.augment expects to keep the examples' shape {shape}, got {output}"

                    Validation.fail (Diagnostics.error NotImages one.At message "Leave it out.")
                | output -> Ok output)

        changes |> List.fold folder (Ok input) |> Result.map ignore

    let private watched (bound: BoundSpec) : Validation<unit> =
        if
            bound.Stop.It.WatchedSplit = "validation"
            && bound.Dataset.It.ValidationCount = 0
        then
            Checkpoints.noValidation "training.stop" bound.Stop.At |> Validation.fail
        else
            Ok()

    let private stoppingTime (bound: BoundSpec) (training: TrainingPlan) : Validation<unit> =
        let problem expected =
            let message = $"training.stop expects {expected}"

            Diagnostics.error StoppingUndefined bound.Stop.At message "Stop by best_test or best_validation."
            |> Validation.fail

        let splits = bound.Spec.Jacobian |> Option.bind _.Splits

        if not bound.Stop.It.NeedsInitialSpectrum then
            Ok()
        elif not (training.TheoryTime(training.BatchSize, bound.Dataset.It.TrainCount, 2, 0).HasValue) then
            problem "squared_error and sgd without weight decay, augmentation and clipping, whose time is defined"
        elif splits |> Option.exists (List.forall (fun split -> split.It <> "train")) then
            problem "train among jacobian.splits, whose initial spectrum gives the time"
        else
            Ok()

    /// All problems of the training.
    let check (bound: BoundSpec) (training: TrainingPlan) : Validation<unit> =
        [
            augment bound.Dataset.It.InputShape bound.Augment
            watched bound
            stoppingTime bound training
        ]
        |> Validation.none
