/// Sweeps that say something impossible.
module Spectral.Dsl.Tests.BrokenSweeps

open Spectral.Dsl.Tests.Samples

/// The sweep begins in line 15.
let private sweep lines = Append("sweep:\n" + lines)

let private long = System.String.Join('.', List.replicate 100 "a")

let cases = [
    case "a sweep that is a list" (Append "sweep: [1, 2]\n") [
        "exp.yaml:15:8 SP0106 sweep expects a mapping of paths, got a list of 2"
    ]
    case "an empty sweep" (Append "sweep: {}\n") [
        "exp.yaml:15:8 SP0106 sweep expects a mapping of paths, got an empty mapping"
    ]
    case "a sweep of exclusions alone" (Append "sweep: {exclude: [{seed: 1}]}\n") [
        "exp.yaml:15:20 SP0506 'seed' is no path of the sweep"
    ]
    case "a path without values" (sweep "  seed: []\n  noise.uniform: 0.5\n  cutoff: {rank: 3}\n") [
        "exp.yaml:16:9 SP0501 sweep.seed expects a list of values or a range, got an empty list"
        "exp.yaml:17:18 SP0501 sweep.noise.uniform expects a list of values or a range, got 0.5"
        "exp.yaml:18:11 SP0501 sweep.cutoff expects a list of values or a range, got a mapping"
    ]
    case "paths that are none" (sweep "  noise uniform: [0]\n  spectral: [1]\n  seed..init: [1]\n") [
        "exp.yaml:16:3 SP0502 expected a path of words with dots between, got 'noise uniform'"
        "exp.yaml:17:3 SP0502 'spectral' cannot be swept"
        "exp.yaml:18:3 SP0502 expected a path of words with dots between, got 'seed..init'"
    ]
    case "a path of too many words" (sweep $"  {long}: [1]\n") [
        "exp.yaml:16:3 SP0502 expected a path of 64 words or less, got one of 100"
    ]
    case "a sweep in a spec of another version" (Replace("spectral: 1", "spectral: 2\nsweep: nonsense")) [
        "exp.yaml:1:11 SP0102 spectral expects 1, the version of the language, got 2"
    ]
    case "a path twice, the second time in zip" (sweep "  seed: [1, 2]\n  zip: {seed: [3, 4], threads: [1, 2]}\n") [
        "exp.yaml:17:9 SP0502 'seed' and 'seed' set the same place"
    ]
    case "a path inside another" (sweep "  noise.uniform: [0, 0.5]\n  noise: [none]\n") [
        "exp.yaml:17:3 SP0502 'noise' and 'noise.uniform' set the same place"
    ]
    case "a path twice in one mapping" (sweep "  seed: [1, 2]\n  seed: [3]\n") [
        "exp.yaml:17:3 SP0009 the key 'seed' stands twice; first in line 16"
    ]
    case "an unknown path" (sweep "  colour: [1, 2]\n  noise.unifrom: [0, 1]\n") [
        "exp.yaml:16:3 SP0103 unknown key 'colour'"
    ]
    case "an unknown kind to sweep" (sweep "  noise.unifrom: [0, 1]\n") [
        "exp.yaml:16:3 SP0201 unknown noise 'unifrom', expected one of none, uniform, pair_flip, confusion, permuted, gaussian"
    ]
    case "a swept path into a number" (sweep "  training.epochs.more: [1, 2]\n") [
        "exp.yaml:16:3 SP0402 there is no 'more' in 20"
    ]
    case "a value out of range at one value, said once" (sweep "  noise.uniform: [0, 1.5, 0.5]\n  seed: [1, 2, 3]\n") [
        "exp.yaml:16:22 SP0204 noise.uniform.rate expects a real in [0, 1], got 1.5, at point 4 (noise.uniform=1.5, seed=1) and 2 more"
    ]
    case
        "two values that do not go together"
        (sweep "  training.batch_size: [16, 64]\n  dataset.digits.train: [60, 90]\n")
        [
            "exp.yaml:16:29 SP0304 training.batch_size expects at most the 60 training examples, got 64, at point 3 (training.batch_size=64, dataset.digits.train=60)"
        ]
    case "a problem of the spec at every point" (sweep "  seed: [1, 2]\nthreads: 0\n") [
        "exp.yaml:17:10 SP0106 threads expects an integer in [1, 1024], got 0"
    ]
    case "a range of unknown keys" (sweep "  seed: {from: 1, until: 3}\n") [
        "exp.yaml:16:9 SP0104 the required key 'sweep.seed.to' is missing"
        "exp.yaml:16:19 SP0103 unknown key 'until' in 'sweep.seed'"
    ]
    case "ends that are no numbers" (sweep "  seed: {from: one, to: 1e-40}\n") [
        "exp.yaml:16:16 SP0106 sweep.seed.from expects a number, got the text 'one'"
        "exp.yaml:16:25 SP0106 sweep.seed.to expects a number below 1e18 of at most 28 decimals, got 1e-40"
    ]
    case "a step that never ends" (sweep "  seed: {from: 5, to: 1}\n  threads: {from: 1, to: 2, step: 0}\n") [
        "exp.yaml:16:9 SP0503 steps of 1 from 5 never reach 1"
        "exp.yaml:17:35 SP0503 steps of 0 from 1 never reach 2"
    ]
    case "steps that miss the end" (sweep "  noise.uniform: {from: 0, to: 0.5, step: 0.2}\n") [
        "exp.yaml:16:43 SP0503 steps of 0.2 from 0 miss 0.5, which belongs to the range"
    ]
    case "step and count" (sweep "  seed: {from: 1, to: 3, step: 1, count: 3}\n") [
        "exp.yaml:16:42 SP0503 expected step or count, got both"
    ]
    case
        "logarithmic ranges of zero, steps or nothing"
        (sweep
            "  cutoff.relative: {from: 0, to: 1, count: 3, scale: log}\n  noise.uniform: {from: 0.1, to: 1, step: 0.1, scale: log}\n  seed: {from: 1, to: 8, scale: log}\n")
        [
            "exp.yaml:16:27 SP0503 a logarithmic range expects ends above 0, got 0"
            "exp.yaml:17:43 SP0503 expected a count, got a step of a logarithmic range"
            "exp.yaml:18:9 SP0503 a logarithmic range expects a count, got none"
        ]
    case "unequal zips" (sweep "  zip: {seed: [1, 2, 3], threads: [1, 2]}\n") [
        "exp.yaml:16:35 SP0504 threads has 2 values, expected 3, as many as seed"
    ]
    case "too many points" (sweep "  seed: {from: 1, to: 1000}\n  threads: {from: 1, to: 101}\n") [
        "exp.yaml:15:1 SP0505 the sweep has 101000 points, expected 100000 or less"
    ]
    case "a range of too many steps" (sweep "  seed: {from: 1, to: 1e9}\n") [
        "exp.yaml:16:9 SP0505 steps of 1 from 1 to 1000000000 are more than 100000"
    ]
    case "a random sweep without a count" (sweep "  random: {over: {noise.uniform: {from: 0, to: 1}}, often: 3}\n") [
        "exp.yaml:16:3 SP0104 the required key 'sweep.random.count' is missing"
        "exp.yaml:16:53 SP0103 unknown key 'often' in 'sweep.random'"
    ]
    case "random numbers for whole ones" (sweep "  random: {count: 2, seed: 3, over: {threads: {from: 1, to: 9}}}\n") [
        "exp.yaml:16:47 SP0106 threads expects an integer in [1, 1024], got 4.91293346, at point 1 (threads=4.91293346)"
        "exp.yaml:16:47 SP0106 threads expects an integer in [1, 1024], got 5.59689567, at point 2 (threads=5.59689567)"
    ]
    case "exclusions that fit nothing" (sweep "  seed: [1, 2]\n  exclude: [{seed: 3}, {sede: 1}]\n") [
        "exp.yaml:17:25 SP0506 'sede' is no path of the sweep"
    ]
    case "an exclusion that removes nothing" (sweep "  seed: [1, 2]\n  exclude: [{seed: 3}]\n") [
        "exp.yaml:17:13 SP0506 no point has seed=3"
    ]
    case "exclusions of everything" (sweep "  seed: [1, 2]\n  exclude: [{seed: 1}, {seed: 2}]\n") [
        "exp.yaml:15:1 SP0506 the exclusions leave no point of the sweep"
    ]
    case "a sweep in an override" (Override [ "sweep.seed=[1, two]" ]) [
        "<-S #1>:1:16 SP0106 seed expects an integer in [0, 9007199254740992], got the text 'two', at point 2 (seed=two)"
    ]
]
