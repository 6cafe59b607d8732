module Spectral.Dsl.Tests.ExplanationTests

open System
open Xunit
open Spectral.Dsl

[<Fact>]
let ``every code has the form SP and four digits and stands once`` () =
    let codes = Codes.all |> List.map (fun (code, _, _) -> code)

    Assert.All(
        codes,
        fun code ->
            Assert.True(
                code.Length = 6
                && code.StartsWith "SP"
                && code[2..] |> Seq.forall Char.IsAsciiDigit
            )
    )

    Assert.Equal<string list>(List.distinct codes, codes)
    Assert.Equal<string list>(List.sort codes, codes)

[<Fact>]
let ``describe finds a title and a paragraph for every code`` () =
    Assert.Equal(Codes.all.Length, Compiler.Explanations.Count)

    Assert.All(
        Compiler.Explanations.Values,
        fun text ->
            match text.Split "\n\n" with
            | [| title; paragraph |] ->
                Assert.True(Char.IsLower title[0] && not (title.EndsWith '.'))
                Assert.True(paragraph.Length > 40 && paragraph.EndsWith '.')
            | parts -> Assert.Fail $"{parts.Length} parts"
    )
