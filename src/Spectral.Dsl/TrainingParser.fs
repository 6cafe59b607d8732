namespace Spectral.Dsl

open System
open Spectral.Core.Components
open Spectral.Core.Plans

/// The key `training`.
module internal TrainingParser =

    open Reading
    open Validation

    let private batchSize: Reader<Located<BatchSize>> =
        scalar "an integer of 1 or more, or full" (function
            | :? TextScalar as text when text.Value = "full" -> Some FullBatch
            | :? IntegerScalar as count when count.Value >= 1L && count.Value <= int64 Int32.MaxValue ->
                Some(Examples(int count.Value))
            | _ -> None)

    /// A largest norm, or none.
    let private clipping: Reader<float option> =
        let range = RealType Interval.Positive

        fun path at node ->
            let accept (found: Scalar) =
                match found with
                | :? TextScalar as text when text.Value = "none" -> Some None
                | _ ->
                    match range.Accept found with
                    | :? float as norm -> Some(Some norm)
                    | _ -> None

            scalar $"{range.Expectation}, or none" accept path at node |> Result.map _.It

    /// The whole mapping.
    let rec parse path at node : Validation<TrainingSpec> =
        if Untrained.isAsked node then
            parse path at (Untrained.node (YamlNode.span node))
        else
            validation {
                let! keys = keys path at node

                let! () =
                    only
                        [
                            "loss"
                            "optimizer"
                            "schedule"
                            "batch_size"
                            "epochs"
                            "augment"
                            "precision"
                            "evaluate_every"
                            "record_outputs_every"
                            "clip_gradient_norm"
                            "stop"
                        ]
                        []
                        keys

                and! loss = required "loss" ComponentParser.parse keys
                and! optimizer = required "optimizer" ComponentParser.parse keys
                and! schedule = optional "schedule" ComponentParser.parse keys
                and! batchSize = required "batch_size" batchSize keys
                and! epochs = required "epochs" (integer 0 Int32.MaxValue) keys
                and! augment = optional "augment" (list 0 ComponentParser.parse) keys
                and! clipping = optional "clip_gradient_norm" clipping keys
                and! stop = optional "stop" ComponentParser.parse keys
                and! precision = optional "precision" precision keys
                and! evaluate = optional "evaluate_every" (integer 1 Int32.MaxValue) keys
                and! record = optional "record_outputs_every" (integer 1 Int32.MaxValue) keys

                return {
                    Loss = loss
                    Optimizer = optimizer
                    BatchSize = batchSize
                    Epochs = epochs
                    Precision = precision
                    EvaluateEvery = evaluate
                    RecordOutputsEvery = record
                    Schedule = schedule
                    Augment = Option.defaultValue [] augment
                    ClipGradientNorm = Option.flatten clipping
                    Stop = stop
                }
            }
