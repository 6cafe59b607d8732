namespace Spectral.Dsl

open System
open Spectral.Core.Components
open Spectral.Core.Plans

/// From the tree to what the author wrote: keys, words and ranges of the language, not yet of any component.
module internal SpecParser =

    open Reading
    open Validation

    /// What a component looks like, as the end of "expects ...".
    let private componentForm = "a component (a kind, or one kind with its settings)"

    let private noComponent at message (help: string | null) =
        Validation.fail (Diagnostics.error NoComponent at message help)

    /// A bare kind, or one kind with its settings.
    let componentSpec: Reader<ComponentSpec> =
        fun path _ node ->
            match node with
            | ScalarNode((:? TextScalar as kind), _, span) ->
                Ok {
                    Kind = { It = kind.Value; At = span }
                    Settings = Bare
                }
            | MappingNode([ kind, MappingNode(entries, _) ], _) ->
                Ok {
                    Kind = kind
                    Settings = Named entries
                }
            | MappingNode([ kind, ScalarNode(:? NullScalar, _, _) ], _) -> Ok { Kind = kind; Settings = Bare }
            | MappingNode([ kind, value ], _) -> Ok { Kind = kind; Settings = Lone value }
            | MappingNode((_ :: (second, _) :: _ as entries), _) ->
                let kinds =
                    entries
                    |> Seq.truncate 5
                    |> Seq.map (fun (kind, _) -> Diagnostics.quote kind.It)

                noComponent
                    second.At
                    $"{path} expects one kind, got {entries.Length}: {Diagnostics.list kinds}"
                    "Indent the settings under their kind."
            | _ -> noComponent (YamlNode.span node) $"{path} expects {componentForm}, got {YamlNode.describe node}" null

    let private isName (name: string) =
        let isInner letter =
            Char.IsAsciiLetterLower letter || Char.IsAsciiDigit letter || letter = '-'

        name.Length >= 1
        && name.Length <= 64
        && Seq.forall isInner name
        && not (name.StartsWith '-')
        && not (name.EndsWith '-')

    let private name: Reader<string> =
        fun path at node ->
            text path at node
            |> Result.bind (fun found ->
                if isName found.It then
                    Ok found.It
                else
                    let message =
                        $"{path} expects 1 to 64 of a-z, 0-9 and inner hyphens, got '{Diagnostics.quote found.It}'"

                    Validation.fail (Diagnostics.error BadName found.At message null))

    let private seedNumber: Reader<Located<int64>> =
        scalar $"an integer in [0, {Seeds.Maximum}]" (function
            | :? IntegerScalar as seed when seed.Value >= 0L && seed.Value <= Seeds.Maximum -> Some seed.Value
            | _ -> None)

    let private seed: Reader<SeedSpec> =
        fun path at node ->
            match node with
            | MappingNode _ ->
                let streams = List.ofSeq Seeds.StreamNames

                validation {
                    let! keys = keys path at node
                    let! () = only ("root" :: streams) [] keys
                    and! root = required "root" seedNumber keys

                    and! own =
                        keys.Entries
                        |> List.filter (fun (key, _) -> List.contains key.It streams)
                        |> List.map (fun (key, value) ->
                            seedNumber (join path key.It) key.At value
                            |> Result.map (fun number -> key, number.It))
                        |> Validation.all

                    return { Root = root; Own = own }
                }
            | _ -> seedNumber path at node |> Result.map (fun root -> { Root = root; Own = [] })

    let private batchSize: Reader<Located<BatchSize>> =
        scalar "an integer of 1 or more, or full" (function
            | :? TextScalar as text when text.Value = "full" -> Some FullBatch
            | :? IntegerScalar as count when count.Value >= 1L && count.Value <= int64 Int32.MaxValue ->
                Some(Examples(int count.Value))
            | _ -> None)

    let private precision: Reader<Precision> =
        fun path at node ->
            word [ "float32", Precision.Float32; "float64", Precision.Float64 ] path at node
            |> Result.map _.It

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

    let private training: Reader<TrainingSpec> =
        fun path at node ->
            match node with
            | ScalarNode((:? TextScalar as text), _, span) when text.Value = "none" ->
                Validation.fail (notYet span $"'{path}: none'" "Train for 0 epochs to analyse the initial network.")
            | _ ->
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

                    and! loss = required "loss" componentSpec keys
                    and! optimizer = required "optimizer" componentSpec keys
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

    let private jacobian: Reader<JacobianSpec> =
        fun path at node ->
            validation {
                let! keys = keys path at node

                let! () =
                    only [ "at"; "splits"; "parameters"; "spectrum"; "precision"; "method" ] [] keys

                and! checkpoints = optional "at" (list 1 checkpoint) keys

                and! splits =
                    optional "splits" (list 1 (word [ "train", "train"; "test", "test" ])) keys

                and! _ = optional "parameters" (solely "all") keys
                and! _ = optional "spectrum" (solely "full") keys
                and! precision = optional "precision" doublePrecision keys

                and! chosen =
                    let names = "auto" :: List.ofSeq Spectral.Core.Numerics.SpectrumMethod.Names
                    optional "method" (word (List.map (fun name -> name, name) names)) keys

                return {
                    At = checkpoints
                    Splits = splits
                    Precision = precision
                    Method = chosen
                }
            }

    let private version keys : Validation<unit> =
        match keys.Entries |> List.tryFind (fun (key, _) -> key.It = "spectral") with
        | Some(_, ScalarNode((:? IntegerScalar as version), _, _)) when version.Value = 1L -> Ok()
        | Some(_, node) ->
            let message =
                $"spectral expects 1, the version of the language, got {YamlNode.describe node}"

            Validation.fail (Diagnostics.error SpecVersionUnknown (YamlNode.span node) message "Write `spectral: 1`.")
        | None ->
            Diagnostics.error
                SpecVersionMissing
                keys.At
                "the required key 'spectral' is missing"
                "Begin the spec with `spectral: 1`."
            |> Validation.fail

    let private isOfAnotherVersion (found: Validation<unit>) =
        match found with
        | Error [ problem ] -> problem.Code = Codes.id SpecVersionUnknown
        | _ -> false

    let private laterKeys = [
        "expected"
        "sweep"
        "verify"
        "resources"
        "determinism"
        "executor"
        "weights"
    ]

    let private knownKeys = [
        "spectral"
        "name"
        "description"
        "seed"
        "dataset"
        "noise"
        "network"
        "trainable"
        "training"
        "jacobian"
        "cutoff"
        "analyses"
        "threads"
    ]

    let private body keys : Validation<Spec> =
        validation {
            let! () = version keys
            and! () = only knownKeys laterKeys keys
            and! name = required "name" name keys
            and! description = optional "description" text keys
            and! seed = required "seed" seed keys
            and! dataset = required "dataset" componentSpec keys
            and! noise = optional "noise" componentSpec keys
            and! network = required "network" componentSpec keys
            and! _ = optional "trainable" (solely "all") keys
            and! training = required "training" training keys
            and! jacobian = optional "jacobian" jacobian keys
            and! cutoff = required "cutoff" componentSpec keys
            and! analyses = optional "analyses" (list 0 componentSpec) keys
            and! threads = optional "threads" (integer 1 1024) keys

            return {
                Name = name
                Description = description |> Option.map _.It |> Option.defaultValue ""
                Seed = seed
                Dataset = dataset
                Noise = noise
                Network = network
                Training = training
                Jacobian = jacobian
                Cutoff = cutoff
                Analyses = analyses
                Threads = Option.map _.It threads
            }
        }

    /// The spec that a tree holds.
    let parse (tree: YamlNode) : Validation<Spec> =
        let at =
            match tree with
            | MappingNode((first, _) :: _, _) -> first.At
            | _ -> YamlNode.span tree

        validation {
            let! keys = keys "" at tree
            let version = version keys

            if isOfAnotherVersion version then
                return! version |> Result.bind (fun () -> body keys)
            else
                return! body keys
        }
