namespace Spectral.Dsl

open Spectral.Core.Components
open Spectral.Core.Plans

/// The key `seed`.
module internal SeedParser =

    open Reading
    open Validation

    let private seedNumber: Reader<Located<int64>> =
        scalar $"an integer in [0, {Seeds.Maximum}]" (function
            | :? IntegerScalar as seed when seed.Value >= 0L && seed.Value <= Seeds.Maximum -> Some seed.Value
            | _ -> None)

    /// A root, or a root with streams of their own.
    let parse: Reader<SeedSpec> =
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
