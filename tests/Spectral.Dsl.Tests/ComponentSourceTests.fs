module Spectral.Dsl.Tests.ComponentSourceTests

open System
open System.IO
open Xunit
open Spectral.Core
open Spectral.Dsl

let private file =
    let rec above (folder: string) =
        if File.Exists(Path.Combine(folder, "Spectral.sln")) then
            folder
        else
            match Path.GetDirectoryName folder with
            | null -> invalidOp "no Spectral.sln above the tests"
            | parent -> above parent

    Path.Combine(above AppContext.BaseDirectory, "src", "Spectral.Dsl", "Components.fs")

[<Fact>]
let ``the typed builders are those of the Catalog`` () =
    let text = ComponentSource.text ()

    // SPECTRAL_WRITE_BUILDERS=1 dotnet run --project tests/Spectral.Dsl.Tests -c Release -- -class "*.ComponentSourceTests"
    if Environment.GetEnvironmentVariable "SPECTRAL_WRITE_BUILDERS" = "1" then
        File.WriteAllText(file, text)

    Assert.True(
        (text = File.ReadAllText file),
        "src/Spectral.Dsl/Components.fs is not what the Catalog says; make it anew: SPECTRAL_WRITE_BUILDERS=1 dotnet run "
        + "--project tests/Spectral.Dsl.Tests -c Release -- -class \"*.ComponentSourceTests\""
    )

[<Fact>]
let ``no two words of a script are the same and none is one of F#'s own`` () =
    let kinds = [
        for family in Catalog.Components.Families do
            for definition in family.Members do
                FSharpNames.kind Catalog.Components family definition.Kind
    ]

    let words = kinds @ List.ofSeq FSharpNames.fixedNames
    Assert.Equal<string list>(List.distinct words, words)
