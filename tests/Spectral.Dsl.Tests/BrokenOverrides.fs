/// Overrides that do not fit.
module Spectral.Dsl.Tests.BrokenOverrides

open Spectral.Dsl.Tests.Samples

let cases = [
    case "no equals sign" (Override [ "dataset.digits.train" ]) [
        "<-S #1>:1:1 SP0401 expected path=value, got no equals sign"
    ]
    case "an empty path" (Override [ "=1" ]) [ "<-S #1>:1:1 SP0401 expected a path of words with dots between, got ''" ]
    case "an empty step" (Override [ "dataset..train=1" ]) [
        "<-S #1>:1:9 SP0401 expected a path of words with dots between, got 'dataset..train'"
    ]
    case "no value" (Override [ "seed=" ]) [ "<-S #1>:1:5 SP0401 expected a value behind the equals sign, got none" ]
    case "a value that is not YAML" (Override [ "seed=[1" ]) [
        "<-S #1>:1:8 SP0007 this is not YAML: while parsing a flow sequence, did not find expected ',' or ']'"
    ]
    case "a value out of range" (Override [ "cutoff.relative=1.7" ]) [
        "<-S #1>:1:17 SP0204 cutoff.relative.fraction expects a real in (0, 1], got 1.7"
    ]
    case "an override of an unknown key" (Override [ "colour=red" ]) [ "<-S #1>:1:1 SP0103 unknown key 'colour'" ]
    case "an unknown setting" (Override [ "seed=2"; "dataset.digits.trian=100" ]) [
        "<-S #2>:1:16 SP0202 unknown setting 'trian' of dataset.digits"
    ]
    case "another kind with a problem" (Override [ "noise.none=3" ]) [
        "<-S #1>:1:12 SP0208 noise.none takes no settings, got 3"
    ]
    case "a path into a number" (Override [ "training.epochs.more=3" ]) [
        "<-S #1>:1:17 SP0402 there is no 'more' in 20"
    ]
    case "an index behind the list" (Override [ "dataset.digits.classes.3=4" ]) [
        "<-S #1>:1:24 SP0403 expected an index below 3, the list's length, got '3'"
    ]
    case "a word as index" (Override [ "dataset.digits.classes.last=4" ]) [
        "<-S #1>:1:24 SP0403 expected an index below 3, the list's length, got 'last'"
    ]
    case "an index into a word" (Override [ "name.0=a" ]) [
        "<-S #1>:1:6 SP0402 there is no '0' in the text 'quickstart'"
    ]
    case "a path into an unknown list" (Override [ "jacobian={at: [1]}"; "jacobian.at.1=2" ]) [
        "<-S #2>:1:13 SP0403 expected an index below 1, the list's length, got '1'"
    ]
    case "a list in place of a spec's part" (Override [ "training=[]"; "training.epochs=3" ]) [
        "<-S #2>:1:10 SP0402 there is no 'epochs' in an empty list"
    ]
    case "a custom tag in an override" (Override [ "seed=!x 1" ]) [ "<-S #1>:1:6 SP0011 the tag !x is not known here" ]
    case "two bad overrides at once" (Override [ "seed"; "cutoff={rank: 1, energy: 1" ]) [
        "<-S #1>:1:1 SP0401 expected path=value, got no equals sign"
        "<-S #2>:1:27 SP0007 this is not YAML: while parsing a flow mapping, did not find expected ',' or '}'"
    ]
]
