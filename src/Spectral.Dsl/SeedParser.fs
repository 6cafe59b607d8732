namespace Spectral.Dsl

open Spectral.Core.Components
open Spectral.Core.Plans

/// The key `seed`.
module internal SeedParser =

    open Reading
    open Validation

    /// A seed: what every stream of random numbers begins from.
    let number: Reader<Located<int64>> =
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
                    and! root = required "root" number keys

                    and! own =
                        keys.Entries
                        |> List.filter (fun (key, _) -> List.contains key.It streams)
                        |> List.map (fun (key, value) ->
                            number (join path key.It) key.At value
                            |> Result.map (fun found -> key, found.It))
                        |> Validation.all

                    return { Root = root; Own = own }
                }
            | _ -> number path at node |> Result.map (fun root -> { Root = root; Own = [] })
