namespace Spectral.Dsl

open System
open System.Collections.Immutable
open Spectral.Core
open Spectral.Core.Plans

[<AbstractClass; Sealed>]
type Converter =

    static member private Convert(path, run: Func<ScriptOutcome> | null, write: Spec -> string) =
        let catalog = Catalog.Components

        let read (source: Source) =
            match run with
            | null -> YamlReader.read source
            | run -> Script.tree catalog (run.Invoke()) source

        let outcome (sources: Source list) (text: Validation<string>) =
            let texts =
                sources
                |> Seq.map (fun source -> SourceText(source.Name, source.Text, source.HasByteOrderMark))
                |> ImmutableArray.CreateRange

            match text with
            | Ok text -> Conversion(text, Compilation(ImmutableArray.Empty, ImmutableArray.Empty, texts))
            | Error problems ->
                let ordered = problems |> Diagnostics.inOrder (sources |> List.map _.Name)
                Conversion(null, Compilation(ImmutableArray.Empty, ImmutableArray.CreateRange ordered, texts))

        match SourceFile.read path with
        | Error problems -> outcome [] (Error problems)
        | Ok source ->
            read source
            |> Result.bind (ConvertedSpec.ofTree catalog)
            |> Result.map write
            |> outcome [ source ]

    static member ToYaml(path: string, run: Func<ScriptOutcome> | null, schema: string) =
        Converter.Convert(path, run, SpecTree.ofSpec >> YamlWriting.write schema)

    static member ToScript(path: string, run: Func<ScriptOutcome> | null, preamble: string) =
        Converter.Convert(path, run, FSharpWriting.write Catalog.Components preamble)
