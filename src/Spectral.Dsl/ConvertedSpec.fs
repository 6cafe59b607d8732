namespace Spectral.Dsl

open System.Collections.Generic

/// From a tree to a spec that can be written in any form: bound, so that every kind and setting has a name in F#. Sizes
/// and files need not fit.
module internal ConvertedSpec =

    open Validation

    let private bound catalog tree : Validation<Spec> =
        SpecParser.parse tree
        |> Result.bind (fun spec -> BoundSpec.bind catalog spec |> Result.map (fun _ -> spec))

    /// As many points as hold every value once.
    let private showing (points: PointSpec list) =
        let seen = HashSet<struct (string * string)>()

        points
        |> List.filter (fun point ->
            let isNew (setting: SweepSetting) =
                seen.Add(struct (setting.Path.It, setting.Meaning))

            point.Settings |> List.map isNew |> List.contains true)

    let private swept catalog tree (sweep: SweepSpec) : Validation<Spec> =
        let at point =
            Overrides.apply catalog tree (SweepPoints.overrides point)

        validation {
            let! points, _ = SweepPoints.ofSweep sweep []

            let! () =
                showing points
                |> List.map (fun point ->
                    at point
                    |> Result.bind (bound catalog)
                    |> Result.map ignore
                    |> Result.mapError (
                        List.map (fun problem -> SweptExperiments.describe points.Length problem [ point ])
                    ))
                |> List.tryFind Result.isError
                |> Option.defaultValue (Ok())

            // What the sweep alone says must stand somewhere for the parts around it to be whole.
            let! spec =
                match bound catalog tree with
                | Ok spec -> Ok spec
                | Error _ -> at points.Head |> Result.bind (bound catalog)

            return { spec with Sweep = Some sweep }
        }

    /// The spec of a tree, its sweep included.
    let ofTree catalog tree : Validation<Spec> =
        match SpecParser.isForeign tree, SweepParser.parse tree with
        | false, Error problems -> Error problems
        | false, Ok(Some sweep) -> swept catalog (SweepParser.without tree) sweep
        | _ -> bound catalog tree
