namespace Spectral.Dsl

open Spectral.Core.Components

/// The keys of a sweep that are no paths, and those of a range.
module internal SweepKeys =

    open KeyForms

    let private number = Form.Setting(RealType(Interval(-1e18, false, 1e18, false)))

    /// The keys of a range.
    let range = [
        required "from" number "" "The first number." "from: 0.1"
        required "to" number "" "The last number, which belongs to the range." "to: 0.5"
        optional
            "step"
            number
            "1"
            ""
            "The distance of two neighbours, in exact decimals; negative for falling numbers."
            "step: 0.1"
        optional
            "count"
            (Form.Setting(IntegerType(2, Sweep.mostPoints)))
            "none"
            ""
            "How many numbers, in place of a step."
            "count: 5"
        optional
            "scale"
            (words [ "linear"; "log" ])
            "linear"
            ""
            "How the numbers are spaced: evenly, or evenly in the logarithm, which needs a count and ends above 0."
            "scale: log"
    ]

    let private draws = [
        required "count" (Form.Setting(IntegerType(1, Sweep.mostPoints))) "points" "How many points." "count: 20"
        optional
            "seed"
            seedNumber
            "1"
            ""
            "The seed of the draws, which share nothing with a run's own streams."
            "seed: 7"
        required
            "over"
            (Form.Paths([], true))
            ""
            "What is drawn at every point: one of a list, or any number of a range that has neither step nor count."
            "over: {noise.uniform: {from: 0, to: 0.5}, network.mlp.activation: [relu, tanh]}"
    ]

    /// What stands beside the paths.
    let beside = [
        optional
            "zip"
            (Form.Paths([], false))
            "none"
            ""
            "One axis of paths that change together, with equally many values each."
            "zip: {network.mlp.hidden: [16, 64], training.epochs: [400, 200]}"
        optional
            "random"
            (Form.Mapping draws)
            "none"
            ""
            "One axis of points that are drawn at random, the same on every machine."
            "random: {count: 20, over: {noise.uniform: {from: 0, to: 0.5}}}"
        optional
            "exclude"
            (Form.Several(Form.Demands, 1, false))
            "none"
            ""
            "Points that have all of these values are left out."
            "exclude: [{noise.uniform: 0.5, seed: 2}]"
    ]
