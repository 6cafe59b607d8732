module Spectral.Dsl.Tests.SweepTests

open System
open System.IO
open System.Diagnostics
open Xunit
open FsCheck
open FsCheck.FSharp
open Spectral.Core
open Spectral.Core.Plans
open Spectral.Dsl
open Spectral.Dsl.Tests.Samples

let private swept lines = compile (valid + "sweep:\n" + lines)

let private points (compilation: Compilation) =
    if compilation.Experiments.IsEmpty then
        Assert.Fail(String.Join("\n", rendered compilation))

    compilation.Experiments
    |> Seq.map (fun experiment -> experiment.Point |> Option.ofObj |> Option.map _.Text |> Option.defaultValue "")
    |> List.ofSeq

[<Fact>]
let ``a grid runs in the order of its keys, the last one fastest`` () =
    Assert.Equal<string list>(
        [
            "noise.uniform=0, seed=1"
            "noise.uniform=0, seed=2"
            "noise.uniform=0.5, seed=1"
            "noise.uniform=0.5, seed=2"
        ],
        points (swept "  noise.uniform: [0, 0.5]\n  seed: {from: 1, to: 2}\n")
    )

[<Theory>]
[<InlineData("{from: 0.1, to: 0.7, step: 0.1}", "0.1 0.2 0.3 0.4 0.5 0.6 0.7")>]
[<InlineData("{from: 0.3, to: 0, step: -0.1}", "0.3 0.2 0.1 0")>]
[<InlineData("{from: 1e-3, to: 3e-3, step: 1e-3}", "0.001 0.002 0.003")>]
[<InlineData("{from: 0.001, to: 1, count: 4, scale: log}", "0.001 0.01 0.1 1")>]
[<InlineData("{from: 0, to: 1, count: 5}", "0 0.25 0.5 0.75 1")>]
[<InlineData("{from: 1, to: 0.1, count: 2, scale: log}", "1 0.1")>]
[<InlineData("{from: 0.5, to: 0.5}", "0.5")>]
[<InlineData("{from: 0.10000000000000001, to: 3e-1, step: .1}", "0.1 0.2 0.3")>]
let ``a range has both ends and exact decimals between`` (range: string) (expected: string) =
    let values =
        points (swept $"  noise.uniform: {range}\n")
        |> List.map _.Replace("noise.uniform=", "")

    Assert.Equal(expected, String.Join(' ', values))

[<Fact>]
let ``steps of one tenth have the plans of the written tenths`` () =
    let written = [ "0.1"; "0.2"; "0.3"; "0.4"; "0.5"; "0.6"; "0.7" ]

    Assert.Equal<string list>(
        written
        |> List.map (fun value -> hashOf [ "uniform: 0.25", $"uniform: {value}" ]),
        hashes (swept "  noise.uniform: {from: 0.1, to: 0.7, step: 0.1}\n")
    )

[<Fact>]
let ``zip changes its paths together and is one axis where it stands`` () =
    Assert.Equal<string list>(
        [
            "seed=1, training.epochs=5, network.mlp.hidden=8"
            "seed=1, training.epochs=9, network.mlp.hidden=[8, 4]"
            "seed=2, training.epochs=5, network.mlp.hidden=8"
            "seed=2, training.epochs=9, network.mlp.hidden=[8, 4]"
        ],
        points (swept "  seed: [1, 2]\n  zip: {training.epochs: [5, 9], network.mlp.hidden: [8, [8, 4]]}\n")
    )

[<Fact>]
let ``an exclusion removes every point that has all of its values, in any notation`` () =
    Assert.Equal<string list>(
        [
            "noise.uniform=0, seed=1"
            "noise.uniform=0.5, seed=1"
            "noise.uniform=0.5, seed=2"
        ],
        points (swept "  noise.uniform: [0, 0.5]\n  seed: [1, 2]\n  exclude: [{noise.uniform: 0.0, seed: 0x2}]\n")
    )

[<Fact>]
let ``an exclusion knows a component by its settings, whatever their order`` () =
    let optimizers =
        "[{sgd: {learning_rate: 0.1, momentum: 0.5}}, {sgd: {learning_rate: 0.1, momentum: 0.25}}]"

    let excluded = "{training.optimizer: {sgd: {momentum: 5e-1, learning_rate: .1}}}"

    Assert.Equal<string list>(
        [ "training.optimizer={sgd: {learning_rate: 0.1, momentum: 0.25}}" ],
        points (swept $"  training.optimizer: {optimizers}\n  exclude: {excluded}\n")
    )

[<Fact>]
let ``random draws are the same for ever`` () =
    // A change of these numbers would change what published sweeps mean.
    Assert.Equal<string list>(
        [
            "training.optimizer.sgd.learning_rate=0.00909069372, network.mlp.activation=tanh, dataset.digits.train=60"
            "training.optimizer.sgd.learning_rate=0.324308872, network.mlp.activation=relu, dataset.digits.train=60"
            "training.optimizer.sgd.learning_rate=0.119817477, network.mlp.activation=relu, dataset.digits.train=90"
        ],
        points (
            swept
                "  random: {count: 3, seed: 7, over: {training.optimizer.sgd.learning_rate: {from: 1e-3, to: 1, scale: log}, network.mlp.activation: [tanh, relu], dataset.digits.train: {from: 60, to: 90, step: 30}}}\n"
        )
    )

[<Fact>]
let ``a larger count and another path leave earlier draws as they are`` () =
    let rate = "noise.uniform: {from: 0, to: 1}"
    let few = points (swept $"  random: {{count: 3, over: {{{rate}}}}}\n")

    let more =
        points (swept $"  random: {{count: 9, over: {{seed: [1, 2, 3], {rate}}}}}\n")

    Assert.Equal<string list>(
        few,
        more
        |> List.map (fun text -> text.Substring(text.IndexOf "noise"))
        |> List.take 3
    )

    Assert.Equal(3, few |> List.distinct |> List.length)
    Assert.NotEqual<string list>(few, points (swept $"  random: {{count: 3, seed: 2, over: {{{rate}}}}}\n"))

[<Fact>]
let ``drawn numbers lie between the ends and fill both scales evenly`` () =
    let drawn scale =
        points (swept $"  random: {{count: 400, over: {{cutoff.relative: {{from: 0.0001, to: 1, scale: {scale}}}}}}}\n")
        |> List.map (fun text ->
            Double.Parse(text.Substring(text.IndexOf '=' + 1), Globalization.CultureInfo.InvariantCulture))

    for scale, half in [ "linear", 0.50005; "log", 0.01 ] do
        let values = drawn scale
        Assert.All(values, fun value -> Assert.InRange(value, 0.0001, 1.0))
        // 400 fair coins: 5 standard deviations.
        Assert.InRange(values |> List.filter (fun value -> value < half) |> List.length, 150, 250)

[<Fact>]
let ``sweep none is no sweep`` () =
    let compilation = compileWith [ "sweep=none" ] (valid + "sweep: {seed: [1, 2]}\n")
    Assert.Equal(hash (compile valid), hash compilation)
    Assert.Null (nonNull compilation.Experiment).Point

[<Fact>]
let ``an override of a swept path wins, and a note says so`` () =
    let spec = valid + "sweep:\n  noise.uniform: [0, 0.5]\n  seed: [1, 2, 3]\n"
    let compilation = compileWith [ "seed=7" ] spec
    Assert.Equal<string list>([ "noise.uniform=0"; "noise.uniform=0.5" ], points compilation)

    Assert.Equal<string list>(
        [ "exp.yaml:17:3 SP0508 seed is not swept, for an override sets it" ],
        rendered compilation
    )

    Assert.Equal(Severity.Note, (Assert.Single compilation.Diagnostics).Severity)
    Assert.Equal(7UL, compilation.Experiments[0].Plan.Seeds.Root |> uint64)
    let both = compileWith [ "seed=7"; "noise=none" ] spec
    Assert.Equal(hash (compileWith [ "seed=7"; "noise=none" ] valid), hash both)
    Assert.Null (nonNull both.Experiment).Point

[<Fact>]
let ``an override inside a swept component holds at every point`` () =
    let compilation = compileWith [ "seed.init=9" ] (valid + "sweep: {seed: [1, 2]}\n")

    Assert.Equal<string list>(
        [
            hashOf [ "seed: 1", "seed: {root: 1, init: 9}" ]
            hashOf [ "seed: 1", "seed: {root: 2, init: 9}" ]
        ],
        hashes compilation
    )

[<Fact>]
let ``an exclusion holds for the values of overrides`` () =
    let spec =
        valid
        + "sweep:\n  noise.uniform: [0, 0.5]\n  seed: [1, 2]\n  exclude: [{noise.uniform: 0, seed: 2}]\n"

    Assert.Equal<string list>([ "noise.uniform=0.5" ], points (compileWith [ "seed=2" ] spec))
    Assert.Equal<string list>([ "noise.uniform=0"; "noise.uniform=0.5" ], points (compileWith [ "seed=3" ] spec))

[<Fact>]
let ``a plan runs once, and a warning says which points repeat it`` () =
    let compilation = swept "  seed: [1, 2, 1, 2]\n"
    Assert.Equal<string list>([ "seed=1"; "seed=2" ], points compilation)
    Assert.Equal(Severity.Warning, (Assert.Single compilation.Diagnostics).Severity)

    Assert.Equal<string list>(
        [
            "exp.yaml:15:1 SP0509 point 3 is left out, for it has the plan of point 1; 1 more repeat others"
        ],
        rendered compilation
    )

[<Fact>]
let ``points of other names are runs of their own`` () =
    Assert.Equal<string list>([ "a"; "b" ], (swept "  name: [a, b]\n").Experiments |> Seq.map _.Name |> List.ofSeq)

[<Fact>]
let ``a description ends with the point`` () =
    let described = valid + "description: What it is for.\nsweep: {seed: [1, 2]}\n"
    Assert.Equal("What it is for. [seed=2]", (compile described).Experiments[1].Description)
    Assert.Equal("[seed=2]", (swept "  seed: [1, 2]\n").Experiments[1].Description)

[<Fact>]
let ``twenty problems are enough`` () =
    Assert.Equal(20, (swept "  threads: {from: 2000, to: 2500}\n").Diagnostics.Length)

[<Fact>]
let ``one point compiles as it does in its sweep, with places of its own`` () =
    let path = Path.GetTempFileName()

    try
        File.WriteAllText(path, valid + "sweep:\n  noise.uniform: [0, 0.5]\n  seed: [1, 2]\n")
        let whole = Compiler.Compile(path, [||])

        for number in 1..4 do
            let one = Compiler.CompilePoint(path, [||], number)
            Assert.Equal(hashes whole |> List.item (number - 1), hash one)

            Assert.Equal(
                (nonNull whole.Experiments[number - 1].Point).Title,
                (nonNull (nonNull one.Experiment).Point).Title
            )

        let place =
            nonNull ((Compiler.CompilePoint(path, [||], 3)).NearestPlace "noise.uniform.rate")

        Assert.Equal((16, 22), (place.Line, place.Column))

        Assert.Equal<string list>(
            [ "- SP0507 --point expects an integer in [1, 4], got 5" ],
            rendered (Compiler.CompilePoint(path, [||], 5))
        )

        File.WriteAllText(path, valid)

        Assert.Equal<string list>(
            [ "- SP0507 --point expects a spec with a sweep, got 1" ],
            rendered (Compiler.CompilePoint(path, [||], 1))
        )
    finally
        File.Delete path

[<Fact>]
let ``10,000 points compile in a minute`` () =
    let clock = Stopwatch.StartNew()
    Assert.Equal(10_000, (swept "  seed: {from: 1, to: 10000}\n").Experiments.Length)
    Assert.True(clock.Elapsed < TimeSpan.FromMinutes 1.0, $"{clock.Elapsed}")

/// A swept path, what its values may be, and how the valid spec is written with one of them.
let private settings = [
    "seed", [ "1"; "2"; "0x3" ], (fun (value: string) (text: string) -> text.Replace("seed: 1", $"seed: {value}"))
    "noise", [ "none"; "{uniform: 0.5}"; "{pair_flip: 0.25}" ], (fun value -> _.Replace("{uniform: 0.25}", value))
    "network.mlp.hidden", [ "8"; "[8, 4]"; "[]" ], (fun value -> _.Replace("[8]", value))
    "network.mlp.activation", [ "tanh"; "{leaky_relu: 0.1}" ], (fun value -> _.Replace("tanh", value))
    "training.optimizer.sgd.learning_rate",
    [ "0.1"; "1e-2"; ".5" ],
    (fun value -> _.Replace("rate: 0.1}", $"rate: {value}}}"))
    "training.epochs", [ "0"; "7"; "20" ], (fun value -> _.Replace("epochs: 20", $"epochs: {value}"))
    "cutoff.rank", [ "3"; "4" ], (fun value -> _.Replace("{relative: 0.1}", $"{{rank: {value}}}"))
    "dataset.digits.classes", [ "[0, 1]"; "[3, 5, 8]" ], (fun value -> _.Replace("[0, 1, 2]", value))
]

[<Fact>]
let ``a point has the plan hash of the spec with its values written in`` () =
    let sweeps =
        gen {
            let! chosen = Gen.subListOf settings
            let! shuffled = Gen.shuffle chosen

            return!
                shuffled
                |> Gen.collectToList (fun (path, values, write) ->
                    Gen.nonEmptyListOf (Gen.elements values)
                    |> Gen.map (fun values -> path, List.truncate 2 (List.distinct values), write))
        }

    let isSame axes =
        let lines =
            axes
            |> List.map (fun (path, values: string list, _) -> $"""  {path}: [{String.Join(", ", values)}]""" + "\n")

        let written =
            List.foldBack
                (fun (_, values, write: string -> string -> string) rest -> [
                    for value in values do
                        for others in rest -> write value >> others
                ])
                axes
                [ id ]
            |> List.map (fun write -> hash (compile (write valid)))

        axes.IsEmpty || hashes (swept (String.Join("", lines))) = written

    Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(Some { Rnd = Rnd(5UL, 3UL); Size = None }),
        Prop.forAll (Arb.fromGen sweeps) isSame
    )
