module Spectral.Dsl.Tests.SelectionTests

open Xunit
open Spectral.Core
open Spectral.Core.Execution
open Spectral.Core.Plans
open Spectral.Dsl.Tests.Samples

let private patterns (selection: ParameterSelection) = List.ofSeq selection.Patterns

[<Fact>]
let ``patterns arrive in the plan in one order and survive its JSON`` () =
    let text = "trainable: ['3.*', 1.weight]\njacobian: {parameters: 3.bias}\n"
    let first = plan (compile (valid + text))
    Assert.Equal<string list>([ "1.weight"; "3.*" ], patterns first.Trainable)
    Assert.Equal<string list>([ "3.bias" ], patterns first.Jacobian.Parameters)

    let second =
        PlanJson.Parse(PlanJson.Serialize(first, Catalog.Components), Catalog.Components)

    Assert.Equal<string list>(patterns first.Trainable, patterns second.Trainable)
    Assert.Equal(hash (compile (valid + text)), PlanJson.Hash(second, Catalog.Components))

    Assert.Equal(
        hash (compile (valid + text)),
        hash (compile (valid + text.Replace("'3.*', 1.weight", "1.weight, '3.*'")))
    )

[<Theory>]
[<InlineData("", 547L)>]
[<InlineData("trainable: all\njacobian: {parameters: all}\n", 547L)>]
[<InlineData("trainable: ['*']\n", 547L)>]
[<InlineData("trainable: '3.*'\n", 27L)>]
[<InlineData("jacobian: {parameters: ['?.bias']}\n", 11L)>]
[<InlineData("trainable: 1.*\njacobian: {parameters: 3.weight}\n", 24L)>]
let ``p is counted as the runner counts it`` (text: string) (columns: int64) =
    let plan = plan (compile (valid + text))
    Assert.Equal(columns, NetworkLayout.Of(plan).ColumnCount plan)
    // The compiler's own count decides which ranks are refused.
    let rank = $"cutoff: {{rank: {min columns 90L + 1L}}}"

    let found =
        rendered (compile (valid.Replace("cutoff: {relative: 0.1}", rank) + text))
        |> List.filter _.Contains("the test Jacobian")

    let message = Assert.Single found
    Assert.EndsWith($"the test Jacobian is 90 x {columns}", message)

[<Fact>]
let ``a near name is suggested and otherwise the names are listed`` () =
    let help pattern =
        (compile (valid + $"trainable: {pattern}\n")).Diagnostics
        |> Seq.choose (fun diagnostic -> Option.ofObj diagnostic.Help)
        |> List.ofSeq

    Assert.Equal<string list>([ "Did you mean '1.weight'?" ], help "1.weigth")

    Assert.Equal<string list>([ "The parameters are 1.weight, 1.bias, 3.weight, 3.bias." ], help "layer1.0.conv1.*")
