namespace Spectral.Dsl

open System
open Spectral.Core.Components

/// From the tree to what the author wrote: keys, words and ranges of the language, not yet of any component.
module internal SpecParser =

    open Reading
    open Validation

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

    let private laterKeys = [ "determinism"; "executor" ]

    let private knownKeys = [
        "spectral"
        "name"
        "description"
        "seed"
        "dataset"
        "noise"
        "network"
        "trainable"
        "initial"
        "training"
        "weights"
        "jacobian"
        "cutoff"
        "analyses"
        "threads"
        "expected"
        "verify"
        "resources"
        "sweep"
    ]

    let private body keys : Validation<Spec> =
        validation {
            let! () = version keys
            and! () = only knownKeys laterKeys keys
            and! name = required "name" name keys
            and! description = optional "description" text keys
            and! seed = required "seed" SeedParser.parse keys
            and! dataset = required "dataset" ComponentParser.parse keys
            and! noise = optional "noise" ComponentParser.parse keys
            and! network = required "network" ComponentParser.parse keys
            and! trainable = optional "trainable" SelectionParser.parse keys
            and! initial = optional "initial" WeightsParser.initial keys
            and! training = required "training" TrainingParser.parse keys
            and! weights = optional "weights" WeightsParser.list keys
            and! jacobian = optional "jacobian" JacobianParser.parse keys
            and! cutoff = required "cutoff" ComponentParser.parse keys
            and! analyses = optional "analyses" (list 0 ComponentParser.parse) keys
            and! threads = optional "threads" (integer 1 1024) keys
            and! sweep = optional "sweep" SweepParser.read keys
            and! expected = optional "expected" ExpectedParser.list keys
            and! verify = optional "verify" VerifyParser.parse keys
            and! resources = optional "resources" ResourcesParser.parse keys

            let isUntrained =
                keys.Entries
                |> List.exists (fun (key, node) -> key.It = "training" && Untrained.isAsked node)

            let spec = {
                Name = name
                Description = description |> Option.map _.It |> Option.defaultValue ""
                Seed = seed
                Dataset = dataset
                Noise = noise
                Network = network
                Trainable = trainable |> Option.defaultValue AllParameters
                Initial = initial
                Training = training
                Weights = weights |> Option.defaultValue []
                Jacobian = jacobian
                Cutoff = cutoff
                Analyses = analyses
                Threads = Option.map _.It threads
                Sweep = Option.flatten sweep
                Expected = Option.defaultValue [] expected
                Verify = verify
                Resources = resources
            }

            return! WeightsParser.check isUntrained spec
        }

    let private start (tree: YamlNode) =
        match tree with
        | MappingNode((first, _) :: _, _) -> first.At
        | _ -> YamlNode.span tree

    /// Whether a tree says that it is of a version of the language that may mean something else by any key.
    let isForeign (tree: YamlNode) =
        keys "" (start tree) tree |> Result.bind version |> isOfAnotherVersion

    /// The spec that a tree holds.
    let parse (tree: YamlNode) : Validation<Spec> =
        let at = start tree

        validation {
            let! keys = keys "" at tree
            let version = version keys

            if isOfAnotherVersion version then
                return! version |> Result.bind (fun () -> body keys)
            else
                return! body keys
        }
