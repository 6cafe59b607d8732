namespace Spectral.Dsl

open System
open System.Collections.Immutable
open System.Globalization
open Spectral.Core.Components
open Spectral.Core.Plans
open Spectral.Core.Results

/// The keys of a spec outside its components: what `describe` explains and the JSON schema holds. A test compares them
/// with what the parsers take.
module internal SpecKeys =

    let private count minimum =
        Form.Setting(IntegerType(minimum, Int32.MaxValue))

    let private words (choices: string list) =
        Form.Setting(ChoiceType(ImmutableArray.CreateRange choices))

    let private real range = Form.Setting(RealType range)
    let private family (record: Type) = Form.Setting(ComponentType record)
    let private anyText meaning = Form.Text(meaning, @"[\s\S]*")

    let private key name form preset unit doc example = {
        Name = name
        Form = form
        Default = preset
        Unit = unit
        Doc = doc
        Example = example
    }

    let private required name form unit doc example = key name form None unit doc example

    let private optional name form (preset: string) unit doc example =
        key name form (Some preset) unit doc example

    let private seedNumber = Form.Whole(0L, Seeds.Maximum)

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

    let private selection =
        let pattern =
            Form.Text("a pattern over parameter names such as 1.weight", @"(?!all$)[\s\S]+")

        Form.Either [ words [ "all" ]; Form.Several(pattern, 1, true) ]

    let private file = Form.Text("the path of a safetensors file", @"[^\u0000]+")

    let private training = [
        required
            "loss"
            (family typeof<Loss>)
            ""
            "What training makes small; its reduction names the unit of losses and learning rates."
            "loss: {squared_error: batch_mean}"
        required
            "optimizer"
            (family typeof<Optimizer>)
            ""
            "The rule that changes the weights."
            "optimizer: {sgd: {learning_rate: 0.05, momentum: 0.9}}"
        required
            "batch_size"
            (Form.Either [ count 1; words [ "full" ] ])
            "examples"
            "Examples a step, at most n; the last batch of an epoch may be smaller. full takes all n."
            "batch_size: 32"
        required
            "epochs"
            (count 0)
            "epochs"
            "Passes over the training split; 0 analyses the initial network."
            "epochs: 200"
        optional
            "precision"
            (words [ "float32"; "float64" ])
            "float32"
            ""
            "The element type of weights and outputs in training."
            "precision: float64"
        optional
            "evaluate_every"
            (count 1)
            "1"
            "epochs"
            "Epochs between evaluations of all splits; epoch 0, checkpoints and the last epoch are always evaluated."
            "evaluate_every: 5"
        optional
            "record_outputs_every"
            (count 1)
            "evaluate_every"
            "epochs"
            "Epochs between recorded outputs, a multiple of evaluate_every; epoch 0 and the last always."
            "record_outputs_every: 10"
        optional
            "schedule"
            (family typeof<Schedule>)
            "constant"
            ""
            "The factor of the optimizer's rate in each epoch."
            "schedule: {step: {at: [100], factor: 0.1}}"
        optional
            "augment"
            (Form.Several(family typeof<Augmentation>, 0, false))
            "[]"
            ""
            "Random changes of every batch of images, in this order; never for the Jacobian."
            "augment: [{random_crop: 4}, horizontal_flip]"
        optional
            "clip_gradient_norm"
            (Form.Either [ real Interval.Positive; words [ "none" ] ])
            "none"
            "the loss per parameter"
            "The largest Euclidean norm of a step's gradient."
            "clip_gradient_norm: 1.0"
        optional
            "stop"
            (family typeof<StoppingRule>)
            "none"
            ""
            "What ends training before its last epoch."
            "stop: {best_test: {patience: 20}}"
    ]

    let private checkpoints =
        let step =
            @"step (\+?0*[1-9][0-9]{0,17}|0o0*[1-7][0-7]{0,19}|0x0*[1-9A-Fa-f][0-9A-Fa-f]{0,14})"

        let logSpaced =
            required
                "log_spaced"
                (Form.Setting(IntegerType(2, 100_000)))
                "epochs"
                "So many epochs from 1 to the last, evenly spaced in the logarithm; equal ones count once."
                "log_spaced: 10"

        Form.Either [
            count 0
            words [ "initial"; "final"; "best_test"; "best_validation" ]
            Form.Text("'step N'", step)
            Form.Mapping [ logSpaced ]
        ]

    let private jacobian = [
        optional
            "at"
            (Form.Several(checkpoints, 1, false))
            "[initial, final]"
            ""
            "When the Jacobian is computed: before training, after so many epochs or steps, at the lowest error, at the end."
            "at: [initial, 10, step 120, best_test, final]"
        optional
            "splits"
            (Form.Several(words [ "train"; "test" ], 1, true))
            "[train, test]"
            ""
            "The splits that get a Jacobian and a spectrum, each its own."
            "splits: [train]"
        optional
            "examples"
            (Form.Either [
                count 1
                Form.Mapping [
                    optional "train" (count 1) "all" "examples" "Rows for the first examples of the training split." "train: 500"
                    optional "test" (count 1) "all" "examples" "Rows for the first examples of the test split." "test: 500"
                ]
            ])
            "all"
            "examples"
            "Rows of J for the first examples of a split only; one number for every split, or one for each."
            "examples: {train: 500, test: 500}"
        optional
            "parameters"
            selection
            "all"
            ""
            "The columns of J: all that training changes, or patterns over parameter names."
            "parameters: [3.weight]"
        optional
            "spectrum"
            (Form.Either [
                words [ "full" ]
                Form.Mapping [ required "top" (count 1) "singular values" "How many of the largest." "top: 50" ]
            ])
            "full"
            ""
            "All min(nK, p) singular values, or the N largest with their left vectors."
            "spectrum: {top: 50}"
        optional
            "precision"
            (words [ "float64" ])
            "float64"
            ""
            "The element type of J; nothing else runs yet."
            "precision: float64"
        optional
            "method"
            (words ("auto" :: List.ofSeq Spectral.Core.Numerics.SpectrumMethod.Names))
            "auto"
            ""
            "How the spectrum is computed; `spectral plan` says what auto becomes, and why."
            "method: gram"
    ]

    let private checkpointName =
        Form.Either [ Form.Whole(0L, Int64.MaxValue); anyText "a checkpoint of jacobian.at" ]

    let private place isRequired = [
        (if isRequired then
             required
         else
             fun name form -> optional name form "as in the expectation")
            "quantity"
            (Form.Text("ANALYSIS.QUANTITY, such as label_alignment.information", @"[^.]+\.[\s\S]+"))
            ""
            "What is measured: an analysis of the run, spectrum or training, a point, and one of its quantities."
            "quantity: label_alignment.information"
        optional "at" checkpointName "any" "" "The checkpoint whose Jacobian is used." "at: final"
        optional "epoch" (count 0) "that of the checkpoint" "epochs" "The epoch of a measured curve." "epoch: 100"
        optional "split" (anyText "a split of the run") "any" "" "The split that is measured." "split: train"
        optional
            "target"
            (anyText "given, clean, centred, noise or noise_centred")
            "any"
            ""
            "Which labels are meant."
            "target: clean"
    ]

    let private expected =
        let number = real Interval.Real
        let other = Form.Mapping(place false)

        place true
        @ [
            optional "value" number "none" "that of the quantity" "The number that is expected, with a tolerance." "value: 0.75"
            optional
                "tolerance"
                (real Interval.NotNegative)
                "none"
                "that of the quantity"
                "How far from value the measurement may be; must stand beside value."
                "tolerance: 0.05"
            optional "at_least" number "none" "that of the quantity" "The least that is expected." "at_least: 0.5"
            optional "at_most" number "none" "that of the quantity" "The most that is expected." "at_most: 0.1"
            optional
                "more_than"
                other
                "none"
                ""
                "Another measurement that is smaller, by what is different about it."
                "more_than: {at: initial}"
            optional
                "less_than"
                other
                "none"
                ""
                "Another measurement that is larger, by what is different about it."
                "less_than: {at: initial}"
            optional "source" (anyText "text") "empty" "" "Where the expectation comes from." "source: table 3"
        ]

    /// The tolerances that hold where a spec gives none, as it would write them.
    let private verify =
        let standard = Tolerances.Standard
        let written (value: float) = value.ToString("0.###e-0", CultureInfo.InvariantCulture)

        let distance name (preset: float) unit doc =
            optional name (real Interval.NotNegative) (written preset) unit doc $"{name}: {written preset}"

        let pair (first: string * float * string * string) second : Form =
            Form.Mapping [ for name, preset, unit, doc in [ first; second ] -> distance name preset unit doc ]

        [
            distance "spectra" standard.Spectra "sigma_1" "How far apart singular values may be: max |d sigma| / sigma_1."
            optional
                "subspaces"
                (real (Interval.Closed(0.0, 1.0)))
                (written standard.Subspaces)
                "sine of the angle"
                "The largest angle between two information spaces."
                $"subspaces: {written standard.Subspaces}"
            optional
                "values"
                (pair
                    ("absolute", standard.Values.Absolute, "that of the number", "What is always allowed.")
                    ("relative", standard.Values.Relative, "parts of the number", "What is allowed for each unit of size."))
                "the standard ones"
                ""
                "How far apart numbers x of tables may be: absolute + relative |x|."
                "values: {absolute: 1e-9, relative: 1e-4}"
            optional
                "arrays"
                (pair
                    ("float64", standard.Arrays.Float64, "largest element", "For arrays of float64.")
                    ("float32", standard.Arrays.Float32, "largest element", "For arrays of float32."))
                "the standard ones"
                ""
                "How far apart other arrays may be: max |d| / max |x|."
                "arrays: {float32: 1e-4}"
            optional
                "counts"
                (count 0)
                (string standard.Counts)
                "examples"
                "How many errors more or fewer there may be."
                "counts: 2"
        ]

    /// What a sweep is: dotted paths with their values, and the keys beside them. The place to extend with its grammar.
    let private sweep =
        Form.Paths [
            for name in [ "zip"; "random"; "exclude" ] do
                optional name (anyText "see the spec language") "none" "" "How points are combined or left out." name
        ]

    /// The keys at the top, in the order in which documentation lists them.
    let all = [
        required "spectral" (Form.Whole(1L, 1L)) "" "The version of the spec language." "spectral: 1"
        required
            "name"
            (Form.Text("1 to 64 of a-z, 0-9 and inner hyphens", "[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?"))
            ""
            "Names the bundle's folder; never part of the plan."
            "name: quickstart"
        optional "description" (anyText "text") "empty" "" "For people; never part of the plan." "description: Three digits."
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
                required "weights" file "" "A safetensors file, relative to the spec's folder." "weights: start.safetensors"
            ])
            "drawn weights"
            ""
            "Weights before training, from a file."
            "initial: {weights: start.safetensors}"
        required
            "training"
            (Form.Either [ Form.Mapping training; words [ "none" ] ])
            ""
            "How the network is trained; none, with weights, for models that were trained elsewhere."
            "training: {loss: {squared_error: batch_mean}, optimizer: {sgd: 0.05}, batch_size: 32, epochs: 200}"
        optional
            "weights"
            (Form.Several(
                Form.Mapping [
                    required "file" file "" "A safetensors file, relative to the spec's folder." "file: epoch200.safetensors"
                    required "epoch" (count 0) "epochs" "Finished epochs of these weights; names the checkpoint." "epoch: 200"
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
            (Form.Mapping jacobian)
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
                    expected
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
            (Form.Mapping verify)
            "standard tolerances"
            ""
            "How far apart a rerun's results may be; never part of the plan."
            "verify: {spectra: 1e-8}"
        optional
            "sweep"
            sweep
            "none"
            ""
            "Several values for settings, by dotted path: one run for each combination."
            "sweep: {noise.uniform: [0, 0.25, 0.5]}"
    ]
