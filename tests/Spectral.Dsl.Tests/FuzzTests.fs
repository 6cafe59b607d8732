module Spectral.Dsl.Tests.FuzzTests

open System
open System.Diagnostics
open Xunit
open Spectral.Core
open Spectral.Core.Plans
open Spectral.Dsl.Tests.Samples

let private pieces = [|
    "\n"
    "\t"
    " "
    "  "
    ":"
    ": "
    "- "
    "["
    "]"
    "{"
    "}"
    ","
    "'"
    "\""
    "#"
    " #"
    "&a "
    "*a"
    "!t "
    "!!int "
    "|"
    ">"
    "%"
    "@"
    "`"
    "? "
    "<<: "
    "---\n"
    "...\n"
    "\r"
    "\000"
    "\uFEFF"
    "\uD800"
    "\u2028"
    "\U0001F600"
    "~"
    "null"
    "true"
    ".inf"
    ".nan"
    "-1"
    "0"
    "1e999"
    "99999999999999999999"
    "0x"
    "\\u12"
    "\"\\x"
    "\\"
    "none"
    "full"
    "mlp"
    "digits"
    "layers"
    "final"
    "seed: "
    "jacobian:\n  at: [0]\n"
    "threads: 3\n"
    "2147483647"
    "-2147483648"
    "%YAML 1.9\n"
    "%TAG ! x\n"
|]

let private mutate (random: Random) (text: string) =
    let at = random.Next(text.Length + 1)

    match random.Next 6 with
    | 0 -> text.Insert(at, pieces[random.Next pieces.Length])
    | 1 -> text.Remove(at, min (random.Next 12) (text.Length - at))
    | 2 ->
        let length = min (random.Next 30) (text.Length - at)
        text.Insert(random.Next(text.Length + 1), text.Substring(at, length))
    | 3 ->
        let lines = text.Split '\n'
        random.Shuffle lines
        String.Join("\n", lines)
    | 4 when at < text.Length -> text.Remove(at, 1).Insert(at, string (char (random.Next(1, 256))))
    | _ -> text.Substring(0, at) + pieces[random.Next pieces.Length] + text.Substring at

/// Either a plan that survives its JSON, or errors that stand inside their sources.
let private isSound (compilation: Compilation) =
    match compilation.Experiment with
    | null ->
        let lines =
            dict [
                for source in compilation.Sources ->
                    source.Name, (Spectral.Dsl.Source.create source.Name source.Text).Starts.Length
            ]

        compilation.Diagnostics.Length > 0
        && compilation.Diagnostics
           |> Seq.forall (fun diagnostic ->
               match diagnostic.Span with
               | null -> false
               | span -> span.Line >= 1 && span.Column >= 1 && span.EndLine <= lines[span.Source])
    | experiment ->
        let bytes = PlanJson.Serialize(experiment.Plan, Catalog.Components)
        let again = PlanJson.Parse(ReadOnlySpan bytes, Catalog.Components)

        compilation.Diagnostics.IsEmpty
        && PlanJson.Hash(again, Catalog.Components) = hash compilation

[<Fact>]
let ``3,000 mutated specs compile or say why not, never throw, and take little time`` () =
    let random = Random 20260519
    let clock = Stopwatch.StartNew()
    let mutable compiled = 0

    for _ in 1..3_000 do
        let text =
            Seq.fold (fun text _ -> mutate random text) valid (seq { 1 .. random.Next(1, 6) })

        let compilation = compile text
        Assert.True(isSound compilation, text)

        if not (isNull compilation.Experiment) then
            compiled <- compiled + 1

    // Some mutations only touch comments and white space, most break something.
    Assert.InRange(compiled, 1, 1_500)
    Assert.True(clock.Elapsed < TimeSpan.FromMinutes 1.0, $"{clock.Elapsed}")

[<Fact>]
let ``1,000 mutated sweeps become points or errors in little time`` () =
    let random = Random 11
    let clock = Stopwatch.StartNew()

    let sweep =
        "sweep:\n  noise.uniform: {from: 0, to: 0.5, step: 0.25}\n  cutoff: [{rank: 3}, {energy: 0.9}]\n  zip: {seed: [1, 2], "
        + "threads: [1, 2]}\n  random: {count: 2, over: {training.epochs: {from: 1, to: 9, step: 2}}}\n  exclude: [{seed: 2}]\n"

    let mutable points = 0

    for _ in 1..1_000 do
        let text =
            Seq.fold (fun text _ -> mutate random text) sweep (seq { 1 .. random.Next(1, 3) })

        let compilation = compile (valid + text)
        points <- points + compilation.Experiments.Length

        let isError (diagnostic: Diagnostic) = diagnostic.Severity = Severity.Error
        Assert.Equal(compilation.Experiments.IsEmpty, Seq.exists isError compilation.Diagnostics)

    Assert.True(points > 100)
    Assert.True(clock.Elapsed < TimeSpan.FromMinutes 1.0, $"{clock.Elapsed}")

[<Fact>]
let ``1,000 mutated overrides never throw`` () =
    let random = Random 7

    let overrides = [|
        "dataset.digits.train=100"
        "network.mlp.hidden.0=8"
        "noise.uniform={rate: 0.5}"
        "seed.init=5"
        "jacobian.at=[initial, 3]"
        "analyses.0.label_alignment={}"
        "training.optimizer.sgd.momentum=0.5"
    |]

    for _ in 1..1_000 do
        let change = mutate random (mutate random overrides[random.Next overrides.Length])
        Assert.True(isSound (compileWith [ "seed=3"; change ] valid), change)

[<Fact>]
let ``texts made to be slow take little time`` () =
    let many = 90_000

    let texts = [
        String('[', 500_000)
        String.replicate 250_000 "- "
        String.replicate 250_000 "a:"
        "x: [" + String.replicate many "1," + "]"
        valid + "analyses: [" + String.replicate 40_000 "label_alignment," + "]\n"
        valid + "jacobian: {at: [" + String.Join(",", seq { 1..many }) + "]}\n"
        valid + String.Join("\n", seq { for n in 1..40_000 -> $"key{n}: 1" })
        valid.Replace("[8]", "[" + String.Join(",", Seq.replicate 20_000 "1") + "]")
        valid.Replace("seed: 1", "seed: 0x" + String('F', 900_000))
        valid.Replace("seed: 1", "seed: " + String('9', 900_000))
        String.replicate 1_000_000 "\""
    ]

    for text in texts do
        let clock = Stopwatch.StartNew()
        let compilation = compile text
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds 20.0, $"{clock.Elapsed}: {text[..200]}")
        Assert.True(isSound compilation || compilation.Diagnostics.IsEmpty, text[..200])
