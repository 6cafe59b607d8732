namespace Spectral.Dsl

open Spectral.Core.Components
open Spectral.Core.Plans

/// `training: none` is training for 0 epochs: what the author would have to write out.
module internal Untrained =

    let private word text at = ScalarNode(TextScalar text, text, at)

    let private whole (number: int64) at =
        ScalarNode(IntegerScalar number, string number, at)

    let private mapping (entries: (string * YamlNode) list) at =
        MappingNode([ for key, value in entries -> { It = key; At = at }, value ], at)

    /// Whether a node asks for it.
    let isAsked node =
        match node with
        | ScalarNode((:? TextScalar as text), _, _) -> text.Value = "none"
        | _ -> false

    /// The mapping that it stands for, all of it at one place.
    let node (at: SourceSpan) =
        mapping
            [
                "loss", mapping [ "squared_error", word "sum" at ] at
                "optimizer", mapping [ "sgd", whole 1L at ] at
                "batch_size", word "full" at
                "epochs", whole 0L at
            ]
            at
