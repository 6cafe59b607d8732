namespace Spectral.Dsl

open System
open Spectral.Core.Components
open Spectral.Core.Plans
open Spectral.Core.Randomness

/// The key `sweep`: axes, zipped axes, random draws and exclusions.
module internal SweepParser =

    open Reading
    open Validation

    let private path (key: Located<string>) : Validation<Located<string>> =
        let steps = key.It.Split '.'
        let quoted = Diagnostics.quote key.It

        if not (Array.forall Overrides.isStep steps) then
            Validation.fail (
                Diagnostics.error
                    SweepPath
                    key.At
                    $"expected a path of words with dots between, got '{quoted}'"
                    "Write it as noise.uniform or dataset.digits.train."
            )
        elif steps.Length > YamlEvents.deepest then
            Validation.fail (
                Diagnostics.error
                    SweepPath
                    key.At
                    $"expected a path of {YamlEvents.deepest} words or less, got one of {steps.Length}"
                    null
            )
        elif List.contains steps[0] [ "spectral"; "sweep" ] then
            Validation.fail (Diagnostics.error SweepPath key.At $"'{quoted}' cannot be swept" null)
        else
            Ok key

    let private noAxis path node =
        let message =
            $"{path} expects a list of values or a range, got {YamlNode.describe node}"

        Diagnostics.error NoAxis (YamlNode.span node) message "Write [a, b, c] or {from: 1, to: 5}."
        |> Validation.fail

    let private listed name node (whole: SweepRange -> Validation<'T>) (items: YamlNode list -> 'T) =
        match node with
        | SequenceNode(_ :: _ as found, _) -> Ok(items found)
        | _ when SweepRange.isRange node -> SweepRange.parse name (YamlNode.span node) node |> Result.bind whole
        | _ -> noAxis name node

    let private values name node : Validation<YamlNode list> = listed name node SweepRange.values id

    /// One path with its values.
    let private axis outer (key, node) : Validation<SweepAxis> =
        validation {
            let! path = path key
            and! values = values (join outer key.It) node

            return {
                Paths = [ path ]
                Choices = values |> List.map (fun value -> [ Sweep.setting path value ])
            }
        }

    let private entries name node : Validation<(Located<string> * YamlNode) list> =
        match node with
        | MappingNode(_ :: _ as entries, _) -> Ok entries
        | _ -> wrongValue name "a mapping of paths" node null

    let private zip name node : Validation<SweepAxis> =
        validation {
            let! entries = entries name node
            let! axes = entries |> List.map (axis name) |> Validation.all
            let lengths = axes |> List.map _.Choices.Length

            match List.tryFindIndex ((<>) lengths.Head) lengths with
            | Some odd ->
                let key, node = entries[odd]

                let message =
                    $"{key.It} has {lengths[odd]} values, expected {lengths.Head}, as many as {(fst entries.Head).It}"

                return!
                    Validation.fail (
                        Diagnostics.error UnequalZip (YamlNode.span node) message "The lists of zip change together."
                    )
            | None ->
                return {
                    Paths = axes |> List.collect _.Paths
                    Choices = axes |> List.map _.Choices |> List.transpose |> List.map List.concat
                }
        }

    /// What a path takes in draw number i, from a stream of its own.
    let private drawn outer (key: Located<string>, node) : Validation<Located<string> * (RandomStream -> YamlNode)> =
        let choose (choices: YamlNode list) =
            let choices = Array.ofList choices
            fun (stream: RandomStream) -> choices[stream.NextIndex choices.Length]

        let ofRange range =
            if SweepRange.isContinuous range then
                Ok(fun (stream: RandomStream) -> SweepRange.pick range (stream.NextUniform()))
            else
                SweepRange.values range |> Result.map choose

        both (path key) (listed (join outer key.It) node ofRange choose)

    let private random name at node : Validation<SweepAxis> =
        validation {
            let! keys = keys name at node
            let! () = only [ "count"; "seed"; "over" ] [] keys
            and! count = required "count" (integer 1 Sweep.mostPoints) keys
            and! seed = optional "seed" SeedParser.number keys

            and! over =
                required
                    "over"
                    (fun name _ node -> entries name node |> Result.bind (List.map (drawn name) >> Validation.all))
                    keys

            let seed = seed |> Option.map _.It |> Option.defaultValue 1L

            // A stream for each path and draw: another path or a larger count leaves the draws of the others.
            let draw number (path: Located<string>, pick) =
                RandomStream(uint64 seed, "sweep/" + path.It, uint64 number)
                |> pick
                |> Sweep.setting path

            return {
                Paths = over |> List.map fst
                Choices = [ for number in 0 .. count.It - 1 -> over |> List.map (draw number) ]
            }
        }

    let private exclusion name at node : Validation<SweepExclusion> =
        entries name node
        |> Result.map (fun entries -> {
            Demands = entries |> List.map (fun (key, value) -> Sweep.setting key value)
            At = at
        })

    /// A path stands once, and none inside another.
    let private apart (axes: SweepAxis list) : Validation<unit> =
        let isInside (outer: string) (inner: string) =
            inner = outer || inner.StartsWith(outer + ".", StringComparison.Ordinal)

        let clash (path: Located<string>) (other: Located<string>) =
            isInside path.It other.It || isInside other.It path.It

        let rec problems (seen: Located<string> list) (paths: Located<string> list) =
            match paths with
            | [] -> []
            | path :: rest ->
                let found =
                    seen
                    |> List.tryFind (clash path)
                    |> Option.map (fun other ->
                        Diagnostics.error
                            SweepPath
                            path.At
                            $"'{path.It}' and '{other.It}' set the same place"
                            "Keep one of the two.")

                Option.toList found @ problems (seen @ [ path ]) rest

        match axes |> List.collect _.Paths |> problems [] with
        | [] -> Ok()
        | found -> Error found

    let private known (axes: SweepAxis list) (exclusion: SweepExclusion) : Validation<unit> =
        let paths = axes |> List.collect _.Paths |> List.map _.It

        exclusion.Demands
        |> List.filter (fun demand -> not (List.contains demand.Path.It paths))
        |> List.map (fun demand ->
            let help =
                Diagnostics.suggest paths demand.Path.It $"The paths are {Diagnostics.list paths}."

            let message = $"'{Diagnostics.quote demand.Path.It}' is no path of the sweep"
            Validation.fail (Diagnostics.error ExclusionUnmet demand.Path.At message help))
        |> Validation.none

    /// The sweep that stands behind its key: none where it says `none`.
    let read: Reader<SweepSpec option> =
        fun _ at node ->
            match node with
            | ScalarNode(:? TextScalar, "none", _) -> Ok None
            | _ ->
                validation {
                    let! entries = entries "sweep" node

                    let! axes =
                        entries
                        |> List.filter (fun (key, _) -> key.It <> "exclude")
                        |> List.map (fun (key, node) ->
                            match key.It with
                            | "zip" -> zip "sweep.zip" node
                            | "random" -> random "sweep.random" key.At node
                            | _ -> axis "sweep" (key, node))
                        |> Validation.all

                    and! exclusions =
                        optional "exclude" (list 1 exclusion) {
                            Path = "sweep"
                            At = at
                            Entries = entries
                        }

                    let exclusions = Option.defaultValue [] exclusions

                    let! () = apart axes
                    and! () = exclusions |> List.map (known axes) |> Validation.none

                    if axes.IsEmpty then
                        return! noAxis "sweep" node
                    else
                        return
                            Some {
                                Axes = axes
                                Exclusions = exclusions
                                At = at
                                Written = node
                            }
                }

    /// The sweep of a spec: none where the key is left out or says `none`.
    let parse (tree: YamlNode) : Validation<SweepSpec option> =
        match tree with
        | MappingNode(entries, _) ->
            match entries |> List.tryFind (fun (key, _) -> key.It = "sweep") with
            | Some(key, node) -> read "sweep" key.At node
            | None -> Ok None
        | _ -> Ok None

    /// The tree without its sweep, as each of its points is compiled.
    let without (tree: YamlNode) =
        match tree with
        | MappingNode(entries, at) -> MappingNode(entries |> List.filter (fun (key, _) -> key.It <> "sweep"), at)
        | other -> other
