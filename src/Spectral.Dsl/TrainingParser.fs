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

    /// A list that this version runs only empty.
    let private emptyList: Reader<unit> =
        fun path _ node ->
            match node with
            | SequenceNode([], _) -> Ok()
            | SequenceNode _
            | MappingNode _
            | ScalarNode(:? TextScalar, _, _) ->
                Validation.fail (notYet (YamlNode.span node) $"'{path}' other than an empty list" "Write [].")
            | ScalarNode _ -> wrongValue path "a list" node null

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
                            "record_outputs_every"
                        ]
                        []
                        keys

                and! loss = required "loss" ComponentParser.parse keys
                and! optimizer = required "optimizer" ComponentParser.parse keys
                and! _ = optional "schedule" (solely "constant") keys
                and! batchSize = required "batch_size" batchSize keys
                and! epochs = required "epochs" (integer 0 Int32.MaxValue) keys
                and! _ = optional "augment" emptyList keys
                and! precision = optional "precision" precision keys
                and! every = optional "record_outputs_every" (integer 1 Int32.MaxValue) keys

                return {
                    Loss = loss
                    Optimizer = optimizer
                    BatchSize = batchSize
                    Epochs = epochs
                    Precision = precision
                    RecordOutputsEvery = Option.map _.It every
                }
            }
