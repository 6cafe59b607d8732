namespace Spectral.Dsl

open System
open Spectral.Core.Components

/// The keys of an item of `expected`.
module internal ExpectedKeys =

    open KeyForms

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

    /// All of them.
    let all =
        let number = real Interval.Real
        let other = Form.Mapping(place false)

        place true
        @ [
            optional
                "value"
                number
                "none"
                "that of the quantity"
                "The number that is expected, with a tolerance."
                "value: 0.75"
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
