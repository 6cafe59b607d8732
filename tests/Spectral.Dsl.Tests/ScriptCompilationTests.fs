module Spectral.Dsl.Tests.ScriptCompilationTests

open System
open System.Diagnostics
open System.IO
open Xunit
open Spectral.Core
open Spectral.Core.Plans
open Spectral.Dsl
open Spectral.Dsl.Tests.Samples

let private catalog = Catalog.Components

/// Every component's own example, as a value of its family's type.
let private examples = [
    for family in catalog.Families do
        for definition in family.Members do
            match YamlReader.read (Source.create "example" definition.Example) with
            | Ok node ->
                match ComponentParser.parse "example" (YamlNode.span node) node with
                | Ok spec ->
                    let expression = ComponentWriting.componentOf catalog family.Type spec
                    $"ignore<Component<{family.Type.FullName}>> (\n{FSharpText.indented 4 expression})\n"
                | Error _ -> Assert.Fail definition.Kind
            | Error _ -> Assert.Fail definition.Kind
]

/// Generated specs that are whole plans, always the same ones.
let private generated =
    let trees = ResizeArray()
    SpecGeneration.check 150 trees.Add

    trees
    |> Seq.map (fun tree -> SpecGeneration.specOf tree)
    |> Seq.filter (fun spec ->
        not (compile (YamlWriting.write "schema.json" (SpecTree.ofSpec spec))).Experiments.IsEmpty)
    |> Seq.truncate 40
    |> List.ofSeq

/// Runs a script with the language referenced and gives the lines that it handed over.
let private run (text: string) =
    let folder = Directory.CreateTempSubdirectory "spectral-fsi-"

    try
        let script = Path.Combine(folder.FullName, "all.fsx")
        let handover = Path.Combine(folder.FullName, "handover")
        File.WriteAllText(script, text)

        let start =
            ProcessStartInfo("dotnet", UseShellExecute = false, RedirectStandardError = true)

        for argument in
            [
                "fsi"
                "--nologo"
                "--quiet"
                "--exec"
                "--preferreduilang:en"
                "--warnaserror+"
                "-r:" + Path.Combine(AppContext.BaseDirectory, "Spectral.Core.dll")
                "-r:" + Path.Combine(AppContext.BaseDirectory, "Spectral.Dsl.dll")
                script
            ] do
            start.ArgumentList.Add argument

        start.Environment[Handover.variable] <- handover

        match Process.Start start with
        | null -> invalidOp "cannot start dotnet"
        | fsi ->
            use fsi = fsi
            let said = fsi.StandardError.ReadToEnd()
            fsi.WaitForExit()
            Assert.True((fsi.ExitCode = 0), said)
            List.ofArray (File.ReadAllLines handover)
    finally
        folder.Delete true

[<Fact>]
let ``the F# compiler takes every component's example and reads printed specs as they were meant`` () =
    Assert.Equal(40, generated.Length)
    Assert.True(generated |> List.filter (fun spec -> spec.Sweep.IsSome) |> List.length > 8)

    let scripts =
        generated
        |> List.map (fun spec ->
            "ignore (\n"
            + FSharpText.indented 4 (FSharpWriting.expression catalog spec)
            + ")\n")

    let lines =
        run ("open Spectral.Experiments\n\n" + String.Concat examples + String.Concat scripts)

    Assert.Equal(generated.Length, lines.Length)

    for spec, line in List.zip generated lines do
        let yaml = compile (YamlWriting.write "schema.json" (SpecTree.ofSpec spec))

        match Handover.read line with
        | None -> Assert.Fail "nothing was handed over"
        | Some tree ->
            let printed = compile (YamlWriting.write "schema.json" tree)
            Assert.Equal<string list>(hashes yaml, hashes printed)
