/// Components that the Catalog does not have, or not so.
module Spectral.Dsl.Tests.BrokenComponents

open Spectral.Dsl.Tests.Samples

let cases = [
    case "a misspelt kind" (Replace("mlp:", "mpl:")) [
        "exp.yaml:8:3 SP0201 unknown network 'mpl', expected one of linear, one_hidden_layer, mlp, conv_net, resnet, layers"
    ]
    case "an unknown kind" (Replace("relative: 0.1", "magic: 0.1")) [
        "exp.yaml:14:10 SP0201 unknown cutoff 'magic', expected one of rank, absolute, relative, energy"
    ]
    case "a family's name as kind" (Replace("activation: tanh", "activation: layer")) [
        "exp.yaml:8:34 SP0201 unknown layer 'layer', expected one of dense, conv2d, batch_norm, group_norm, layer_norm, flatten, max_pool, average_pool, global_average_pool, skip, dropout, relu, leaky_relu, gelu, silu, softplus, tanh, sigmoid"
    ]
    case "a misspelt setting" (Replace("hidden: [8]", "hiden: [8]")) [
        "exp.yaml:8:3 SP0203 network.mlp.hidden is missing, expected a list, each item an integer of 1 or more"
        "exp.yaml:8:9 SP0202 unknown setting 'hiden' of network.mlp"
    ]
    case "a setting of no component" (Replace("{learning_rate: 0.1}", "{learning_rate: 0.1, dampening: 0}")) [
        "exp.yaml:11:41 SP0202 unknown setting 'dampening' of training.optimizer.sgd"
    ]
    case "a required setting left out" (Replace(", test: 30", "")) [
        "exp.yaml:5:3 SP0203 dataset.digits.test is missing, expected an integer of 1 or more"
    ]
    case "a bare kind that needs settings" (Replace("{uniform: 0.25}", "uniform")) [
        "exp.yaml:6:8 SP0203 noise.uniform.rate is missing, expected a real in [0, 1]"
    ]
    case "a value above its range" (Replace("{relative: 0.1}", "{relative: 1.7}")) [
        "exp.yaml:14:20 SP0204 cutoff.relative.fraction expects a real in (0, 1], got 1.7"
    ]
    case "a value below its range" (Replace("{uniform: 0.25}", "{uniform: -1e-5}")) [
        "exp.yaml:6:18 SP0204 noise.uniform.rate expects a real in [0, 1], got -1e-5"
    ]
    case "infinity" (Replace("learning_rate: 0.1", "learning_rate: .inf")) [
        "exp.yaml:11:36 SP0204 training.optimizer.sgd.learning_rate expects a real in (0, infinity), got .inf"
    ]
    case "text for a number" (Replace("learning_rate: 0.1", "learning_rate: fast")) [
        "exp.yaml:11:36 SP0204 training.optimizer.sgd.learning_rate expects a real in (0, infinity), got the text 'fast'"
    ]
    case "a quoted number" (Replace("learning_rate: 0.1", "learning_rate: '0.1'")) [
        "exp.yaml:11:36 SP0204 training.optimizer.sgd.learning_rate expects a real in (0, infinity), got the text '0.1'"
    ]
    case "an item of a list out of range" (Replace("[0, 1, 2]", "[0, 1, 12]")) [
        "exp.yaml:5:28 SP0204 dataset.digits.classes.2 expects an integer in [0, 9], got 12"
    ]
    case "a list too short" (Replace("[0, 1, 2]", "[0]")) [
        "exp.yaml:5:21 SP0204 dataset.digits.classes expects a list of 2 or more, each item an integer in [0, 9], got a list of 1"
    ]
    case "a mapping for a number" (Replace("train: 60", "train: {count: 60}")) [
        "exp.yaml:5:39 SP0204 dataset.digits.train expects an integer of 1 or more, got a mapping"
    ]
    case "a misspelt choice" (Replace("batch_mean", "batchmean")) [
        "exp.yaml:10:25 SP0204 training.loss.squared_error.reduction expects one of sum, batch_mean, element_mean, got the text 'batchmean'"
    ]
    case
        "a flag that YAML 1.1 had"
        (Replace("mlp: {hidden: [8], activation: tanh}", "layers: [flatten, {dense: {outputs: 3, bias: no}}]"))
        [
            "exp.yaml:8:48 SP0204 network.layers.sequence.1.dense.bias expects true or false, got the text 'no'"
        ]
    case "a list as component" (Replace("{relative: 0.1}", "[relative, 0.1]")) [
        "exp.yaml:14:9 SP0205 cutoff expects a component (a kind, or one kind with its settings), got a list of 2"
    ]
    case "nothing as component" (Replace("{relative: 0.1}", "")) [
        "exp.yaml:14:8 SP0205 cutoff expects a component (a kind, or one kind with its settings), got nothing"
    ]
    case "two kinds" (Replace("{relative: 0.1}", "{relative: 0.1, rank: 3}")) [
        "exp.yaml:14:25 SP0205 cutoff expects one kind, got 2: relative, rank"
    ]
    case "settings of a component that takes none" (Replace("{uniform: 0.25}", "{none: 0.25}")) [
        "exp.yaml:6:15 SP0208 noise.none takes no settings, got 0.25"
    ]
    case "a named setting of a component that takes none" (Replace("{uniform: 0.25}", "{none: {rate: 0.25}}")) [
        "exp.yaml:6:16 SP0202 unknown setting 'rate' of noise.none"
    ]
    case "settings that do not go together" (Replace("[0, 1, 2]", "[0, 1, 1]")) [
        "exp.yaml:5:21 SP0206 dataset.digits.classes expects every digit at most once, got 1 twice"
    ]
    case "more examples than there are" (Replace("train: 60", "train: 1790")) [
        "exp.yaml:5:39 SP0206 dataset.digits.train expects no more than the 178 images of digit 0 that there are, got 597"
    ]
    case "a confusion matrix that is not square" (Replace("uniform: 0.25", "confusion: [[0.5, 0.5], [1]]")) [
        "exp.yaml:6:20 SP0206 noise.confusion.matrix expects 2 rows of 2 numbers, got 1 numbers in row 1"
    ]
    case "a confusion matrix whose row is no distribution" (Replace("uniform: 0.25", "confusion: [[0.5, 0.4], [0, 1]]")) [
        "exp.yaml:6:20 SP0206 noise.confusion.matrix expects 2 rows of sum 1, got a row 0 of sum 0.9"
    ]
    case "a probability out of range" (Replace("uniform: 0.25", "confusion: [[0.5, 0.5], [-1, 2]]")) [
        "exp.yaml:6:34 SP0204 noise.confusion.matrix.1.0 expects a real in [0, 1], got -1"
        "exp.yaml:6:38 SP0204 noise.confusion.matrix.1.1 expects a real in [0, 1], got 2"
    ]
    case "an activation with parameters" (Replace("tanh", "{dense: 8}")) [
        "exp.yaml:8:34 SP0206 network.mlp.activation expects an elementwise layer such as relu or tanh, got a layer with parameters or another output shape"
    ]
    case "an unknown analysis" (Append "analyses: [label_alignment, residual_energies]\n") [
        "exp.yaml:15:29 SP0201 unknown analysis 'residual_energies', expected one of classification_error, label_alignment, residual_energy, memorization, singular_values, expected_loss, pseudo_inverse, early_stopping_value, energy_curve, spectrum_shape, kernel_alignment, energy_bracket, spectral_density, direction_decay, linearized, kernel_distance, subspace_overlap, weight_distance, spectral_early_stopping, theorems"
    ]
    case
        "problems in several components at once"
        (Replace(
            "{uniform: 0.25}\nnetwork:\n  mlp: {hidden: [8], activation: tanh}",
            "{uniform: 2}\nnetwork:\n  mlp: {hidden: [0, -1], activation: thanh}"
        ))
        [
            "exp.yaml:6:18 SP0204 noise.uniform.rate expects a real in [0, 1], got 2"
            "exp.yaml:8:18 SP0204 network.mlp.hidden.0 expects an integer of 1 or more, got 0"
            "exp.yaml:8:21 SP0204 network.mlp.hidden.1 expects an integer of 1 or more, got -1"
            "exp.yaml:8:38 SP0201 unknown layer 'thanh', expected one of dense, conv2d, batch_norm, group_norm, layer_norm, flatten, max_pool, average_pool, global_average_pool, skip, dropout, relu, leaky_relu, gelu, silu, softplus, tanh, sigmoid"
        ]
]
