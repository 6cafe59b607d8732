namespace Spectral.Dsl

open System.Collections.Generic
open System.Collections.Immutable
open Spectral.Core
open Spectral.Core.Components
open Spectral.Core.Plans

/// The phases in their order.
module internal Pipeline =

    open Validation

    /// The spec's own tree with every override set.
    let private tree catalog source (overrides: Source list) =
        validation {
            let! tree = YamlReader.read source
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

    /// Compiles a spec, or says why there is none.
    let compile catalog (source: Validation<Source>) overrides =
        let overrides = numbered overrides

        match source with
        | Error problems -> Error problems |> compilation overrides noPlaces
        | Ok source ->
            let tree = tree catalog source overrides

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
        Pipeline.compile Catalog.Components (SourceFile.read path) overrides

    static member CompileText(name: string, text: string, overrides: IReadOnlyList<string>) =
        Pipeline.compile Catalog.Components (Ok(Source.create name text)) overrides

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
