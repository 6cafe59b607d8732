module Spectral.Dsl.Tests.ResourceTests

open System
open Xunit
open Spectral.Core.Execution
open Spectral.Core.Plans
open Spectral.Dsl
open Spectral.Dsl.Tests.Samples

/// A machine that is known to the last digit.
let private known =
    MachineProfile("cpu", 2, "1.0", "1.0", Nullable(DateTimeOffset.UnixEpoch), MachineRates.Assumed)

let private unknown =
    MachineProfile("cpu", 2, "1.0", "1.0", Nullable(), MachineRates.Assumed)

let private on profile (text: string) =
    Compiler.CompileText("exp.yaml", text, [||], profile)

let private limits text = valid + $"resources: {text}\n"

[<Fact>]
let ``a run that would exceed its limits is refused at each of them, with what would help`` () =
    let compilation = on known (limits "{memory: 100 MiB, time: 1 s, disk: 500 KB}")
    let cost = RunCost.Predict(plan (compile valid), known)
    let memory = Amounts.bytesText cost.PeakBytes
    let time, disk = Amounts.timeText cost.Seconds, Amounts.bytesText cost.DiskBytes
    let longest = cost.Stages |> Seq.maxBy _.Seconds
    let largest = cost.Stages |> Seq.maxBy _.Disk
    Assert.Empty compilation.Experiments

    Assert.Equal<string list>(
        [
            $"exp.yaml:15:21 SP0701 resources.memory allows 100 MiB, and the run is predicted to take {memory}, reached by the spectrum stage"
            $"exp.yaml:15:36 SP0702 resources.time allows 1 s, and the run is predicted to take {time}, {Amounts.timeText longest.Seconds} of it by the {longest.Stage} stage"
            $"exp.yaml:15:47 SP0703 resources.disk allows 500 KB, and the run is predicted to take {disk}, {Amounts.bytesText largest.Disk} of it by the {largest.Stage} stage"
        ],
        rendered compilation
    )

    Assert.Equal<string list>(
        [
            $"The program with libtorch alone takes {Amounts.bytesText known.Rates.BaseBytes}."
            "Take fewer rows (jacobian.examples) or checkpoints, or the largest singular values only (jacobian.spectrum: {top: N})."
        ],
        [ for problem in compilation.Diagnostics -> nonNull problem.Help ]
        |> List.distinct
    )

    let wide = on known (limits "{memory: 1 GiB}" |> _.Replace("[8]", "[400000]"))
    Assert.StartsWith("Take fewer", nonNull (Assert.Single wide.Diagnostics).Help)

[<Fact>]
let ``limits that suffice change neither plan nor hash`` () =
    let compilation = on known (limits "{memory: 8 GiB, time: 2 h, disk: 1 TB}")
    Assert.Empty compilation.Diagnostics
    Assert.Equal<string>(hash (compile valid), hash compilation)
    Assert.Empty((on known (limits "{}")).Diagnostics)

[<Fact>]
let ``a limit of time is not checked where nobody measured the machine, and that is said`` () =
    let compilation = on unknown (limits "{time: 1 s}")
    Assert.NotNull compilation.Experiment
    let note = Assert.Single compilation.Diagnostics
    Assert.Equal(Severity.Note, note.Severity)

    Assert.Equal("exp.yaml:15:19 SP0704 resources.time is not checked, for this machine is not calibrated", render note)

    Assert.Empty((on unknown (limits "{disk: 1 GiB}")).Diagnostics)

[<Fact>]
let ``memory and disk are checked on any machine`` () =
    Assert.Equal(2, (on unknown (limits "{memory: 1 MiB, disk: 1 KB}")).Diagnostics.Length)

[<Fact>]
let ``every point of a sweep is held against the limits by itself`` () =
    let sweep = limits "{memory: 100 MiB}" + "sweep: {seed: [1, 2]}\n"
    let problem = Assert.Single (on known sweep).Diagnostics
    Assert.StartsWith("exp.yaml:15:21 SP0701 ", render problem)

    let some =
        limits "{memory: 1 GiB}" + "sweep: {network.mlp.hidden: [[8], [400000]]}\n"

    Assert.EndsWith("at point 2 (network.mlp.hidden=[400000])", render (Assert.Single (on known some).Diagnostics))

[<Fact>]
let ``an override sets a limit, and its error points at it`` () =
    let problem =
        Assert.Single(Compiler.CompileText("exp.yaml", valid, [| "resources.memory=1MiB" |], known).Diagnostics)

    Assert.StartsWith("<-S #1>:1:18 SP0701 resources.memory allows 1MiB", render problem)

[<Theory>]
[<InlineData("1 B", 1.0)>]
[<InlineData("500 MB", 5e8)>]
[<InlineData("8GiB", 8589934592.0)>]
[<InlineData("0.5 KiB", 512.0)>]
let ``bytes have units of a thousand and of 1024`` (text: string, value: float) =
    Assert.Equal(Some { Text = text; Value = value }, Amounts.ofBytes text)

[<Theory>]
[<InlineData("90 s", 90.0)>]
[<InlineData("2 h", 7200.0)>]
[<InlineData("1.5 d", 129600.0)>]
[<InlineData("30min", 1800.0)>]
let ``time has units, too`` (text: string, value: float) =
    Assert.Equal(Some { Text = text; Value = value }, Amounts.ofTime text)

[<Theory>]
[<InlineData("")>]
[<InlineData("8")>]
[<InlineData("-1 GiB")>]
[<InlineData("1e3 MB")>]
[<InlineData("0 MB")>]
[<InlineData("0.0 s")>]
[<InlineData("1 gib")>]
[<InlineData("1  GiB")>]
[<InlineData("1 GiB\n")>]
[<InlineData("GiB")>]
let ``anything else is no amount`` (text: string) =
    Assert.Equal(None, Amounts.ofBytes text)
    Assert.Equal(None, Amounts.ofTime text)
