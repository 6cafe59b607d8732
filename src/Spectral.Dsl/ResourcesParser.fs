namespace Spectral.Dsl

open Spectral.Core.Components

/// The key `resources`: the most that a run may take.
module internal ResourcesParser =

    open Reading
    open Validation

    let private amount expectation accept : Reader<Located<Amount>> =
        scalar expectation (fun (found: Scalar) ->
            match found with
            | :? TextScalar as text -> accept text.Value
            | _ -> None)

    let private bytes =
        amount "an amount of bytes with its unit, such as 8 GiB or 500 MB" Amounts.ofBytes

    let private time =
        amount "an amount of time with its unit, such as 90 s, 30 min, 2 h or 1.5 d" Amounts.ofTime

    /// `resources: {memory, time, disk}`.
    let parse: Reader<ResourcesSpec> =
        fun path at node ->
            validation {
                let! keys = keys path at node
                let! () = only [ "memory"; "time"; "disk" ] [] keys
                and! memory = optional "memory" bytes keys
                and! time = optional "time" time keys
                and! disk = optional "disk" bytes keys

                return {
                    Memory = memory
                    Time = time
                    Disk = disk
                }
            }
