module Spectral.Dsl.Tests.DiagnosticTests

open System
open System.Collections.Immutable
open System.Text
open Xunit
open Spectral.Core.Augmentations
open Spectral.Core.Plans
open Spectral.Dsl
open Spectral.Dsl.Tests.Samples

let private cases =
    BrokenYaml.cases
    @ BrokenStructure.cases
    @ BrokenComponents.cases
    @ BrokenSizes.cases
    @ BrokenTraining.cases
    @ BrokenOverrides.cases
    @ BrokenVerify.cases
    @ BrokenResources.cases
    @ BrokenSweeps.cases
    @ NotYetSupported.cases

let titles: TheoryData<string> = TheoryData<string>(cases |> Seq.map _.Title)

[<Theory; MemberData(nameof titles)>]
let ``a broken spec gets exactly these diagnostics`` (title: string) =
    let case = cases |> List.find (fun case -> case.Title = title)
    let compilation = compileChange case.Change
    Assert.Equal<string list>(case.Expected, rendered compilation)
    Assert.Null compilation.Experiment

[<Fact>]
let ``every case has a title of its own`` () =
    Assert.Equal(cases.Length, cases |> List.distinctBy _.Title |> List.length)

[<Fact>]
let ``every code has a case`` () =
    // Files, scripts, points and what is no error have tests of their own; no member of the Catalog is large, empty or flat enough for the others.
    let elsewhere = [
        "SP0001"
        "SP0002"
        "SP0003"
        "SP0004"
        "SP0308"
        "SP0309"
        "SP0313"
        "SP0320"
        "SP0507"
        "SP0508"
        "SP0509"
        "SP0601"
        "SP0602"
        "SP0603"
        "SP0604"
        "SP0701"
        "SP0702"
        "SP0703"
        "SP0704"
    ]

    let missing =
        Codes.all
        |> List.map (fun (code, _, _) -> code)
        |> List.filter (fun code ->
            not (List.contains code elsewhere)
            && cases
               |> List.forall (fun case -> case.Expected |> List.forall (fun line -> not (line.Contains code))))

    Assert.Empty missing

[<Theory>]
[<InlineData("mlp:", "mpl:", "Did you mean 'mlp'?")>]
[<InlineData("hidden:", "hiden:", "Did you mean 'hidden'?")>]
[<InlineData("seed:", "sede:", "Did you mean 'seed'?")>]
[<InlineData("cutoff:", "Cutoff:", "Did you mean 'cutoff'?")>]
[<InlineData("batch_mean", "batchmean", "Did you mean 'batch_mean'?")>]
[<InlineData("0.25", "'0.25'", "Write 0.25 without quotes.")>]
[<InlineData("batch_size: full", "batch_size: 1_6", "Write 16: YAML 1.2 knows no underscores in numbers.")>]
[<InlineData("name: quickstart", "name: 2024", "Put it in quotes: '2024'.")>]
[<InlineData("tanh", "{dense: 8, bias: yes}", "Indent the settings under their kind.")>]
[<InlineData("batch_size: full", "batch_size: 64", "Write `full` to take them all.")>]
let ``help says what to do`` (found: string) (replacement: string) (help: string) =
    let diagnostics = (compileChange (Replace(found, replacement))).Diagnostics
    Assert.Contains(help, diagnostics |> Seq.choose (fun diagnostic -> Option.ofObj diagnostic.Help))

[<Fact>]
let ``no message is longer than a screen however long the offending text`` () =
    let long = String('x', 10_000)

    for change in
        [
            Replace("quickstart", $"'{long}'")
            Replace("mlp", long)
            Replace("0.25", long)
            Append $"{long}: 1\n"
            Override [ $"{long}=1" ]
        ] do
        let compilation = compileChange change
        Assert.NotEmpty compilation.Diagnostics
        Assert.All(compilation.Diagnostics, fun diagnostic -> Assert.True(diagnostic.Message.Length < 300))

[<Fact>]
let ``messages are one sentence without a full stop`` () =
    for case in cases do
        for diagnostic in (compileChange case.Change).Diagnostics do
            Assert.False(diagnostic.Message.EndsWith '.')
            Assert.DoesNotContain("\n", diagnostic.Message)
            Assert.Equal(Severity.Error, diagnostic.Severity)

[<Fact>]
let ``a Jacobian whose shorter side is too long says how long it may be`` () =
    let at = SourceSpan("exp.yaml", 4, 3, 4, 9)

    let jacobian method = {
        At = None
        Splits = None
        Examples = []
        Parameters = AllParameters
        Precision = None
        Top = None
        Method = Some { It = method; At = at }
    }

    let sizeOf method elements =
        ShapeCheck.size (Some(jacobian method)) at "train" 10_000L 10L [
            {
                Name = "1.weight"
                Role = ParameterRole.Weight
                Elements = elements
                Pair = elements
            }
        ]

    Assert.True(Result.isOk (sizeOf "direct" 32_766.0))
    Assert.True(Result.isOk (sizeOf "auto" 32_767.0))
    Assert.True(Result.isOk (sizeOf "gram" 32_767.0))

    match sizeOf "tsqr" 10.0 with
    | Ok _ -> Assert.Fail "expected a diagnostic"
    | Error problems ->
        let expected =
            "exp.yaml:4:3 SP0308 the train Jacobian is 100000 x 10, expected 23000 rows or less"

        Assert.Equal<string list>([ expected ], List.map render problems)

    match sizeOf "direct" 32_767.0 with
    | Ok _ -> Assert.Fail "expected a diagnostic"
    | Error problems ->
        let expected =
            "exp.yaml:4:3 SP0308 the train Jacobian is 100000 x 32767, expected a shorter side of 32766 or less"

        Assert.Equal<string list>([ expected ], List.map render problems)

[<Fact>]
let ``an augmentation of images does not take features`` () =
    let at = SourceSpan("exp.yaml", 4, 3, 4, 9)

    let crop: Bound<Augmentation> = {
        It = RandomCrop 4
        At = at
        Setting = at
        Parts = []
    }

    Assert.True(Result.isOk (TrainingCheck.augment (Shape(ImmutableArray.Create(3, 32, 32))) [ crop; crop ]))

    match TrainingCheck.augment (Shape(ImmutableArray.Create 64)) [ crop ] with
    | Ok() -> Assert.Fail "expected a diagnostic"
    | Error problems ->
        let expected =
            "exp.yaml:4:3 SP0320 training.augment expects images [channels, height, width], got [64]"

        Assert.Equal<string list>([ expected ], List.map render problems)

[<Fact>]
let ``siblings accumulate and phases stop`` () =
    let problem message =
        Validation.fail (Diagnostics.unplaced WrongValue message null)

    let siblings =
        Validation.validation {
            let! first = (problem "a": Validation<int>)
            and! second = (problem "b": Validation<int>)
            return first + second
        }

    let phases =
        Validation.validation {
            let! first = (problem "a": Validation<int>)
            let! second = (problem "b": Validation<int>)
            return first + second
        }

    let messages found =
        match found with
        | Ok _ -> []
        | Error(problems: Diagnostic list) -> problems |> List.map _.Message

    Assert.Equal<string list>([ "a"; "b" ], messages siblings)
    Assert.Equal<string list>([ "a" ], messages phases)

[<Fact>]
let ``diagnostics stand in the order of the source`` () =
    let text =
        StringBuilder().Append("threads: 0\n").Append(valid).Append("zebra: 1\nseed: -1\n").ToString()

    let lines =
        (compile (text.Replace("seed: 1\n", ""))).Diagnostics
        |> Seq.map _.Span
        |> Seq.choose Option.ofObj

    let lines = lines |> Seq.map _.Line |> List.ofSeq
    Assert.Equal<int list>([ 1; 15; 16 ], lines)
