namespace Spectral.Dsl

open Spectral.Core.Components
open Spectral.Core.Plans

/// The keys under `training`.
module internal TrainingKeys =

    open KeyForms

    /// All of them.
    let all = [
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
