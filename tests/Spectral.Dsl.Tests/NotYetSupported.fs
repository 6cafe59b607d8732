/// Words of the language that this version does not run yet.
module Spectral.Dsl.Tests.NotYetSupported

open Spectral.Dsl.Tests.Samples

let cases = [
    case "determinism and executors" (Append "determinism: strict\nexecutor: slurm\n") [
        "exp.yaml:15:1 SP0901 'determinism' is part of the language, but this version does not run it yet"
        "exp.yaml:16:1 SP0901 'executor' is part of the language, but this version does not run it yet"
    ]
    case
        "binary32 Jacobians that are formed and decomposed themselves"
        (Append "jacobian: {parameters: ['3.*'], precision: float32, method: direct}\n")
        [
            "exp.yaml:15:61 SP0901 'jacobian.precision' float32 with the method 'direct' is part of the language, but this version does not run it yet"
        ]
]
