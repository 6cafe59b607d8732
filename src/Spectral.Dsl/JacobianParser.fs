namespace Spectral.Dsl

open System
open Spectral.Core.Components
open Spectral.Core.Numerics
open Spectral.Core.Plans

/// The key `jacobian`.
module internal JacobianParser =

    open Reading
    open Validation

    let private checkpointHelp = "Write initial, final or the number of an epoch."

    let private checkpoint: Reader<Located<CheckpointSpec>> =
        fun path at node ->
            match node with
            | ScalarNode((:? TextScalar as text), _, span) when
                text.Value = "best_test"
                || text.Value.StartsWith("step ", StringComparison.Ordinal)
                ->
                Validation.fail (notYet span $"the checkpoint '{Diagnostics.quote text.Value}'" checkpointHelp)
            | MappingNode(_, span) -> Validation.fail (notYet span "a checkpoint given as a mapping" checkpointHelp)
            | _ ->
                let accept (found: Scalar) =
                    match found with
                    | :? TextScalar as text when text.Value = "initial" -> Some Initial
                    | :? TextScalar as text when text.Value = "final" -> Some Final
                    | :? IntegerScalar as epoch when epoch.Value >= 0L && epoch.Value <= int64 Int32.MaxValue ->
                        Some(Epoch(int epoch.Value))
                    | _ -> None

                scalar "initial, final or an epoch of 0 or more" accept path at node

    /// float64 alone, so far.
    let private doublePrecision: Reader<Precision> =
        fun path at node ->
            match precision path at node with
            | Ok Precision.Float32 ->
                Validation.fail (notYet (YamlNode.span node) $"'{path}' other than 'float64'" "Write float64.")
            | other -> other

    /// The whole mapping.
    let parse: Reader<JacobianSpec> =
        fun path at node ->
            validation {
                let! keys = keys path at node

                let! () =
                    only [ "at"; "splits"; "parameters"; "spectrum"; "precision"; "method" ] [] keys

                and! checkpoints = optional "at" (list 1 checkpoint) keys

                and! splits =
                    optional "splits" (list 1 (word [ "train", "train"; "test", "test" ])) keys

                and! parameters = optional "parameters" SelectionParser.parse keys
                and! _ = optional "spectrum" (solely "full") keys
                and! precision = optional "precision" doublePrecision keys

                and! chosen =
                    let names = "auto" :: List.ofSeq SpectrumMethod.Names
                    optional "method" (word (List.map (fun name -> name, name) names)) keys

                return {
                    At = checkpoints
                    Splits = splits
                    Parameters = parameters |> Option.defaultValue AllParameters
                    Precision = precision
                    Method = chosen
                }
            }
