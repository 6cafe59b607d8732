namespace Spectral.Dsl

open System
open System.Collections.Generic
open System.Collections.Immutable
open Spectral.Core
open Spectral.Core.Plans
open Spectral.Experiments

/// The phases in their order.
module internal Pipeline =

    open Validation

    /// The spec's own tree with every override set.
    let private tree catalog read source (overrides: Source list) =
        validation {
            let! tree = read source
            and! overrides = overrides |> List.map Overrides.parse |> Validation.all
            return! Overrides.apply catalog tree overrides
        }

    let private compilation (sources: Source list) places (result: Validation<Experiment>) =
        let texts =
            sources
            |> Seq.map (fun source -> SourceText(source.Name, source.Text, source.HasByteOrderMark))
            |> ImmutableArray.CreateRange

        match result with
        | Ok experiment -> Compilation(experiment, ImmutableArray.Empty, texts, Places = places)
        | Error problems ->
            let ordered = problems |> Diagnostics.inOrder (sources |> List.map _.Name)
            Compilation(null, ImmutableArray.CreateRange ordered, texts, Places = places)

    let private noPlaces = ImmutableSortedDictionary<string, SourceSpan>.Empty

    let private numbered (overrides: IReadOnlyList<string>) =
        overrides
        |> Seq.mapi (fun index text -> Overrides.source (index + 1) text)
        |> List.ofSeq

    /// Compiles a spec, or says why there is none. `read` makes the tree of its text.
    let compile catalog (read: Source -> Validation<YamlNode>) (source: Validation<Source>) overrides =
        let overrides = numbered overrides

        match source with
        | Error problems -> Error problems |> compilation overrides noPlaces
        | Ok source ->
            let tree = tree catalog read source overrides

            let places =
                match tree with
                | Ok tree -> SpecPlaces.ofTree catalog tree
                | Error _ -> noPlaces

            validation {
                let! tree = tree
                let! spec = SpecParser.parse tree
                let! bound = BoundSpec.bind catalog spec
                return! Lower.lower catalog (SourceFile.folder source) bound
            }
            |> compilation (source :: overrides) places

[<AbstractClass; Sealed>]
type Compiler =

    static member Compile(path: string, overrides: IReadOnlyList<string>) =
        Pipeline.compile Catalog.Components YamlReader.read (SourceFile.read path) overrides

    static member CompileText(name: string, text: string, overrides: IReadOnlyList<string>) =
        Pipeline.compile Catalog.Components YamlReader.read (Ok(Source.create name text)) overrides

    static member CompileScript(path: string, run: Func<ScriptOutcome>, overrides: IReadOnlyList<string>) =
        let read source =
            Script.tree Catalog.Components (run.Invoke()) source

        Pipeline.compile Catalog.Components read (SourceFile.read path) overrides

    static member CompileExperiment(spec: ExperimentSpec, file: string, overrides: IReadOnlyList<string>) =
        let read source =
            let tree = ScriptPlaces.resolve Catalog.Components source spec.Tree
            ScriptPlaces.repeated tree |> Result.map (fun () -> tree)

        Pipeline.compile Catalog.Components read (Ok(Source.create file "")) overrides

    static member Nearest(known: IEnumerable<string>, found: string) : string | null =
        Diagnostics.nearest known found |> Option.toObj

    static member Explanations: IReadOnlyDictionary<string, string> =
        Codes.all
        |> Seq.map (fun (code, title, text) -> KeyValuePair(code, $"{title}\n\n{text}"))
        |> fun entries -> ImmutableSortedDictionary.CreateRange(System.StringComparer.Ordinal, entries)
