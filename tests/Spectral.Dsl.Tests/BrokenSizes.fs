/// Shapes and sizes that do not go together.
module Spectral.Dsl.Tests.BrokenSizes

open Spectral.Dsl.Tests.Samples

let cases = [
    case
        "a dense layer on images"
        (Replace("mlp: {hidden: [8], activation: tanh}", "layers: [{dense: 8}, tanh, flatten, {dense: 3}]"))
        [
            "exp.yaml:8:13 SP0301 layer 0 of the network, dense, expects a feature vector [features]; a flatten layer makes one, got [1, 8, 8]"
        ]
    case
        "a network that ends elsewhere"
        (Replace("mlp: {hidden: [8], activation: tanh}", "layers: [flatten, {dense: 8}, tanh]"))
        [
            "exp.yaml:8:33 SP0302 the network ends in [8], expected [3], one output for each class"
        ]
    case "a network without parameters" (Replace("mlp: {hidden: [8], activation: tanh}", "layers: [flatten, relu]")) [
        "exp.yaml:8:3 SP0303 the network has no parameters, expected 1 or more"
        "exp.yaml:8:21 SP0302 the network ends in [64], expected [3], one output for each class"
    ]
    case "a batch beyond the training split" (Replace("batch_size: full", "batch_size: 61")) [
        "exp.yaml:12:15 SP0304 training.batch_size expects at most the 60 training examples, got 61"
    ]
    case "a confusion matrix of another number of classes" (Replace("uniform: 0.25", "confusion: [[0.5, 0.5], [0, 1]]")) [
        "exp.yaml:6:9 SP0310 noise.confusion expects targets of 2 classes, one for each row of its matrix, got 3 classes"
    ]
    case "a checkpoint behind the end" (Append "jacobian: {at: [initial, 21]}\n") [
        "exp.yaml:15:26 SP0305 jacobian.at expects epochs up to training.epochs, 20, got 21"
    ]
    case "the same epoch twice" (Append "jacobian: {at: [initial, 20, final]}\n") [
        "exp.yaml:15:30 SP0306 the checkpoints '20' and 'final' are both epoch 20"
    ]
    case "zero and initial" (Append "jacobian: {at: [0, initial]}\n") [
        "exp.yaml:15:20 SP0306 the checkpoints '0' and 'initial' are both epoch 0"
    ]
    case "a rank beyond the Jacobian's" (Replace("{relative: 0.1}", "{rank: 91}")) [
        "exp.yaml:14:16 SP0307 the cutoff asks for rank 91, expected 90 or less: the test Jacobian is 90 x 547"
    ]
    case "a rank beyond both Jacobians'" (Replace("{relative: 0.1}", "{rank: 500}")) [
        "exp.yaml:14:16 SP0307 the cutoff asks for rank 500, expected 180 or less: the train Jacobian is 180 x 547"
        "exp.yaml:14:16 SP0307 the cutoff asks for rank 500, expected 90 or less: the test Jacobian is 90 x 547"
    ]
    case
        "a layer of a huge network"
        (Replace(
            "mlp: {hidden: [8], activation: tanh}",
            "layers: [flatten, {dense: 2147483647}, {dense: 2147483647}, {dense: 4}]"
        ))
        [
            "exp.yaml:8:64 SP0302 the network ends in [4], expected [3], one output for each class"
        ]
    case
        "the same layer twice, the second wrong"
        (Replace(
            "mlp: {hidden: [8], activation: tanh}",
            "layers: [flatten, &d {dense: 3}, tanh, {dense: 4}, *d, {dense: 5}]"
        ))
        [
            "exp.yaml:8:59 SP0302 the network ends in [5], expected [3], one output for each class"
        ]
    case
        "checkpoints and batch at once"
        (Replace("batch_size: full\n  epochs: 20", "batch_size: 100\n  epochs: 3\njacobian: {at: [1, 9, 1]}"))
        [
            "exp.yaml:12:15 SP0304 training.batch_size expects at most the 60 training examples, got 100"
            "exp.yaml:14:20 SP0305 jacobian.at expects epochs up to training.epochs, 3, got 9"
        ]
    case
        "patterns that match nothing"
        (Append "trainable: ['1.*', '2.*']\njacobian: {parameters: [3.weight, 3.wieght, 3.weight?]}\n")
        [
            "exp.yaml:15:20 SP0311 trainable expects patterns that match a parameter of the network, got '2.*', which matches none"
            "exp.yaml:16:35 SP0311 jacobian.parameters expects patterns that match a parameter of the network, got '3.wieght', which matches none"
            "exp.yaml:16:45 SP0311 jacobian.parameters expects patterns that match a parameter of the network, got '3.weight?', which matches none"
        ]
    case
        "a rank beyond the output layer's Jacobian"
        (Replace("{relative: 0.1}", "{rank: 28}\njacobian: {parameters: '3.*', splits: train}"))
        [
            "exp.yaml:14:16 SP0307 the cutoff asks for rank 28, expected 27 or less: the train Jacobian is 180 x 27"
        ]
    case
        "a rank beyond a Jacobian of trained parameters only"
        (Replace("{relative: 0.1}", "{rank: 28}\ntrainable: 3.*\njacobian: {splits: train}"))
        [
            "exp.yaml:14:16 SP0307 the cutoff asks for rank 28, expected 27 or less: the train Jacobian is 180 x 27"
        ]
    case "initial weights that are nowhere" (Append "initial: {weights: no/such.safetensors}\n") [
        "exp.yaml:15:20 SP0312 initial.weights expects a safetensors file, got 'no/such.safetensors': there is no such file"
    ]
]
