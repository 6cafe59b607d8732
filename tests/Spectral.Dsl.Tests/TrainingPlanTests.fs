module Spectral.Dsl.Tests.TrainingPlanTests

open System
open Xunit
open Spectral.Core
open Spectral.Core.Execution
open Spectral.Core.Plans
open Spectral.Dsl.Tests.Samples

let private changed (changes: (string * string) list) =
    changes
    |> List.fold (fun (text: string) (found, replacement) -> text.Replace(found, replacement)) valid
    |> compile

let private trained text =
    changed [ "epochs: 20", "epochs: 20\n  " + text ]

let private json (key: string) compilation =
    let written = PlanJson.Write(plan compilation, Catalog.Components)
    let training: System.Text.Json.Nodes.JsonNode = nonNull written["training"]
    (nonNull training[key]).ToJsonString()

let private at (text: string) changes =
    changed (("cutoff:", $"jacobian: {{at: {text}}}\ncutoff:") :: changes)

let private checkpointJson compilation =
    let written = PlanJson.Write(plan compilation, Catalog.Components)
    let jacobian: System.Text.Json.Nodes.JsonNode = nonNull written["jacobian"]
    (nonNull jacobian["at"]).ToJsonString()

[<Theory>]
[<InlineData("schedule: {step: {at: 7}}", "schedule", """{"step":{"at":[7],"factor":0.1}}""")>]
[<InlineData("schedule: {cosine: 20}", "schedule", """{"cosine":{"to":20,"floor":0}}""")>]
[<InlineData("schedule: {warmup: 5}", "schedule", """{"warmup":{"epochs":5,"then":{"constant":{}}}}""")>]
[<InlineData("schedule: {warmup: {epochs: 2, then: {cosine: {to: 9, floor: .5}}}}",
             "schedule",
             """{"warmup":{"epochs":2,"then":{"cosine":{"to":9,"floor":0.5}}}}""")>]
[<InlineData("augment: [{random_crop: 4}, horizontal_flip]",
             "augment",
             """[{"random_crop":{"padding":4}},{"horizontal_flip":{"probability":0.5}}]""")>]
[<InlineData("augment: horizontal_flip", "augment", """[{"horizontal_flip":{"probability":0.5}}]""")>]
[<InlineData("clip_gradient_norm: 2", "clip_gradient_norm", "2")>]
[<InlineData("clip_gradient_norm: none", "clip_gradient_norm", "\"none\"")>]
[<InlineData("stop: {best_test: 3}", "stop", """{"best_test":{"patience":3}}""")>]
[<InlineData("evaluate_every: 4", "evaluate_every", "4")>]
[<InlineData("evaluate_every: 4", "record_outputs_every", "4")>]
[<InlineData("evaluate_every: 2\n  record_outputs_every: 6", "record_outputs_every", "6")>]
[<InlineData("stop: {spectral: {gamma: 4}}", "stop", """{"spectral":{"gamma":4}}""")>]
let ``what training is told arrives in the plan's JSON`` (text: string) (key: string) (expected: string) =
    Assert.Equal(expected, json key (trained text))

[<Theory>]
[<InlineData("30", """{"train":30}""")>]
[<InlineData("7", """{"test":7,"train":7}""")>]
[<InlineData("{test: 7}", """{"test":7}""")>]
let ``a Jacobian of fewer examples says so by split`` (examples: string) (expected: string) =
    let compilation =
        changed [ "cutoff:", $"jacobian: {{examples: {examples}}}\ncutoff:" ]

    let written = PlanJson.Write(plan compilation, Catalog.Components)
    let jacobian: System.Text.Json.Nodes.JsonNode = nonNull written["jacobian"]
    Assert.Equal(expected, (nonNull jacobian["examples"]).ToJsonString())

[<Fact>]
let ``what is the same as a default leaves the plan hash alone`` () =
    let plain = hash (changed [])
    Assert.Equal(plain, hash (trained "evaluate_every: 1"))
    Assert.Equal(plain, hash (changed [ "cutoff:", "jacobian: {examples: {train: 60, test: 30}}\ncutoff:" ]))
    Assert.NotEqual<string>(plain, hash (changed [ "cutoff:", "jacobian: {examples: {train: 59}}\ncutoff:" ]))

[<Fact>]
let ``optimizers have PyTorch's defaults`` () =
    let optimizer text =
        json "optimizer" (changed [ "{sgd: {learning_rate: 0.1}}", text ])

    Assert.Equal(
        """{"adam":{"learning_rate":0.001,"beta1":0.9,"beta2":0.999,"epsilon":1E-08,"weight_decay":0}}""",
        optimizer "adam"
    )

    Assert.Equal(
        """{"adamw":{"learning_rate":0.5,"beta1":0.9,"beta2":0.999,"epsilon":1E-08,"weight_decay":0.01}}""",
        optimizer "{adamw: 0.5}"
    )

[<Theory>]
[<InlineData("step 7", """[{"name":"step-7","step":7}]""")>]
[<InlineData("[best_test, final, step 3, initial]",
             """[{"name":"initial","epoch":0},{"name":"step-3","step":3},{"name":"final","epoch":20},{"name":"best-test","best_of":"test"}]""")>]
[<InlineData("{log_spaced: 3}", """[{"name":"1","epoch":1},{"name":"4","epoch":4},{"name":"20","epoch":20}]""")>]
[<InlineData("[final, 4, {log_spaced: 3}]",
             """[{"name":"1","epoch":1},{"name":"4","epoch":4},{"name":"final","epoch":20}]""")>]
let ``checkpoints stand in the order of training`` (text: string) (expected: string) =
    Assert.Equal(expected, checkpointJson (at text []))

[<Fact>]
let ``many log-spaced checkpoints are each epoch once`` () =
    let names = [ for one in (plan (at "{log_spaced: 1000}" [])).Jacobian.At -> one.Name ]
    Assert.Equal<string list>([ for epoch in 1..20 -> string epoch ], names)

[<Fact>]
let ``the best validation epoch needs a validation split`` () =
    let compilation = at "best_validation" [ "test: 30}", "test: 30, validation: 30}" ]
    Assert.Equal("""[{"name":"best-validation","best_of":"validation"}]""", checkpointJson compilation)

[<Fact>]
let ``every kind of checkpoint survives the way through the plan's JSON`` () =
    let first = plan (at "[initial, 3, step 50, best_test, final]" [ "full", "16" ])
    let bytes = PlanJson.Serialize(first, Catalog.Components)
    let second = PlanJson.Parse(ReadOnlySpan bytes, Catalog.Components)
    Assert.Equal<Checkpoint list>(List.ofSeq first.Jacobian.At, List.ofSeq second.Jacobian.At)

[<Theory>]
[<InlineData("epochs: 20", "epochs: 20\n  schedule: {cosine: 20}")>]
[<InlineData("epochs: 20", "epochs: 20\n  augment: horizontal_flip")>]
[<InlineData("epochs: 20", "epochs: 20\n  clip_gradient_norm: 1")>]
[<InlineData("epochs: 20", "epochs: 20\n  stop: {best_test: 3}")>]
[<InlineData("{sgd: {learning_rate: 0.1}}", "{adam: {learning_rate: 0.1}}")>]
[<InlineData("squared_error", "cross_entropy")>]
let ``what changes training changes no key before it`` (found: string) (replacement: string) =
    let keys compilation = [
        for stage in StageKeys.Of(plan compilation, Catalog.Components) -> stage.Stage, stage.Key
    ]

    let before, after = keys (compile valid), keys (changed [ found, replacement ])
    Assert.Equal<string list>(List.map fst before, List.map fst after)

    Assert.Equal<(string * string) list>(List.truncate 3 before, List.truncate 3 after)

    List.zip before after
    |> List.skip 3
    |> List.iter (fun (one, other) -> Assert.NotEqual(one, other))

[<Fact>]
let ``a stopping time by the spectrum puts that spectrum and the cutoff before training`` () =
    let keys (cutoff: string) =
        let compilation =
            changed [ "epochs: 20", "epochs: 20\n  stop: {spectral: 2}"; "{relative: 0.1}", cutoff ]

        Map [
            for stage in StageKeys.Of(plan compilation, Catalog.Components) -> stage.Stage, stage.Key
        ]

    let before, after = keys "{relative: 0.1}", keys "{relative: 0.2}"
    Assert.Equal(before["network"], after["network"])
    Assert.NotEqual<string>(before["initial_spectrum"], after["initial_spectrum"])
    Assert.NotEqual<string>(before["training"], after["training"])
