/// Training, its end and its checkpoints.
module Spectral.Dsl.Tests.BrokenTraining

open Spectral.Dsl.Tests.Samples

let private training text =
    Replace("epochs: 20", "epochs: 20\n  " + text)

let private at text = Append $"jacobian: {{at: {text}}}\n"

let private form =
    "initial, final, an epoch of 0 or more, 'step N', best_test, best_validation or {log_spaced: N}"

let cases = [
    case "an unknown optimizer" (Replace("{sgd: {learning_rate: 0.1}}", "lion")) [
        "exp.yaml:11:14 SP0201 unknown optimizer 'lion', expected one of sgd, adam, adamw"
    ]
    case "Nesterov without momentum" (Replace("{learning_rate: 0.1}", "{learning_rate: 0.1, nesterov: true}")) [
        "exp.yaml:11:51 SP0206 training.optimizer.sgd.nesterov expects a momentum above 0 beside it, got true with a momentum of 0"
    ]
    case "a beta of 1" (Replace("{sgd: {learning_rate: 0.1}}", "{adam: {beta1: 1}}")) [
        "exp.yaml:11:29 SP0204 training.optimizer.adam.beta1 expects a real in [0, 1), got 1"
    ]
    case "an epsilon of 0" (Replace("{sgd: {learning_rate: 0.1}}", "{adamw: {epsilon: 0}}")) [
        "exp.yaml:11:32 SP0204 training.optimizer.adamw.epsilon expects a real in (0, infinity), got 0"
    ]
    case "a negative weight decay" (Replace("{learning_rate: 0.1}", "{learning_rate: 0.1, weight_decay: -1}")) [
        "exp.yaml:11:55 SP0204 training.optimizer.sgd.weight_decay expects a real in [0, infinity), got -1"
    ]
    case "cross entropy in a unit that it has not" (Replace("squared_error: batch_mean", "cross_entropy: element_mean")) [
        "exp.yaml:10:25 SP0204 training.loss.cross_entropy.reduction expects one of sum, batch_mean, got the text 'element_mean'"
    ]
    case "an unknown schedule" (training "schedule: linear") [
        "exp.yaml:14:13 SP0201 unknown schedule 'linear', expected one of constant, step, cosine, warmup"
    ]
    case "steps that do not increase" (training "schedule: {step: {at: [7, 7]}}") [
        "exp.yaml:14:25 SP0206 training.schedule.step.at expects increasing numbers of epochs, got 7, 7"
    ]
    case "a cosine without an end" (training "schedule: cosine") [
        "exp.yaml:14:13 SP0203 training.schedule.cosine.to is missing, expected an integer of 1 or more"
    ]
    case "a floor above 1" (training "schedule: {cosine: {to: 9, floor: 2}}") [
        "exp.yaml:14:37 SP0204 training.schedule.cosine.floor expects a real in [0, 1], got 2"
    ]
    case "a wrong schedule inside a warm-up" (training "schedule: {warmup: {epochs: 2, then: {step: {at: 0}}}}") [
        "exp.yaml:14:52 SP0204 training.schedule.warmup.then.step.at expects an integer of 1 or more, got 0"
    ]
    case "a clipping norm of 0" (training "clip_gradient_norm: 0") [
        "exp.yaml:14:23 SP0106 training.clip_gradient_norm expects a real in (0, infinity), or none, got 0"
    ]
    case "a word as clipping norm" (training "clip_gradient_norm: off") [
        "exp.yaml:14:23 SP0106 training.clip_gradient_norm expects a real in (0, infinity), or none, got the text 'off'"
    ]
    case "an unknown augmentation" (training "augment: [horizontal_flop]") [
        "exp.yaml:14:13 SP0201 unknown augmentation 'horizontal_flop', expected one of random_crop, horizontal_flip"
    ]
    case "a crop without padding" (training "augment: random_crop") [
        "exp.yaml:14:12 SP0203 training.augment.0.random_crop.padding is missing, expected an integer in [1, 65536]"
    ]
    case "an evaluation every 0 epochs" (training "evaluate_every: 0") [
        "exp.yaml:14:19 SP0106 training.evaluate_every expects an integer of 1 or more, got 0"
    ]
    case "outputs between evaluations" (training "evaluate_every: 2\n  record_outputs_every: 3") [
        "exp.yaml:15:25 SP0323 training.record_outputs_every expects a multiple of training.evaluate_every, 2, got 3"
    ]
    case "a memorization without noise" (Replace("noise: {uniform: 0.25}", "analyses: [memorization]")) [
        "exp.yaml:6:12 SP0324 memorization tells corrupted labels from clean ones, and there is no noise"
    ]
    case "an expectation of nothing" (Append "expected:\n- {quantity: label_alignment.information, at: final}\n") [
        "exp.yaml:16:3 SP0110 expected.0 expects one of value, at_least, at_most, more_than, less_than to say what is expected"
    ]
    case
        "an expectation of what is not measured"
        (Append "expected:\n- {quantity: label_aligment.information, at: finl, split: tset, at_least: 0.5}\n")
        [
            "exp.yaml:16:14 SP0325 expected.0.quantity expects one of classification_error, label_alignment, residual_energy, memorization, pseudo_inverse, energy_curve, spectrum_shape, direction_decay, subspace_overlap, weight_distance, spectral_early_stopping, spectrum, training, got 'label_aligment'"
            "exp.yaml:16:46 SP0325 expected.0.at expects one of initial, final, got 'finl'"
            "exp.yaml:16:59 SP0325 expected.0.split expects one of train, test, got 'tset'"
        ]
    case
        "an expectation beside what is not measured"
        (Append "expected:\n- {quantity: spectrum.sigma_1, at: final, more_than: {at: 7}}\n")
        [
            "exp.yaml:16:59 SP0325 expected.0.more_than.at expects one of initial, final, got '7'"
        ]
    case "a value without a tolerance" (Append "expected:\n- {quantity: spectrum.sigma_1, value: 3}\n") [
        "exp.yaml:16:3 SP0104 the required key 'expected.0.tolerance' is missing"
    ]
    case "a quantity without an analysis" (Append "expected:\n- {quantity: sigma_1, at_most: 3}\n") [
        "exp.yaml:16:14 SP0106 expected.0.quantity expects ANALYSIS.QUANTITY, such as label_alignment.information, got the text 'sigma_1'"
    ]
    case
        "residuals in the spaces of an epoch that is no checkpoint"
        (Append "analyses: [{residual_energy: {reference: 7}}]\n")
        [
            "exp.yaml:15:13 SP0324 residual_energy measures against the checkpoint '7', which jacobian.at does not have: it has initial, final"
        ]
    case "residuals in the spaces of no checkpoint at all" (Append "analyses: [{residual_energy: last}]\n") [
        "exp.yaml:15:30 SP0204 analyses.0.residual_energy.reference expects a checkpoint of jacobian.at: initial, final, an epoch, 'step N', best_test or best_validation, got the text 'last'"
    ]
    case "a watched error that is not evaluated" (training "evaluate_every: 2\n  stop: {best_test: 3}") [
        "exp.yaml:14:19 SP0323 training.evaluate_every expects 1 beside a training.stop that watches the error, got 2"
    ]
    case "a Jacobian of more examples than there are" (Append "jacobian: {examples: 10000}\n") [
        "exp.yaml:15:22 SP0314 jacobian.examples expects at most the 60 examples of the train split, got 10000"
    ]
    case "a Jacobian of no examples" (Append "jacobian: {examples: {test: 0}}\n") [
        "exp.yaml:15:29 SP0106 jacobian.examples.test expects an integer of 1 or more, got 0"
    ]
    case "examples of a split without a Jacobian" (Append "jacobian: {splits: [train], examples: {test: 3}}\n") [
        "exp.yaml:15:46 SP0314 jacobian.examples.test expects a split of jacobian.splits, which has no Jacobian"
    ]
    case "examples of an unknown split" (Append "jacobian: {examples: {tests: 3}}\n") [
        "exp.yaml:15:23 SP0103 unknown key 'tests' in 'jacobian.examples'"
    ]
    case "a spectrum that is neither full nor top" (Append "jacobian: {spectrum: half}\n") [
        "exp.yaml:15:22 SP0106 jacobian.spectrum expects full, or {top: N}, got the text 'half'"
    ]
    case "a spectrum of nothing" (Append "jacobian: {spectrum: {top: 0}}\n") [
        "exp.yaml:15:28 SP0106 jacobian.spectrum.top expects an integer of 1 or more, got 0"
    ]
    case "more singular values than there are" (Append "jacobian: {spectrum: {top: 91}}\n") [
        "exp.yaml:15:28 SP0307 jacobian.spectrum.top expects at most min(nK, p), got 91: the test Jacobian is 90 x 547"
    ]
    case
        "a rank beyond the computed values"
        (Replace("cutoff: {relative: 0.1}", "cutoff: {rank: 9}\njacobian: {spectrum: {top: 8}}"))
        [
            "exp.yaml:14:16 SP0307 the cutoff asks for rank 9, expected 8 or less: jacobian.spectrum has the largest 8"
            "exp.yaml:14:16 SP0307 the cutoff asks for rank 9, expected 8 or less: jacobian.spectrum has the largest 8"
        ]
    case "block Krylov for a full spectrum" (Append "jacobian: {method: krylov}\n") [
        "exp.yaml:15:20 SP0315 jacobian.method expects jacobian.spectrum of {top: N} for krylov, which finds the largest singular values"
    ]
    case "a full method for a few values" (Append "jacobian: {method: gram, spectrum: {top: 3}}\n") [
        "exp.yaml:15:20 SP0315 jacobian.method expects krylov for the largest singular values, got gram"
    ]
    case "an unknown stopping rule" (training "stop: {best_train: 3}") [
        "exp.yaml:14:10 SP0201 unknown stopping 'best_train', expected one of none, best_test, best_validation, spectral"
    ]
    case "no patience" (training "stop: {best_test: 0}") [
        "exp.yaml:14:21 SP0204 training.stop.best_test.patience expects an integer of 1 or more, got 0"
    ]
    case "a stop by a validation split that is empty" (training "stop: {best_validation: 3}") [
        "exp.yaml:14:10 SP0321 training.stop expects a dataset with validation examples for best_validation"
    ]
    case "a stopping time for Adam" (Replace("{sgd: {learning_rate: 0.1}}\n", "adam\n  stop: {spectral: 3}\n")) [
        "exp.yaml:12:10 SP0322 training.stop expects squared_error and sgd without weight decay, augmentation and clipping, whose time is defined"
    ]
    case
        "a stopping time for cross entropy"
        (Replace("{squared_error: batch_mean}\n", "{cross_entropy: sum}\n  stop: {spectral: 3}\n"))
        [
            "exp.yaml:11:10 SP0322 training.stop expects squared_error and sgd without weight decay, augmentation and clipping, whose time is defined"
        ]
    case "a stopping time without the training spectrum" (training "stop: {spectral: 3}\njacobian: {splits: test}") [
        "exp.yaml:14:10 SP0322 training.stop expects train among jacobian.splits, whose initial spectrum gives the time"
    ]
    case "a step of none" (at "[step 0]") [
        $"exp.yaml:15:17 SP0106 jacobian.at.0 expects {form}, got the text 'step 0'"
    ]
    case "a step of words" (at "[step two]") [
        $"exp.yaml:15:17 SP0106 jacobian.at.0 expects {form}, got the text 'step two'"
    ]
    case "an unknown mapping as checkpoint" (at "[{log: 9}]") [
        $"exp.yaml:15:17 SP0106 jacobian.at.0 expects {form}, got a mapping"
    ]
    case "one log-spaced checkpoint" (at "{log_spaced: 1}") [
        "exp.yaml:15:29 SP0106 jacobian.at.log_spaced expects an integer in [2, 100000], got 1"
    ]
    case "log-spaced checkpoints without an epoch" (Replace("epochs: 20", "epochs: 0\njacobian: {at: {log_spaced: 3}}")) [
        "exp.yaml:14:17 SP0305 jacobian.at expects one epoch or more for log_spaced, got training.epochs of 0"
    ]
    case "a step behind the end" (at "[step 21]") [
        "exp.yaml:15:17 SP0305 jacobian.at expects steps up to the last, 20, got 21"
    ]
    case "a step that is an epoch" (at "[3, step 3]") [
        "exp.yaml:15:20 SP0306 the checkpoints '3' and 'step-3' are the same step"
    ]
    case "a lowest error twice" (at "[best_test, best_test]") [
        "exp.yaml:15:28 SP0306 the checkpoint 'best-test' stands twice"
    ]
    case "the lowest error of an empty validation split" (at "best_validation") [
        "exp.yaml:15:16 SP0321 jacobian.at expects a dataset with validation examples for best_validation"
    ]
]
