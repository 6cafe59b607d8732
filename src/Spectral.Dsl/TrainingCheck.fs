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

    /// Epochs between evaluations.
    let evaluateEvery (spec: TrainingSpec) =
        spec.EvaluateEvery |> Option.map _.It |> Option.defaultValue 1

    /// Epochs between recorded outputs: every evaluation, unless the spec says otherwise.
    let recordEvery (spec: TrainingSpec) =
        spec.RecordOutputsEvery
        |> Option.map _.It
        |> Option.defaultWith (fun () -> evaluateEvery spec)

    let private evaluations (bound: BoundSpec) : Validation<unit> =
        let spec = bound.Spec.Training
        let every = evaluateEvery spec

        let watchesErrors = not (System.String.IsNullOrEmpty bound.Stop.It.WatchedSplit)

        let clash at message (help: string | null) : Validation<unit> =
            Validation.fail (Diagnostics.error EvaluationsClash at message help)

        match spec.RecordOutputsEvery, spec.EvaluateEvery with
        | Some record, _ when record.It % every <> 0 ->
            clash
                record.At
                $"training.record_outputs_every expects a multiple of training.evaluate_every, {every}, got {record.It}"
                "Outputs are recorded where the network is evaluated."
        | _, Some evaluate when every > 1 && watchesErrors ->
            clash
                evaluate.At
                $"training.evaluate_every expects 1 beside a training.stop that watches the error, got {every}"
                null
        | _ -> Ok()

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

        let fewer =
            bound.Spec.Jacobian
            |> Option.map _.Examples
            |> Option.defaultValue []
            |> List.exists (fun (split, count) -> split <> Some "test" && count.It < bound.Dataset.It.TrainCount)

        if not bound.Stop.It.NeedsInitialSpectrum then
            Ok()
        elif not (training.TheoryTime(training.BatchSize, bound.Dataset.It.TrainCount, 2, 0).HasValue) then
            problem "squared_error and sgd without weight decay, augmentation and clipping, whose time is defined"
        elif splits |> Option.exists (List.forall (fun split -> split.It <> "train")) then
            problem "train among jacobian.splits, whose initial spectrum gives the time"
        elif fewer then
            problem "all training examples in the Jacobian whose initial spectrum gives the time"
        else
            Ok()

    /// All problems of the training.
    let check (bound: BoundSpec) (training: TrainingPlan) : Validation<unit> =
        [
            augment bound.Dataset.It.InputShape bound.Augment
            watched bound
            evaluations bound
            stoppingTime bound training
        ]
        |> Validation.none
