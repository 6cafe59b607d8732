module Spectral.Dsl.Tests.OverrideTests

open Xunit
open Spectral.Core.Plans
open Spectral.Dsl.Tests.Samples

let private layers = "layers: [flatten, {dense: {outputs: 4}}, tanh, {dense: 3}]"

[<Theory>]
[<InlineData("dataset.digits.train=100", "train: 60", "train: 100")>]
[<InlineData("noise.uniform=0.5", "0.25", "0.5")>]
[<InlineData("noise.uniform.rate=0.5", "0.25", "0.5")>]
[<InlineData("noise=none", "{uniform: 0.25}", "none")>]
[<InlineData("noise={uniform: 0.5}", "0.25", "0.5")>]
[<InlineData("noise.none={}", "{uniform: 0.25}", "none")>]
[<InlineData("network.mlp.hidden=[16, 8]", "[8]", "[16, 8]")>]
[<InlineData("network.mlp.hidden=8", "[8]", "[8]")>]
[<InlineData("network.mlp.hidden.0=9", "[8]", "[9]")>]
[<InlineData("network.mlp.activation=relu", "tanh", "relu")>]
[<InlineData("network.mlp.initialization.normal=2", "tanh", "tanh, initialization: {normal: 2}")>]
[<InlineData("network.mlp.initialization.normal.gain=2",
             "activation: tanh",
             "activation: tanh, initialization: {normal: 2}")>]
[<InlineData("training.optimizer.sgd.momentum=0.9", "{learning_rate: 0.1}", "{learning_rate: 0.1, momentum: 0.9}")>]
[<InlineData("training.loss.squared_error=sum", "batch_mean", "sum")>]
[<InlineData("training.epochs= 5 ", "epochs: 20", "epochs: 5")>]
[<InlineData("cutoff.rank=3", "relative: 0.1", "rank: 3")>]
[<InlineData("cutoff.energy.fraction=0.9", "relative: 0.1", "energy: 0.9")>]
[<InlineData("seed=5", "seed: 1", "seed: 5")>]
[<InlineData("seed.init=5", "seed: 1", "seed: {root: 1, init: 5}")>]
[<InlineData("seed.root=5", "seed: 1", "seed: 5")>]
[<InlineData("jacobian.at=[final]", "cutoff:", "jacobian: {at: final}\ncutoff:")>]
[<InlineData("analyses=[]", "cutoff:", "analyses: []\ncutoff:")>]
[<InlineData("description='a = b'", "cutoff:", "cutoff:")>]
let ``an override is the same as writing it in the spec`` (change: string) (found: string) (replacement: string) =
    Assert.Equal(hashOf [ found, replacement ], hash (compileWith [ change ] valid))

[<Theory>]
[<InlineData("network.layers.sequence.1.dense.outputs=5", "outputs: 4", "outputs: 5")>]
[<InlineData("network.layers.1.dense.outputs=5", "outputs: 4", "outputs: 5")>]
[<InlineData("network.layers.1.dense=5", "{dense: {outputs: 4}}", "{dense: 5}")>]
[<InlineData("network.layers.3.dense.bias=false", "{dense: 3}", "{dense: {outputs: 3, bias: false}}")>]
[<InlineData("network.layers.2=relu", "tanh", "relu")>]
[<InlineData("network.layers.2.softplus={}", "tanh", "softplus")>]
let ``a path goes through a lone list and into its items`` (change: string) (found: string) (replacement: string) =
    let spec = valid.Replace("mlp: {hidden: [8], activation: tanh}", layers)
    Assert.Equal(hash (compile (spec.Replace(found, replacement))), hash (compileWith [ change ] spec))

[<Fact>]
let ``a lone scalar keeps its meaning when a path goes beside it`` () =
    let spec = valid.Replace("{sgd: {learning_rate: 0.1}}", "{sgd: 0.1}")

    Assert.Equal(
        hashOf [ "{learning_rate: 0.1}", "{learning_rate: 0.1, momentum: 0.5}" ],
        hash (compileWith [ "training.optimizer.sgd.momentum=0.5" ] spec)
    )

[<Fact>]
let ``a bare kind expands when a path goes into it`` () =
    let spec =
        valid.Replace("activation: tanh", "activation: tanh, initialization: normal")

    Assert.Equal(
        hashOf [ "activation: tanh", "activation: tanh, initialization: {normal: 3}" ],
        hash (compileWith [ "network.mlp.initialization.normal.gain=3" ] spec)
    )

[<Fact>]
let ``a lone analysis is the first item of its list`` () =
    Assert.Equal(
        hashOf [ "cutoff:", "analyses: residual_energy\ncutoff:" ],
        hash (compileWith [ "analyses.0=residual_energy" ] (valid + "analyses: label_alignment\n"))
    )

[<Fact>]
let ``of two overrides of one place the last holds, and they build on one another`` () =
    Assert.Equal(hashOf [ "seed: 1", "seed: 3" ], hash (compileWith [ "seed=2"; "seed=3" ] valid))

    Assert.Equal(
        hashOf [ "relative: 0.1", "energy: 0.9" ],
        hash (compileWith [ "cutoff={energy: 0.5}"; "cutoff.energy.fraction=0.9" ] valid)
    )

[<Fact>]
let ``an override names the experiment without changing its plan`` () =
    let compilation = compileWith [ "name=other" ] valid
    Assert.Equal("other", (nonNull compilation.Experiment).Name)
    Assert.Equal(hash (compile valid), hash compilation)

[<Fact>]
let ``every override is a source of its own`` () =
    let sources = (compileWith [ "seed=2"; "name=b" ] valid).Sources
    Assert.Equal(SourceText("<-S #2>", "name=b", false), sources[2])
    Assert.Equal(3, sources.Length)
