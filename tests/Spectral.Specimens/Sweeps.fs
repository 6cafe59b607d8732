namespace Spectral.Specimens

open System
open FsCheck
open FsCheck.FSharp
open Spectral.Core
open Spectral.Dsl

/// Sweeps of a spec, sound and broken: paths that its other keys have, with values of their kind.
module internal Sweeps =

    let private offered = SweepPaths.all Catalog.Components

    /// Whether the path can be set at all: a setting needs its kind in the spec, or the kind's other settings are missing.
    let private isThere (parts: (string * string) list) (path: SweepPath) =
        let steps = path.Path.Split '.'

        match parts |> List.tryFind (fun (key, _) -> key = steps[0]), path.Value with
        | Some(_, text), OfSetting _ -> text.Contains($"{steps[steps.Length - 2]}: {{", StringComparison.Ordinal)
        | None, OfSetting _ -> false
        | Some(_, text), OfKey _ when steps.Length > 1 -> text.StartsWith '{'
        | _ -> true

    let private isApart (one: SweepPath) (other: SweepPath) =
        let isInside (outer: string) (inner: string) =
            (inner + ".").StartsWith(outer + ".", StringComparison.Ordinal)

        // Of two kinds of one family the second takes the place of the first, with what it sets alone.
        let kind (path: SweepPath) =
            let steps = path.Path.Split '.'

            match path.Value with
            | OfKey _ -> None
            | OfKind _ -> Some(Array.truncate (steps.Length - 1) steps, Array.last steps)
            | OfSetting _ -> Some(Array.truncate (steps.Length - 2) steps, steps[steps.Length - 2])

        let isOfOtherKind =
            match kind one, kind other with
            | Some(family, kind), Some(otherFamily, otherKind) -> family = otherFamily && kind <> otherKind
            | _ -> false

        not (isInside one.Path other.Path || isInside other.Path one.Path || isOfOtherKind)

    let private range isDrawn numbers =
        match numbers with
        | WholeNumbers ->
            Gen.frequency [
                40,
                Gen.elements [
                    "{from: 1, to: 3, step: 1}"
                    "{from: 8, to: 4, step: -4}"
                    "{from: 2, to: 5, count: 4}"
                ]
                if not isDrawn then
                    20, Gen.constant "{from: 1, to: 3}"
                1,
                Gen.elements [
                    "{from: 1, to: 2, step: 0.5}"
                    "{from: 1, to: 3, step: 1, count: 3}"
                    "{from: 1}"
                ]
                if isDrawn then
                    1, Gen.constant "{from: 1, to: 3}"
            ]
        | _ ->
            Gen.frequency [
                40,
                Gen.elements [
                    "{from: 0.25, to: 0.75, step: 0.25}"
                    "{from: 0.1, to: 0.9, count: 3}"
                    "{from: 0.01, to: 0.5, count: 2, scale: log}"
                    "{from: 1, to: 2, scale: linear}"
                ]
                if isDrawn then
                    20, Gen.elements [ "{from: 0.1, to: 0.2}"; "{from: 0.1, to: 0.2, scale: log}" ]
                else
                    1, Gen.constant "{from: 0.1, to: 0.2, scale: log}"
                1,
                Gen.elements [
                    "{from: 0, to: 1, count: 2, scale: log}"
                    "{from: 0.5, to: 1, step: 0.5, scale: log}"
                    "{from: 0.5, to: 1, step: 0.5, count: 2}"
                    "{from: word, to: 1}"
                    "{to: 1}"
                    "{from: 0, to: 1, until: 2}"
                    "{from: 0, to: 1, scale: cubic}"
                ]
            ]

    /// The values of a path, so many where they are a list.
    let private values form isDrawn count (path: SweepPath) =
        let one =
            match path.Value with
            | OfKey key -> form key
            | OfKind definition -> Values.behind Catalog.Components definition
            | OfSetting fieldType -> Values.setting Catalog.Components 3 fieldType

        let list =
            Gen.listOfLength count one
            |> Gen.map (fun items -> "[" + String.Join(", ", items) + "]")

        match SweepPaths.numbers path with
        | NoNumbers -> Gen.frequency [ 60, list; 1, one ]
        | numbers -> Gen.frequency [ 40, list; 20, range isDrawn numbers; 1, one ]

    let private axes form isDrawn count (paths: SweepPath list) =
        paths
        |> Gen.collectToList (fun path -> values form isDrawn count path |> Gen.map (fun values -> path.Path, values))

    let private flow (entries: (string * string) list) =
        "{"
        + String.Join(", ", [ for name, value in entries -> $"{name}: {value}" ])
        + "}"

    /// A sweep of a spec of these keys and values.
    let next (form: Form -> Gen<string>) (parts: (string * string) list) : Gen<string> =
        let there = offered |> List.filter (isThere parts)

        gen {
            let! shuffled = Gen.shuffle there

            let apart =
                shuffled
                |> Seq.fold
                    (fun chosen path ->
                        if List.length chosen < 4 && List.forall (isApart path) chosen then
                            path :: chosen
                        else
                            chosen)
                    []

            let! counts = Gen.listOfLength 3 (Gen.choose (0, 2))
            let single, rest = apart |> List.splitAt (min counts[0] apart.Length)
            let zipped, rest = rest |> List.splitAt (min counts[1] rest.Length)
            let drawn, _ = rest |> List.splitAt (min counts[2] rest.Length)
            let! count = Gen.choose (1, 2)
            let! single = axes form false count single
            let! zipped = axes form false 2 zipped
            let! drawn = axes form true count drawn

            let! draws =
                Gen.frequency [
                    40, Gen.elements [ "count: 2"; "count: 1, seed: 7" ]
                    1, Gen.elements [ "count: 0"; "seed: 3"; "count: 1, seed: -1"; "count: 2, often: 1" ]
                ]

            let! stranger =
                Gen.frequency [
                    60, Gen.constant []
                    1,
                    Gen.elements [
                        [ "colour", "[1]" ]
                        [ "spectral", "[1]" ]
                        [ "noise.unifrom", "[0.5]" ]
                        [ "seed", "0.5" ]
                        [ "zip", "{}" ]
                        [ "exclude", "[{}]" ]
                        [ "training.epochs.more", "[1]" ]
                    ]
                ]

            return
                flow [
                    yield! single
                    if not zipped.IsEmpty then
                        "zip", flow zipped
                    if not drawn.IsEmpty then
                        "random", $"{{{draws}, over: {flow drawn}}}"
                    for key, value in stranger do
                        if not (zipped.Length > 0 && key = "zip") then
                            key, value
                ]
        }
