/// Tolerances of a rerun that are none.
module Spectral.Dsl.Tests.BrokenVerify

open Spectral.Dsl.Tests.Samples

let private verify text = Append $"verify: {text}\n"

let cases = [
    case "a word as tolerances" (verify "strict") [
        "exp.yaml:15:9 SP0105 verify expects a mapping of keys, got the text 'strict'"
    ]
    case "an unknown tolerance" (verify "{spectrum: 1e-10}") [
        "exp.yaml:15:10 SP0103 unknown key 'spectrum' in 'verify'"
    ]
    case "every tolerance out of range" (verify "{spectra: -1, subspaces: 1.5, counts: 0.5}") [
        "exp.yaml:15:19 SP0106 verify.spectra expects a real in [0, infinity), got -1"
        "exp.yaml:15:34 SP0106 verify.subspaces expects a real in [0, 1], got 1.5"
        "exp.yaml:15:47 SP0106 verify.counts expects an integer of 0 or more, got 0.5"
    ]
    case "one number for two tolerances" (verify "{values: 1e-6}") [
        "exp.yaml:15:18 SP0105 verify.values expects a mapping of keys, got 1e-6"
    ]
    case "a misspelt part of a tolerance" (verify "{values: {absolut: 1}, arrays: {float16: 1}}") [
        "exp.yaml:15:19 SP0103 unknown key 'absolut' in 'verify.values'"
        "exp.yaml:15:41 SP0103 unknown key 'float16' in 'verify.arrays'"
    ]
    case "an infinite tolerance" (verify "{arrays: {float64: .inf}}") [
        "exp.yaml:15:28 SP0106 verify.arrays.float64 expects a real in [0, infinity), got .inf"
    ]
]
