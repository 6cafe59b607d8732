module Spectral.Dsl.Tests.VerifyTests

open Xunit
open Spectral.Core.Results
open Spectral.Dsl.Tests.Samples

let private tolerances text =
    match (compile (valid + text)).Experiment with
    | null -> failwith $"no experiment of {text}"
    | experiment -> experiment.Tolerances

[<Fact>]
let ``tolerances reach the experiment, and what is left out is standard`` () =
    Assert.Null(tolerances "")
    Assert.Equal(Tolerances.Standard, tolerances "verify: {}\n")

    Assert.Equal(
        Tolerances(1e-10, 1e-5, ValueTolerance(1e-9, 1e-4), ArrayTolerance(0.5, 1e-4), 2),
        tolerances
            "verify: {spectra: 1e-10, subspaces: 1e-5, values: {relative: 1e-4}, arrays: {float64: 0.5}, counts: 2}\n"
    )

[<Fact>]
let ``an override sets a tolerance`` () =
    let compilation =
        compileWith [ "verify.counts=3"; "verify.values.absolute=1" ] valid

    match compilation.Experiment with
    | null -> failwith "no experiment"
    | experiment ->
        Assert.Equal(3, (nonNull experiment.Tolerances).Counts)
        Assert.Equal(1.0, (nonNull experiment.Tolerances).Values.Absolute)

[<Fact>]
let ``tolerances never change the plan hash`` () =
    Assert.Equal<string>(
        hash (compile valid),
        hash (compile (valid + "verify: {spectra: 1e-3, counts: 7, arrays: {float32: 1}}\n"))
    )
