module Spectral.Dsl.Tests.FileTests

open System
open System.IO
open System.Text
open Xunit
open Spectral.Dsl
open Spectral.Dsl.Tests.Samples

/// Compiles a file with the given bytes; diagnostics name it FILE.
let private withFile (bytes: byte[]) =
    let path = Path.Combine(Path.GetTempPath(), $"spectral-dsl-{Guid.NewGuid()}.yaml")

    try
        File.WriteAllBytes(path, bytes)
        let compilation = Compiler.Compile(path, [||])
        compilation, rendered compilation |> List.map _.Replace(path, "FILE")
    finally
        File.Delete path

let private diagnosticsOf bytes = snd (withFile bytes)

[<Fact>]
let ``a file compiles as its text does`` () =
    Assert.Equal(hash (compile valid), hash (fst (withFile (Encoding.UTF8.GetBytes valid))))

[<Fact>]
let ``a byte order mark and Windows line ends change nothing`` () =
    let bytes =
        Array.append (Encoding.UTF8.GetPreamble()) (Encoding.UTF8.GetBytes(valid.Replace("\n", "\r\n")))

    Assert.Equal(hash (compile valid), hash (fst (withFile bytes)))

[<Fact>]
let ``a missing file has no place`` () =
    let path = Path.Combine(Path.GetTempPath(), "spectral-no-such-file.yaml")
    let compilation = Compiler.Compile(path, [| "seed=1" |])
    Assert.Equal<string list>([ $"- SP0001 no file '{path}'" ], rendered compilation)
    Assert.Null compilation.Experiment

[<Theory>]
[<InlineData("")>]
[<InlineData(" ")>]
[<InlineData("a\000b")>]
[<InlineData("no/such/folder/exp.yaml")>]
let ``a path that cannot be is a missing file`` (path: string) =
    Assert.Equal("SP0001", (Assert.Single (Compiler.Compile(path, [||])).Diagnostics).Code)

[<Fact>]
let ``a folder is no spec`` () =
    let folder = Path.GetTempPath()

    Assert.Equal<string list>(
        [ $"- SP0002 cannot read '{folder}': it is a folder" ],
        rendered (Compiler.Compile(folder, [||]))
    )

[<Fact>]
let ``an empty file is empty`` () =
    Assert.Equal<string list>([ "FILE:1:1 SP0006 expected a spec, got an empty text" ], diagnosticsOf [||])

[<Fact>]
let ``a binary file is refused at its first strange byte`` () =
    let bytes = Array.concat [ "name: a\nseed: "B; [| 0uy; 1uy; 2uy |] ]
    Assert.Equal<string list>([ "FILE:2:7 SP0005 the character U+0000 may not stand in a spec" ], diagnosticsOf bytes)

[<Fact>]
let ``bytes that are not UTF-8 are refused where they stand`` () =
    let latin = Array.concat [ "name: a\ndescription: caf"B; [| 0xE9uy |]; "\n"B ]
    let expected = "expected UTF-8 text, got the byte 0xE9, which is none"
    Assert.Equal<string list>([ $"FILE:2:17 SP0004 {expected}" ], diagnosticsOf latin)

[<Fact>]
let ``UTF-16 is refused at its first byte`` () =
    let bytes =
        Array.append (Encoding.Unicode.GetPreamble()) (Encoding.Unicode.GetBytes valid)

    let expected = "expected UTF-8 text, got the byte 0xFF, which is none"
    Assert.Equal<string list>([ $"FILE:1:1 SP0004 {expected}" ], diagnosticsOf bytes)

[<Fact>]
let ``a file of 1 MiB is read and one byte more is not`` () =
    let padded size =
        Encoding.UTF8.GetBytes(valid.PadRight(size, '\n'))

    Assert.Empty(diagnosticsOf (padded (1 <<< 20)))

    Assert.Equal<string list>(
        [ "FILE:1:1 SP0003 the spec is larger than 1 MiB" ],
        diagnosticsOf (padded ((1 <<< 20) + 1))
    )

[<Fact>]
let ``a text in memory has the same limit`` () =
    Assert.Equal<string list>(
        [ "exp.yaml:1:1 SP0003 the spec is larger than 1 MiB" ],
        rendered (compile (valid.PadRight((1 <<< 20) + 1, '\n')))
    )
