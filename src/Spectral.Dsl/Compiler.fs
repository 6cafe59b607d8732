namespace Spectral.Dsl

open System
open System.Collections.Generic
open System.Collections.Immutable
open Spectral.Core
open Spectral.Core.Components
open Spectral.Core.Execution
open Spectral.Core.Plans
open Spectral.Experiments

/// The phases in their order.
module internal Pipeline =

    open Validation

    let private isOfSweep (change: Overrides.Override) =
        change.Steps |> List.tryHead |> Option.exists (fun step -> step.It = "sweep")

    /// The spec's own tree, its sweep as the overrides leave it, and all other overrides.
    let private read catalog parse source (overrides: Source list) =
        validation {
            let! tree = parse source
            and! overrides = overrides |> List.map Overrides.parse |> Validation.all
            let ofSweep, others = overrides |> List.partition isOfSweep
            let! tree = Overrides.apply catalog tree ofSweep

            let! sweep =
                if SpecParser.isForeign tree then
                    Ok None
                else
                    SweepParser.parse tree

            return SweepParser.without tree, sweep, others
        }

    let private experiment catalog profile source tree =
        validation {
            let! spec = SpecParser.parse tree
            let! bound = BoundSpec.bind catalog spec
            return! Lower.lower catalog profile (SourceFile.folder source) bound
        }

    let private noPlaces = ImmutableSortedDictionary<string, SourceSpan>.Empty

    let private placesOf catalog tree =
        match tree with
        | Ok tree -> SpecPlaces.ofTree catalog tree
        | Error _ -> noPlaces

    let private noSuchPoint (number: int) found =
        Diagnostics.unplaced NoSuchPoint $"--point expects {found}, got {number}" "'spectral check' lists the points."
        |> Validation.fail

    /// The experiments of a spec with notes, and the places of its values where there is one experiment.
    let private experiments catalog profile parse source overrides (only: int option) =
        match read catalog parse source overrides, only with
        | Error problems, _ -> Error problems, noPlaces
        | Ok(_, None, _), Some number -> noSuchPoint number "a spec with a sweep", noPlaces
        | Ok(tree, None, others), None ->
            let tree = Overrides.apply catalog tree others

            tree
            |> Result.bind (fun tree ->
                experiment catalog profile source tree
                |> Result.map (fun found -> [ found ], ResourceCheck.notes profile tree)),
            placesOf catalog tree
        | Ok(tree, Some sweep, others), _ ->
            let treeAt point =
                Overrides.apply catalog tree (SweepPoints.overrides point @ others)

            let compileAt = treeAt >> Result.bind (experiment catalog profile source)
            let notes = ResourceCheck.notes profile tree

            match SweepPoints.ofSweep sweep others, only with
            | Error problems, _ -> Error problems, noPlaces
            | Ok(points, _), Some number when number < 1 || number > points.Length ->
                noSuchPoint number $"an integer in [1, {points.Length}]", noPlaces
            | Ok(points, _), Some number ->
                let point = points[number - 1]

                SweptExperiments.ofPoints catalog sweep.At points.Length [ point ] compileAt
                |> Result.map (fun (found, warnings) -> found, warnings @ notes),
                placesOf catalog (treeAt point)
            | Ok(points, ofSweep), None ->
                SweptExperiments.ofPoints catalog sweep.At points.Length points compileAt
                |> Result.map (fun (found, warnings) -> found, ofSweep @ warnings @ notes),
                match points with
                | [ point ] -> placesOf catalog (treeAt point)
                | _ -> noPlaces

    let private numbered (overrides: IReadOnlyList<string>) =
        overrides
        |> Seq.mapi (fun index text -> Overrides.source (index + 1) text)
        |> List.ofSeq

    /// Compiles a spec, or one point of its sweep, or says why there is nothing to run. `parse` makes the tree of its
    /// text.
    let compileOn
        (profile: Lazy<MachineProfile>)
        catalog
        (parse: Source -> Validation<YamlNode>)
        (source: Validation<Source>)
        overrides
        only
        =
        let overrides = numbered overrides

        let sources, (result, places) =
            match source with
            | Error problems -> overrides, (Error problems, noPlaces)
            | Ok source -> source :: overrides, experiments catalog profile parse source overrides only

        let texts =
            sources
            |> Seq.map (fun source -> SourceText(source.Name, source.Text, source.HasByteOrderMark))
            |> ImmutableArray.CreateRange

        let found, diagnostics =
            match result with
            | Ok(found, notes) -> found, notes
            | Error problems -> [], problems

        Compilation(
            ImmutableArray.CreateRange found,
            diagnostics
            |> Diagnostics.inOrder (sources |> List.map _.Name)
            |> ImmutableArray.CreateRange,
            texts,
            Places = places
        )

    /// The same on this machine, as its calibration has it.
    let compile catalog =
        compileOn (lazy (MachineProfile.OfMachine().ToTuple() |> fst)) catalog

[<AbstractClass; Sealed>]
type Compiler =

    static member Compile(path: string, overrides: IReadOnlyList<string>) =
        Pipeline.compile Catalog.Components YamlReader.read (SourceFile.read path) overrides None

    static member CompileText(name: string, text: string, overrides: IReadOnlyList<string>) =
        Pipeline.compile Catalog.Components YamlReader.read (Ok(Source.create name text)) overrides None

    static member CompileText(name: string, text: string, overrides: IReadOnlyList<string>, profile: MachineProfile) =
        Pipeline.compileOn
            (lazy profile)
            Catalog.Components
            YamlReader.read
            (Ok(Source.create name text))
            overrides
            None

    static member CompilePoint(path: string, overrides: IReadOnlyList<string>, number: int) =
        Pipeline.compile Catalog.Components YamlReader.read (SourceFile.read path) overrides (Some number)

    static member CompileScript
        (path: string, run: Func<ScriptOutcome>, overrides: IReadOnlyList<string>, number: Nullable<int>)
        =
        let read source =
            Script.tree Catalog.Components (run.Invoke()) source

        Pipeline.compile Catalog.Components read (SourceFile.read path) overrides (Option.ofNullable number)

    static member CompileExperiment(spec: ExperimentSpec, file: string, overrides: IReadOnlyList<string>) =
        let read source =
            let tree = ScriptPlaces.resolve Catalog.Components source spec.Tree
            ScriptPlaces.repeated tree |> Result.map (fun () -> tree)

        Pipeline.compile Catalog.Components read (Ok(Source.create file "")) overrides None

    static member Nearest(known: IEnumerable<string>, found: string) : string | null =
        Diagnostics.nearest known found |> Option.toObj

    static member Explanations: IReadOnlyDictionary<string, string> =
        Codes.all
        |> Seq.map (fun (code, title, text) -> KeyValuePair(code, $"{title}\n\n{text}"))
        |> fun entries -> ImmutableSortedDictionary.CreateRange(System.StringComparer.Ordinal, entries)

    static member Schema: string = JsonSchema.write Catalog.Components

    static member Keys: IReadOnlyList<string> =
        KeyPages.all |> List.map fst |> ImmutableArray.CreateRange :> IReadOnlyList<string>

    static member Pages(topic: string) : IReadOnlyList<string> =
        KeyPages.find Catalog.Components topic |> ImmutableArray.CreateRange :> IReadOnlyList<string>

    static member Page(family: ComponentFamily, definition: ComponentDefinition) =
        Wording.pageOfKind Catalog.Components family definition
