namespace Spectral.Dsl

open Spectral.Core.Components
open Spectral.Core.Plans

/// The keys of a spec outside its components: what `describe` explains and the JSON schema holds. A test compares them
/// with what the parsers take.
module internal SpecKeys =

    open KeyForms

    let private stream name =
        let meaning =
            match name with
            | "data" -> "chosen examples and synthetic data"
            | "noise" -> "corrupted labels"
            | "init" -> "initial weights"
            | "batches" -> "the order of examples in every epoch"
            | other -> other

        optional name seedNumber "root" "" $"The stream of {meaning}." $"{name}: 7"

    let private seeds =
        required "root" seedNumber "" "The seed of every stream that has none of its own." "root: 1"
        :: [ for name in Seeds.StreamNames -> stream name ]

    /// The keys at the top, in the order in which documentation lists them.
    let all = [
        required "spectral" (Form.Whole(1L, 1L)) "" "The version of the spec language." "spectral: 1"
        required
            "name"
            (Form.Text("1 to 64 of a-z, 0-9 and inner hyphens", "[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?"))
            ""
            "Names the bundle's folder; never part of the plan."
            "name: quickstart"
        optional
            "description"
            (anyText "text")
            "empty"
            ""
            "For people; never part of the plan."
            "description: Three digits."
        required
            "seed"
            (Form.Either [ seedNumber; Form.Mapping seeds ])
            ""
            "One number for every random stream, or a root and numbers for single streams."
            "seed: 1"
        required
            "dataset"
            (family typeof<Dataset>)
            ""
            "Examples and their clean labels."
            "dataset: {digits: {classes: [3, 5, 8], train: 300, test: 150}}"
        optional
            "noise"
            (family typeof<LabelNoise>)
            "none"
            ""
            "How training labels are corrupted; test labels stay clean."
            "noise: {uniform: 0.25}"
        required
            "network"
            (family typeof<Network>)
            ""
            "What is trained and differentiated; it must end in K outputs, one a class."
            "network: {mlp: {hidden: [64], activation: relu}}"
        optional
            "trainable"
            selection
            "all"
            ""
            "Which parameters training changes; everything else keeps the bits that it began with."
            "trainable: ['3.*']"
        optional
            "initial"
            (Form.Mapping [
                required
                    "weights"
                    file
                    ""
                    "A safetensors file, relative to the spec's folder."
                    "weights: start.safetensors"
            ])
            "drawn weights"
            ""
            "Weights before training, from a file."
            "initial: {weights: start.safetensors}"
        required
            "training"
            (Form.Either [ Form.Mapping TrainingKeys.all; words [ "none" ] ])
            ""
            "How the network is trained; none, with weights, for models that were trained elsewhere."
            "training: {loss: {squared_error: batch_mean}, optimizer: {sgd: 0.05}, batch_size: 32, epochs: 200}"
        optional
            "weights"
            (Form.Several(
                Form.Mapping [
                    required
                        "file"
                        file
                        ""
                        "A safetensors file, relative to the spec's folder."
                        "file: epoch200.safetensors"
                    required
                        "epoch"
                        (count 0)
                        "epochs"
                        "Finished epochs of these weights; names the checkpoint."
                        "epoch: 200"
                ],
                1,
                false
            ))
            "none"
            ""
            "Models that were trained elsewhere, in place of checkpoints."
            "weights: [{file: epoch200.safetensors, epoch: 200}]"
        optional
            "jacobian"
            (Form.Mapping JacobianKeys.all)
            "all its defaults"
            ""
            "When, on which splits and how the Jacobian and its spectrum are computed."
            "jacobian: {at: [initial, final]}"
        required
            "cutoff"
            (family typeof<Cutoff>)
            ""
            "Where the spectrum is split into information and nuisance space."
            "cutoff: {rank: 9}"
        optional
            "analyses"
            (Form.Several(family typeof<Analysis>, 0, false))
            "every analysis that is cheap and applies"
            ""
            "What is measured; each kind once."
            "analyses: [label_alignment, residual_energy]"
        optional
            "threads"
            (Form.Setting(IntegerType(1, 1024)))
            "1"
            "threads"
            "Threads of training and spectra, whose bits depend on it."
            "threads: 2"
        optional
            "expected"
            (Form.Several(
                Form.OneAmong(
                    [ "value"; "at_least"; "at_most"; "more_than"; "less_than" ],
                    [ "value", "tolerance" ],
                    ExpectedKeys.all
                ),
                0,
                false
            ))
            "none"
            ""
            "What the author expects a run to measure; never part of the plan."
            "expected: [{quantity: training.error, at: final, split: train, at_most: 0.1}]"
        optional
            "verify"
            (Form.Mapping VerifyKeys.all)
            "standard tolerances"
            ""
            "How far apart a rerun's results may be; never part of the plan."
            "verify: {spectra: 1e-8}"
        optional
            "resources"
            (Form.Mapping ResourceKeys.all)
            "no limits"
            ""
            "The most that a run may take, a sweep's every point by itself; never part of the plan."
            "resources: {memory: 8 GiB, time: 2 h, disk: 1 GiB}"
        optional
            "sweep"
            (Form.Either [ words [ "none" ]; Form.Paths(SweepKeys.beside, false) ])
            "none"
            ""
            "Several values for settings, by dotted path: one run for each combination."
            "sweep: {noise.uniform: [0, 0.25, 0.5]}"
    ]
