namespace Spectral.Dsl

open System
open Spectral.Core.Components

/// The key `verify`: how far apart the author lets the results of a rerun be.
module internal VerifyParser =

    open Reading
    open Validation

    let private distance = real Interval.NotNegative
    let private sine = real (Interval.Closed(0.0, 1.0))

    /// A mapping of two distances, each of which may be left out.
    let private pair first second : Reader<float option * float option> =
        fun path at node ->
            validation {
                let! keys = keys path at node
                let! () = only [ first; second ] [] keys
                let! one = optional first distance keys
                and! other = optional second distance keys
                return one, other
            }

    /// `verify: {spectra, subspaces, values: {absolute, relative}, arrays: {float64, float32}, counts}`.
    let parse: Reader<VerifySpec> =
        fun path at node ->
            validation {
                let! keys = keys path at node
                let! () = only [ "spectra"; "subspaces"; "values"; "arrays"; "counts" ] [] keys
                and! spectra = optional "spectra" distance keys
                and! subspaces = optional "subspaces" sine keys
                and! values = optional "values" (pair "absolute" "relative") keys
                and! arrays = optional "arrays" (pair "float64" "float32") keys
                and! counts = optional "counts" (integer 0 Int32.MaxValue) keys
                let absolute, relative = values |> Option.defaultValue (None, None)
                let float64, float32 = arrays |> Option.defaultValue (None, None)

                return {
                    Spectra = spectra
                    Subspaces = subspaces
                    Absolute = absolute
                    Relative = relative
                    Float64 = float64
                    Float32 = float32
                    Counts = counts |> Option.map _.It
                }
            }
