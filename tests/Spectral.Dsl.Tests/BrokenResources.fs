/// Limits that are none, and limits that a run would exceed.
module Spectral.Dsl.Tests.BrokenResources

open Spectral.Dsl.Tests.Samples

let private resources text = Append $"resources: {text}\n"

let cases = [
    case "a number as resources" (resources "8") [ "exp.yaml:15:12 SP0105 resources expects a mapping of keys, got 8" ]
    case "an unknown resource" (resources "{memry: 8 GiB}") [
        "exp.yaml:15:13 SP0103 unknown key 'memry' in 'resources'"
    ]
    case "amounts without a unit, and of none" (resources "{memory: 8, time: 0 h, disk: 1 Gib}") [
        "exp.yaml:15:21 SP0106 resources.memory expects an amount of bytes with its unit, such as 8 GiB or 500 MB, got 8"
        "exp.yaml:15:30 SP0106 resources.time expects an amount of time with its unit, such as 90 s, 30 min, 2 h or 1.5 d, got the text '0 h'"
        "exp.yaml:15:41 SP0106 resources.disk expects an amount of bytes with its unit, such as 8 GiB or 500 MB, got the text '1 Gib'"
    ]
]
