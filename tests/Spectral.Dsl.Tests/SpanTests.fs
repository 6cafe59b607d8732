module Spectral.Dsl.Tests.SpanTests

open System
open Xunit
open Spectral.Core.Components
open Spectral.Core.Plans
open Spectral.Dsl

/// The text that a span covers.
let private covered (source: Source) (span: SourceSpan) =
    let first = source.Starts[span.Line - 1] + span.Column - 1
    let behind = source.Starts[span.EndLine - 1] + span.EndColumn - 1
    source.Text.Substring(first, behind - first)

let rec private places source node =
    match node with
    | ScalarNode(at = at) -> [ covered source at ]
    | SequenceNode(items, at) -> covered source at :: List.collect (places source) items
    | MappingNode(entries, at) ->
        covered source at
        :: (entries
            |> List.collect (fun (key, value) -> covered source key.At :: places source value))

let private placesOf text =
    let source = Source.create "t" text

    match YamlReader.read source with
    | Ok node -> places source node
    | Error problems -> problems |> List.map Samples.render

[<Fact>]
let ``spans cover keys and values exactly in block style`` () =
    let expected = [ "a: 1\nb:\n  - 'x y'\n  - z"; "a"; "1"; "b"; "- 'x y'\n  - z"; "'x y'"; "z" ]
    Assert.Equal<string list>(expected, placesOf "a: 1\nb:\n  - 'x y'\n  - z # note\n")

[<Fact>]
let ``spans cover keys and values exactly in flow style`` () =
    let expected = [ "{a: [1, 2 ], b: {}}"; "a"; "[1, 2 ]"; "1"; "2"; "b"; "{}" ]
    Assert.Equal<string list>(expected, placesOf "  {a: [1, 2 ], b: {}} # note\n")

[<Theory>]
[<InlineData("\n")>]
[<InlineData("\r\n")>]
[<InlineData("\r")>]
let ``any line end, a byte order mark and characters beyond 16 bits leave columns right`` (newline: string) =
    let text =
        String.Join(newline, [ "\uFEFFa: \"\U0001F600\""; "\"\U0001F600\": 2"; "c: 3" ])

    let expected = [ "a"; "\"\U0001F600\""; "\"\U0001F600\""; "2"; "c"; "3" ]
    Assert.Equal<string list>(expected, List.tail (placesOf text))

[<Fact>]
let ``an alias has the place of its anchor`` () =
    Assert.Equal<string list>([ "&x 5"; "b"; "&x 5" ], placesOf "a: &x 5\nb: *x\n" |> List.skip 2)

[<Fact>]
let ``a list that ends in an alias ends no earlier than it begins`` () =
    match YamlReader.read (Source.create "t" "a: &x 5\nb:\n  - *x\n") with
    | Ok(MappingNode([ _; _, SequenceNode(_, at) ], _)) -> Assert.True(at.EndLine >= at.Line)
    | other -> Assert.Fail $"{other}"

[<Fact>]
let ``an anchor may be used many times as long as the whole stays small`` () =
    match YamlReader.read (Source.create "t" "a: &x [1, 2]\nb: [*x, *x]\n") with
    | Ok(MappingNode([ _; _, SequenceNode([ SequenceNode(first, _); SequenceNode(second, _) ], _) ], _)) ->
        Assert.Equal(2, first.Length)
        Assert.Equal(2, second.Length)
    | other -> Assert.Fail $"{other}"

[<Fact>]
let ``nesting of 64 is allowed, also through aliases, and 65 is not`` () =
    let nested depth =
        String('[', depth) + "1" + String(']', depth)

    let isRead text =
        Result.isOk (YamlReader.read (Source.create "t" text))

    Assert.True(isRead (nested 64))
    Assert.False(isRead (nested 65))
    // The document's own mapping is one level, the list around the alias another.
    Assert.True(isRead $"a: &x {nested 62}\nb: [*x]\n")
    Assert.False(isRead $"a: &x {nested 63}\nb: [*x]\n")

[<Fact>]
let ``tabs are allowed inside text and behind values`` () =
    let text = "a: |\n  x\n  \ty\nb: 'one\n\ttwo'\n\nc: 1\t# note\n"

    match YamlReader.read (Source.create "t" text) with
    | Ok(MappingNode([ _, ScalarNode((:? TextScalar as a), _, _); _, ScalarNode((:? TextScalar as b), _, _); _ ], _)) ->
        Assert.Equal("x\n\ty\n", a.Value)
        Assert.Equal("one two", b.Value)
    | Ok other -> Assert.Fail $"{other}"
    | Error problems -> Assert.Fail(String.Join("\n", List.map Samples.render problems))

[<Fact>]
let ``lines are counted and returned without their ends`` () =
    let source = Source.create "t" "one\r\ntwo\rthree\n"
    Assert.Equal<string list>([ "one"; "two"; "three"; "" ], [ for line in 1..4 -> Source.line source line ])
    Assert.Equal(struct (2, 3), Source.position source 7)
    Assert.Equal(struct (4, 1), Source.position source 99)
