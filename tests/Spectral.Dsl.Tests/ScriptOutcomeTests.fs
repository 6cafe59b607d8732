module Spectral.Dsl.Tests.ScriptOutcomeTests

open System
open System.Collections.Immutable
open System.IO
open Xunit
open Spectral.Core.Plans
open Spectral.Dsl
open Spectral.Dsl.Tests.Samples

let private script = "let a =\n    foo 1\n\nfailwith \"no\"\n"

/// What a script of that text gets when its process left this behind; FILE stands for its path.
let private diagnosticsOf experiments (messages: string) exitCode =
    let folder = Directory.CreateTempSubdirectory "spectral-script-"

    try
        let path = Path.Combine(folder.FullName, "a.fsx")
        File.WriteAllText(path, script)

        let run () =
            ScriptOutcome(
                ImmutableArray.CreateRange(experiments: string list),
                messages.Replace("FILE", path),
                exitCode
            )

        let compilation = Compiler.CompileScript(path, run, [||], System.Nullable())
        Assert.Null compilation.Experiment
        rendered compilation |> List.map (fun line -> line.Replace(path, "a.fsx"))
    finally
        folder.Delete true

let private line name file number =
    $"""{{"entries":[{{"file":"{file}","line":{number},"key":"{name}","value":{{"text":"x","file":"{file}","line":{number}}}}}],"file":"","line":0}}"""

[<Fact>]
let ``errors of the F# compiler keep their places, their lines are joined, and none is lost`` () =
    Assert.Equal<string list>(
        [
            "a.fsx:2:5 SP0601 FS0039: The value 'foo' is not defined. Maybe: food"
            "a.fsx:4:1 SP0601 FS0001: second"
        ],
        diagnosticsOf
            []
            "\n\nFILE(2,5): error FS0039: The value 'foo' is not defined.\n  Maybe:   food\n\nFILE(4,1): error FS0001: second.\n\n"
            1
    )

[<Fact>]
let ``an error in another file has that file's place`` () =
    Assert.Equal<string list>(
        [ "/other.fsx:7:3 SP0601 FS0010: oh" ],
        diagnosticsOf [] "/other.fsx(7,3): error FS0010: oh\n" 1
    )

[<Fact>]
let ``an exception is told at its line, and an exit code at the start`` () =
    Assert.Equal<string list>(
        [ "a.fsx:4:1 SP0602 the script ended in System.Exception: no" ],
        diagnosticsOf
            []
            "said before\nSystem.Exception: no\n   at Deep.inside()\n   at <StartupCode$FSI_0001>.main@() in FILE:line 4\nStopped due to error\n"
            1
    )

    Assert.Equal<string list>(
        [ "a.fsx:1:1 SP0602 the script ended with exit code 3: last words" ],
        diagnosticsOf [] "first\nlast words\n" 3
    )

[<Fact>]
let ``a script makes exactly one experiment, and what it had made before it failed does not count`` () =
    Assert.Equal<string list>([ "a.fsx:1:1 SP0603 the script makes no experiment" ], diagnosticsOf [] "" 0)

    let twice = [ line "name" "/b.fsx" 3; line "name" "/b.fsx" 9 ]

    Assert.Equal<string list>(
        [
            "/b.fsx:9:1 SP0604 the script makes 2 experiments; this is the second, and a spec is one"
        ],
        diagnosticsOf twice "" 0
    )

    Assert.StartsWith("a.fsx:1:1 SP0602", List.exactlyOne (diagnosticsOf [ line "name" "/b.fsx" 3 ] "" 1))

[<Theory>]
[<InlineData "">]
[<InlineData "{}">]
[<InlineData "[1]">]
[<InlineData """{"file":"","line":0,"integer":"many"}""">]
[<InlineData """{"file":"","line":"x","text":"a"}""">]
let ``what no builder wrote is refused`` (line: string) =
    Assert.Equal<string list>(
        [ "a.fsx:1:1 SP0602 the script handed over what no builder made" ],
        diagnosticsOf [ line ] "" 0
    )

[<Fact>]
let ``a script that cannot be read is not run`` () =
    let run () : ScriptOutcome = invalidOp "was run"

    Assert.Equal(
        "SP0001",
        (Assert.Single (Compiler.CompileScript("none.fsx", run, [||], System.Nullable())).Diagnostics).Code
    )
