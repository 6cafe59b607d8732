/// Words of the language that this version does not run yet.
module Spectral.Dsl.Tests.NotYetSupported

open Spectral.Dsl.Tests.Samples

let cases = [
    case "determinism and executors" (Append "determinism: strict\nexecutor: slurm\n") [
        "exp.yaml:15:1 SP0901 'determinism' is part of the language, but this version does not run it yet"
        "exp.yaml:16:1 SP0901 'executor' is part of the language, but this version does not run it yet"
    ]
    case "binary32 Jacobians" (Append "jacobian: {parameters: ['3.*'], spectrum: {top: 50}, precision: float32}\n") [
        "exp.yaml:15:65 SP0901 'jacobian.precision' other than 'float64' is part of the language, but this version does not run it yet"
    ]
]
