namespace Spectral.Dsl

open Spectral.Core.Components
open Spectral.Core.Numerics

/// The keys under `jacobian`.
module internal JacobianKeys =

    open KeyForms

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

    /// All of them.
    let all = [
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
                    optional
                        "train"
                        (count 1)
                        "all"
                        "examples"
                        "Rows for the first examples of the training split."
                        "train: 500"
                    optional
                        "test"
                        (count 1)
                        "all"
                        "examples"
                        "Rows for the first examples of the test split."
                        "test: 500"
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
                Form.Mapping [
                    required "top" (count 1) "singular values" "How many of the largest." "top: 50"
                ]
            ])
            "full"
            ""
            "All min(nK, p) singular values, or the N largest with their left vectors."
            "spectrum: {top: 50}"
        optional
            "precision"
            (words [ "float64"; "float32" ])
            "float64"
            ""
            "The element type of J: float32, for gram and krylov, is faster on most GPUs and has a higher trust floor."
            "precision: float64"
        optional
            "method"
            (words ("auto" :: List.ofSeq SpectrumMethod.Names))
            "auto"
            ""
            "How the spectrum is computed; `spectral plan` says what auto becomes, and why."
            "method: gram"
    ]
