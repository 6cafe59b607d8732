/// Texts that are no YAML document of a spec.
module Spectral.Dsl.Tests.BrokenYaml

open System
open Spectral.Dsl.Tests.Samples

let cases = [
    case "an empty text" (Whole "") [ "exp.yaml:1:1 SP0006 expected a spec, got an empty text" ]
    case "comments alone" (Whole "# nothing\n\n") [ "exp.yaml:1:1 SP0006 expected a spec, got an empty text" ]
    case "an empty document" (Whole "---\n") [ "exp.yaml:2:1 SP0006 expected a spec, got an empty text" ]
    case "a NUL" (Replace("quickstart", "quick\000start")) [
        "exp.yaml:2:12 SP0005 the character U+0000 may not stand in a spec"
    ]
    case "a line separator of YAML 1.1" (Replace("quickstart", "quick\u2028start")) [
        "exp.yaml:2:12 SP0005 the character U+2028 may not stand in a spec"
    ]
    case "a bracket that is not closed" (Replace("[0, 1, 2]", "[0, 1, 2")) [
        "exp.yaml:5:50 SP0007 this is not YAML: while parsing a flow sequence, did not find expected ',' or ']'"
    ]
    case "a quote that is not closed" (Replace("name: quickstart", "name: 'quickstart")) [
        "exp.yaml:2:7 SP0007 this is not YAML: while scanning a quoted scalar, found unexpected end of stream"
    ]
    case "uneven indentation" (Replace("  batch_size: full", "   batch_size: full")) [
        "exp.yaml:12:4 SP0007 this is not YAML: while parsing a block mapping, did not find expected key"
    ]
    case "a colon in plain text" (Replace("name: quickstart", "name: quick: start")) [
        "exp.yaml:2:12 SP0007 this is not YAML: while scanning a plain scalar value, found invalid mapping"
    ]
    case "a character that starts no token" (Replace("name: quickstart", "name: @quick")) [
        "exp.yaml:2:7 SP0007 this is not YAML: while scanning for the next token, found character that cannot start any token"
    ]
    case "a tab that indents a key" (Replace("  epochs: 20", "\tepochs: 20")) [
        "exp.yaml:13:1 SP0008 expected spaces as indentation, got a tab"
    ]
    case "a tab that indents the first line" (Replace("spectral: 1", "\tspectral: 1")) [
        "exp.yaml:1:1 SP0008 expected spaces as indentation, got a tab"
    ]
    case "a tab that indents in a flow list" (Append "analyses: [\n\tlabel_alignment]\n") [
        "exp.yaml:16:1 SP0008 expected spaces as indentation, got a tab"
    ]
    case "a tab before a comment" (Replace("  epochs: 20", "\t# note\n  epochs: 20")) [
        "exp.yaml:13:1 SP0008 expected spaces as indentation, got a tab"
    ]
    case "a tab on an empty line" (Replace("seed: 1", "\t\nseed: 1")) [
        "exp.yaml:3:1 SP0008 expected spaces as indentation, got a tab"
    ]
    case "a key twice" (Append "seed: 2\n") [ "exp.yaml:15:1 SP0009 the key 'seed' stands twice; first in line 3" ]
    case "a setting twice" (Replace("train: 60", "train: 60, train: 61")) [
        "exp.yaml:5:43 SP0009 the key 'train' stands twice; first in line 5"
    ]
    case "a list as key" (Append "? [a]\n: 1\n") [ "exp.yaml:15:3 SP0010 expected a word as key, got a list of 1" ]
    case "nothing as key" (Append ": 1\n") [ "exp.yaml:15:1 SP0010 expected a word as key, got nothing" ]
    case "a custom tag" (Replace("{relative: 0.1}", "!cutoff {relative: 0.1}")) [
        "exp.yaml:14:9 SP0011 the tag !cutoff is not known here"
    ]
    case "a core tag on another type" (Replace("epochs: 20", "epochs: !!int many")) [
        "exp.yaml:13:11 SP0011 the tag !!int does not fit its value"
    ]
    case "a second document" (Append "---\nspectral: 1\n") [ "exp.yaml:15:1 SP0012 expected one document, got another" ]
    case "a merge key" (Append "<<: {threads: 2}\n") [ "exp.yaml:15:1 SP0013 expected a key, got the merge key <<" ]
    case "an alias without anchor" (Replace("epochs: 20", "epochs: *many")) [
        "exp.yaml:13:11 SP0014 the alias *many has no anchor"
    ]
    case "an anchor that contains itself" (Replace("[0, 1, 2]", "&x [0, *x]")) [
        "exp.yaml:5:28 SP0015 the alias *x stands in the value of its own anchor"
    ]
    case
        "aliases of aliases"
        (Append
            "expected:\n  - &a [0,0,0,0,0,0,0,0,0,0]\n  - &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n  - &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n  - &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n  - [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n")
        [
            "exp.yaml:20:27 SP0016 the spec has more than 100000 keys and values, its aliases written out"
        ]
    case "brackets 65 deep" (Whole(String('[', 65) + String(']', 65))) [
        "exp.yaml:1:65 SP0017 lists and mappings are nested more than 64 deep"
    ]
    case "another YAML version" (Whole "%YAML 1.1\n---\nspectral: 1\n") [
        "exp.yaml:1:1 SP0018 expected YAML 1.2, got 1.1"
    ]
    case "several problems of the tree at once" (Whole "a: *x\na: 1\n<<: 2\nb: !t 3\n") [
        "exp.yaml:1:4 SP0014 the alias *x has no anchor"
        "exp.yaml:2:1 SP0009 the key 'a' stands twice; first in line 1"
        "exp.yaml:3:1 SP0013 expected a key, got the merge key <<"
        "exp.yaml:4:4 SP0011 the tag !t is not known here"
    ]
]
