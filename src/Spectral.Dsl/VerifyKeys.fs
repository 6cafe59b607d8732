namespace Spectral.Dsl

open System.Globalization
open Spectral.Core.Components
open Spectral.Core.Results

/// The keys under `verify`.
module internal VerifyKeys =

    open KeyForms

    /// The tolerances that hold where a spec gives none, as it would write them.
    let all =
        let standard = Tolerances.Standard

        let written (value: float) =
            value.ToString("0.###e-0", CultureInfo.InvariantCulture)

        let distance name (preset: float) unit doc =
            optional name (real Interval.NotNegative) (written preset) unit doc $"{name}: {written preset}"

        let pair (first: string * float * string * string) second : Form =
            Form.Mapping [
                for name, preset, unit, doc in [ first; second ] -> distance name preset unit doc
            ]

        [
            distance
                "spectra"
                standard.Spectra
                "sigma_1"
                "How far apart singular values may be: max |d sigma| / sigma_1."
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
                    ("relative",
                     standard.Values.Relative,
                     "parts of the number",
                     "What is allowed for each unit of size."))
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
