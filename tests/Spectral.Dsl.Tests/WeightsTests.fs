module Spectral.Dsl.Tests.WeightsTests

open System
open System.Collections.Immutable
open System.IO
open Xunit
open Spectral.Core
open Spectral.Core.Formats
open Spectral.Core.Plans
open Spectral.Dsl
open Spectral.Dsl.Tests.Samples

let private tensor (name: string) dtype (shape: int64 list) (value: float) =
    let count = shape |> List.fold (*) 1L |> int

    let bytes =
        Array.init count (fun _ ->
            if dtype = "F64" then
                BitConverter.GetBytes value
            else
                BitConverter.GetBytes(float32 value))
        |> Array.concat

    SafetensorsTensor(name, dtype, ImmutableArray.CreateRange shape, ReadOnlyMemory bytes)

let private weights dtype value = [
    tensor "1.weight" dtype [ 8L; 64L ] value
    tensor "1.bias" dtype [ 8L ] 0.0
    tensor "3.weight" dtype [ 3L; 8L ] value
    tensor "3.bias" dtype [ 3L ] 0.0
]

let private training =
    "training:\n  loss: {squared_error: batch_mean}\n  optimizer: {sgd: {learning_rate: 0.1}}\n  batch_size: full\n  epochs: 20\n"

/// Compiles a spec that lies in a folder with files of weights; diagnostics name it SPEC.
let private inFolder (files: (string * SafetensorsTensor list) list) (text: string) check =
    let folder = Directory.CreateTempSubdirectory "spectral-dsl-"

    try
        for name, tensors in files do
            File.WriteAllBytes(Path.Combine(folder.FullName, name), Safetensors.Serialize tensors)

        let path = Path.Combine(folder.FullName, "exp.yaml")
        File.WriteAllText(path, text)
        let compilation = Compiler.Compile(path, [||])
        check folder.FullName compilation (rendered compilation |> List.map _.Replace(path, "SPEC"))
    finally
        folder.Delete true

let private digest folder name =
    ContentHash.Sha256OfFile(Path.Combine(folder, name))

[<Fact>]
let ``the plan holds the digest of initial weights and the experiment their place`` () =
    inFolder
        [ "w.safetensors", weights "F32" 0.5 ]
        (valid + "initial: {weights: w.safetensors}\n")
        (fun folder compilation found ->
            Assert.Empty found
            let digest = digest folder "w.safetensors"
            let plan = plan compilation
            Assert.Equal(digest, plan.InitialWeights)
            Assert.Equal(Path.Combine(folder, "w.safetensors"), (nonNull compilation.Experiment).Inputs[digest])
            let bytes = PlanJson.Serialize(plan, Catalog.Components)
            Assert.Equal(digest, PlanJson.Parse(bytes, Catalog.Components).InitialWeights)
            Assert.DoesNotContain("w.safetensors", Text.Encoding.UTF8.GetString bytes))

[<Fact>]
let ``equal bytes under another name are the same plan and other bytes are not`` () =
    let hashOf name value =
        inFolder [ name, weights "F32" value ] (valid + $"initial: {{weights: {name}}}\n") (fun _ compilation _ ->
            hash compilation)

    Assert.Equal(hashOf "a.safetensors" 0.5, hashOf "b" 0.5)
    Assert.NotEqual<string>(hashOf "a" 0.5, hashOf "a" 0.25)
    Assert.NotEqual<string>(hash (compile valid), hashOf "a" 0.5)

[<Fact>]
let ``weights from elsewhere are the checkpoints by increasing epoch`` () =
    let text =
        valid.Replace(
            training,
            "training: none\nweights: [{file: late, epoch: 30}, {file: early, epoch: 4}, {file: early, epoch: 9}]\n"
        )

    inFolder [ "late", weights "F64" 0.5; "early", weights "F32" 0.25 ] text (fun folder compilation found ->
        Assert.Empty found
        let plan = plan compilation

        Assert.Equal<(int * string) list>(
            [ 4, digest folder "early"; 9, digest folder "early"; 30, digest folder "late" ],
            [ for given in plan.Weights -> given.Epoch, given.Sha256 ]
        )

        Assert.Equal<(string * int) list>(
            [ "4", 4; "9", 9; "30", 30 ],
            [
                for checkpoint in plan.Jacobian.At -> checkpoint.Name, checkpoint.Epoch.GetValueOrDefault -1
            ]
        )

        Assert.Equal(0, plan.Training.Epochs)
        Assert.Equal(Precision.Float64, plan.Training.Precision)
        Assert.Equal(2, (nonNull compilation.Experiment).Inputs.Count)

        let again =
            PlanJson.Parse(PlanJson.Serialize(plan, Catalog.Components), Catalog.Components)

        Assert.Equal(PlanJson.Hash(plan, Catalog.Components), PlanJson.Hash(again, Catalog.Components)))

[<Fact>]
let ``weights with a loss of their own are training for 0 epochs`` () =
    let text =
        valid.Replace("epochs: 20", "epochs: 0") + "weights: {file: w, epoch: 7}\n"

    inFolder [ "w", weights "F32" 0.5 ] text (fun _ compilation found ->
        Assert.Empty found
        Assert.Equal(Precision.Float32, (plan compilation).Training.Precision)
        Assert.Equal(7, (Assert.Single (plan compilation).Weights).Epoch))

[<Fact>]
let ``a file of another network is refused with what is wrong in it`` () =
    let wrong = [
        tensor "1.weight" "F32" [ 64L; 8L ] 0.5
        SafetensorsTensor("1.bias", "I64", [| 8L |].ToImmutableArray(), ReadOnlyMemory(Array.zeroCreate 64))
        tensor "3.weight" "F32" [ 3L; 8L ] nan
        tensor "5.weight" "F32" [ 1L ] 0.0
    ]

    inFolder [ "w", wrong ] (valid + "initial: {weights: w}\n") (fun _ _ found ->
        Assert.Equal<string list>(
            [
                "SPEC:15:20 SP0313 initial.weights expects this network's weights, got 'w' with 1.weight of shape [64, 8] instead of [8, 64], "
                + "1.bias of type I64 instead of F32 or F64, 3.weight with numbers that are not finite, no 3.bias, "
                + "5.weight, which the network does not have"
            ],
            found
        ))

[<Fact>]
let ``PyTorch's count of batches is passed over`` () =
    let count =
        SafetensorsTensor("2.num_batches_tracked", "I64", [||].ToImmutableArray(), ReadOnlyMemory(Array.zeroCreate 8))

    inFolder [ "w", count :: weights "F32" 0.5 ] (valid + "initial: {weights: w}\n") (fun _ _ found ->
        Assert.Empty found)

[<Fact>]
let ``a folder, a text and a cut file are no weights`` () =
    let problem (prepare: string -> unit) =
        let folder = Directory.CreateTempSubdirectory "spectral-dsl-"

        try
            let path = Path.Combine(folder.FullName, "exp.yaml")
            File.WriteAllText(path, valid + "initial: {weights: w}\n")
            prepare (Path.Combine(folder.FullName, "w"))
            (Assert.Single (Compiler.Compile(path, [||])).Diagnostics).Code
        finally
            folder.Delete true

    Assert.Equal("SP0312", problem ignore)
    Assert.Equal("SP0312", problem (fun path -> Directory.CreateDirectory path |> ignore))
    Assert.Equal("SP0312", problem (fun path -> File.WriteAllText(path, "weights")))
    Assert.Equal("SP0312", problem (fun path -> File.WriteAllText(path, "")))

    Assert.Equal(
        "SP0312",
        problem (fun path -> File.WriteAllBytes(path, (Safetensors.Serialize(weights "F32" 0.5))[..200]))
    )
