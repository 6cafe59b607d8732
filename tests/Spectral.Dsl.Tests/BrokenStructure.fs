/// Keys, words and ranges of the language.
module Spectral.Dsl.Tests.BrokenStructure

open Spectral.Dsl.Tests.Samples

let private training =
    "training:\n  loss: {squared_error: batch_mean}\n  optimizer: {sgd: {learning_rate: 0.1}}\n  batch_size: full\n  epochs: 20\n"

let cases = [
    case "no version" (Replace("spectral: 1\n", "")) [ "exp.yaml:1:1 SP0101 the required key 'spectral' is missing" ]
    case "another version hides everything else" (Replace("spectral: 1\n", "spectral: 2\ncolour: red\n")) [
        "exp.yaml:1:11 SP0102 spectral expects 1, the version of the language, got 2"
    ]
    case "a version in quotes" (Replace("spectral: 1", "spectral: '1'")) [
        "exp.yaml:1:11 SP0102 spectral expects 1, the version of the language, got the text '1'"
    ]
    case "a list as spec" (Whole "[spectral, 1]") [
        "exp.yaml:1:1 SP0105 a spec expects a mapping of keys, got a list of 2"
    ]
    case "a word as spec" (Whole "spectral") [
        "exp.yaml:1:1 SP0105 a spec expects a mapping of keys, got the text 'spectral'"
    ]
    case "a spec of one key" (Whole "spectral: 1\n") [
        "exp.yaml:1:1 SP0104 the required key 'name' is missing"
        "exp.yaml:1:1 SP0104 the required key 'seed' is missing"
        "exp.yaml:1:1 SP0104 the required key 'dataset' is missing"
        "exp.yaml:1:1 SP0104 the required key 'network' is missing"
        "exp.yaml:1:1 SP0104 the required key 'training' is missing"
        "exp.yaml:1:1 SP0104 the required key 'cutoff' is missing"
    ]
    case "an unknown key" (Append "colour: red\n") [ "exp.yaml:15:1 SP0103 unknown key 'colour'" ]
    case "a misspelt key" (Append "analysis: label_alignment\n") [ "exp.yaml:15:1 SP0103 unknown key 'analysis'" ]
    case "a misspelt key of training" (Replace("batch_size", "batchsize")) [
        "exp.yaml:9:1 SP0104 the required key 'training.batch_size' is missing"
        "exp.yaml:12:3 SP0103 unknown key 'batchsize' in 'training'"
    ]
    case "a required key left out" (Replace("  epochs: 20\n", "")) [
        "exp.yaml:9:1 SP0104 the required key 'training.epochs' is missing"
    ]
    case "a word as training" (Replace("training:\n", "training: sgd\njacobian:\n")) [
        "exp.yaml:9:11 SP0105 training expects a mapping of keys, got the text 'sgd'"
        "exp.yaml:11:3 SP0103 unknown key 'loss' in 'jacobian'"
        "exp.yaml:12:3 SP0103 unknown key 'optimizer' in 'jacobian'"
        "exp.yaml:13:3 SP0103 unknown key 'batch_size' in 'jacobian'"
        "exp.yaml:14:3 SP0103 unknown key 'epochs' in 'jacobian'"
    ]
    case "a name with capitals" (Replace("quickstart", "QuickStart")) [
        "exp.yaml:2:7 SP0107 name expects 1 to 64 of a-z, 0-9 and inner hyphens, got 'QuickStart'"
    ]
    case "a name that ends in a hyphen" (Replace("quickstart", "quick-")) [
        "exp.yaml:2:7 SP0107 name expects 1 to 64 of a-z, 0-9 and inner hyphens, got 'quick-'"
    ]
    case
        "a name of 65 letters"
        (Replace("quickstart", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"))
        [
            "exp.yaml:2:7 SP0107 name expects 1 to 64 of a-z, 0-9 and inner hyphens, got 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...'"
        ]
    case "a number as name" (Replace("quickstart", "2024")) [ "exp.yaml:2:7 SP0106 name expects text, got 2024" ]
    case "a list as description" (Append "description: [a, b]\n") [
        "exp.yaml:15:14 SP0106 description expects text, got a list of 2"
    ]
    case "a negative seed" (Replace("seed: 1", "seed: -1")) [
        "exp.yaml:3:7 SP0106 seed expects an integer in [0, 9007199254740992], got -1"
    ]
    case "a seed beyond 2^53" (Replace("seed: 1", "seed: 9007199254740993")) [
        "exp.yaml:3:7 SP0106 seed expects an integer in [0, 9007199254740992], got 9007199254740993"
    ]
    case "an unknown stream" (Replace("seed: 1", "seed: {root: 1, noises: 2}")) [
        "exp.yaml:3:17 SP0103 unknown key 'noises' in 'seed'"
    ]
    case "a stream without root" (Replace("seed: 1", "seed: {init: 3}")) [
        "exp.yaml:3:1 SP0104 the required key 'seed.root' is missing"
    ]
    case "a batch of no examples" (Replace("batch_size: full", "batch_size: 0")) [
        "exp.yaml:12:15 SP0106 training.batch_size expects an integer of 1 or more, or full, got 0"
    ]
    case "a batch size in quotes" (Replace("batch_size: full", "batch_size: '16'")) [
        "exp.yaml:12:15 SP0106 training.batch_size expects an integer of 1 or more, or full, got the text '16'"
    ]
    case "a batch size with an underscore" (Replace("batch_size: full", "batch_size: 1_6")) [
        "exp.yaml:12:15 SP0106 training.batch_size expects an integer of 1 or more, or full, got the text '1_6'"
    ]
    case "a word as batch size" (Replace("batch_size: full", "batch_size: all")) [
        "exp.yaml:12:15 SP0106 training.batch_size expects an integer of 1 or more, or full, got the text 'all'"
    ]
    case "a fraction of an epoch" (Replace("epochs: 20", "epochs: 20.5")) [
        "exp.yaml:13:11 SP0106 training.epochs expects an integer of 0 or more, got 20.5"
    ]
    case "no number of epochs" (Replace("epochs: 20", "epochs:")) [
        "exp.yaml:13:10 SP0106 training.epochs expects an integer of 0 or more, got nothing"
    ]
    case "a misspelt precision" (Append "jacobian: {precision: flaot64}\n") [
        "exp.yaml:15:23 SP0106 jacobian.precision expects one of float32, float64, got the text 'flaot64'"
    ]
    case "a misspelt split" (Append "jacobian: {splits: [trian]}\n") [
        "exp.yaml:15:21 SP0106 jacobian.splits.0 expects one of train, test, got the text 'trian'"
    ]
    case "no splits" (Append "jacobian: {splits: []}\n") [
        "exp.yaml:15:20 SP0106 jacobian.splits expects a list of 1 or more, got an empty list"
    ]
    case "a split twice" (Append "jacobian: {splits: [test, test]}\n") [
        "exp.yaml:15:27 SP0108 the split 'test' stands twice"
    ]
    case "a word as checkpoint" (Append "jacobian: {at: [last]}\n") [
        "exp.yaml:15:17 SP0106 jacobian.at.0 expects initial, final, an epoch of 0 or more, 'step N', best_test, best_validation or {log_spaced: N}, got the text 'last'"
    ]
    case "a negative checkpoint" (Append "jacobian: {at: [-1]}\n") [
        "exp.yaml:15:17 SP0106 jacobian.at.0 expects initial, final, an epoch of 0 or more, 'step N', best_test, best_validation or {log_spaced: N}, got -1"
    ]
    case "an unknown method" (Append "jacobian: {method: dirct}\n") [
        "exp.yaml:15:20 SP0106 jacobian.method expects one of auto, direct, gram, tsqr, krylov, got the text 'dirct'"
    ]
    case "no threads" (Append "threads: 0\n") [ "exp.yaml:15:10 SP0106 threads expects an integer in [1, 1024], got 0" ]
    case "an analysis twice" (Append "analyses: [label_alignment, {residual_energy: {}}, label_alignment]\n") [
        "exp.yaml:15:52 SP0207 the analysis 'label_alignment' stands twice; first in line 15"
    ]
    case "a number as trainable" (Append "trainable: 3\n") [
        "exp.yaml:15:12 SP0106 trainable expects all, or a list of patterns over parameter names such as 1.weight, got 3"
    ]
    case "nothing trainable" (Append "trainable: []\n") [
        "exp.yaml:15:12 SP0106 trainable expects all, or a list of patterns over parameter names such as 1.weight, got an empty list"
    ]
    case "all among patterns" (Append "jacobian: {parameters: [all, 3.weight]}\n") [
        "exp.yaml:15:25 SP0106 jacobian.parameters.0 expects all, or a list of patterns over parameter names such as 1.weight, got the text 'all'"
    ]
    case "a pattern twice" (Append "trainable: ['3.*', 1.weight, '3.*']\n") [
        "exp.yaml:15:30 SP0108 the pattern '3.*' stands twice in trainable"
    ]
    case "no training and no weights" (Replace(training, "training: none\n")) [
        "exp.yaml:9:11 SP0109 training: none needs the weights that were trained elsewhere"
    ]
    case
        "weights beside what they take the place of"
        (Append "weights: [{file: a, epoch: 1}]\ninitial: {weights: b}\njacobian: {at: [initial, 3]}\n")
        [
            "exp.yaml:13:11 SP0109 weights from elsewhere leave nothing to train, but training.epochs is 20"
            "exp.yaml:16:20 SP0109 initial.weights has no use beside weights"
            "exp.yaml:17:17 SP0109 jacobian.at has no use beside weights"
        ]
    case
        "weights of one epoch twice"
        (Replace(training, "training: none\nweights: [{file: a, epoch: 1}, {file: b, epoch: 1}]\n"))
        [ "exp.yaml:10:49 SP0306 the weights 'a' and 'b' are both epoch 1" ]
    case
        "weights without their parts"
        (Replace(training, "training: none\nweights: [{file: 3}, {epoch: -1, path: x}]\ninitial: file\n"))
        [
            "exp.yaml:10:11 SP0104 the required key 'weights.0.epoch' is missing"
            "exp.yaml:10:18 SP0106 weights.0.file expects the path of a safetensors file, got 3"
            "exp.yaml:10:22 SP0104 the required key 'weights.1.file' is missing"
            "exp.yaml:10:30 SP0106 weights.1.epoch expects an integer of 0 or more, got -1"
            "exp.yaml:10:34 SP0103 unknown key 'path' in 'weights.1'"
            "exp.yaml:11:10 SP0105 initial expects a mapping of keys, got the text 'file'"
        ]
]
