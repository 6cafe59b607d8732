namespace Spectral.Dsl

open Spectral.Core.Components
open Spectral.Core.Plans

/// A spec's tree with the place of every key and value; nothing of the YAML library is left in it.
type internal YamlNode =
    /// A scalar by the core schema, its text without quotes, and its place.
    | ScalarNode of scalar: Scalar * written: string * at: SourceSpan
    | SequenceNode of items: YamlNode list * at: SourceSpan
    | MappingNode of entries: (Located<string> * YamlNode) list * at: SourceSpan

module internal YamlNode =

    /// Where the node stands.
    let span node =
        match node with
        | ScalarNode(at = at)
        | SequenceNode(at = at)
        | MappingNode(at = at) -> at

    /// What was found, as the end of the sentence "got ...".
    let describe node =
        match node with
        | ScalarNode(scalar, written, _) ->
            match scalar with
            | :? TextScalar as text -> $"the text '{Diagnostics.quote text.Value}'"
            | :? IntegerScalar
            | :? RealScalar -> Diagnostics.quote written
            | other -> other.Description
        | SequenceNode([], _) -> "an empty list"
        | SequenceNode(items, _) -> $"a list of {items.Length}"
        | MappingNode([], _) -> "an empty mapping"
        | MappingNode _ -> "a mapping"

    /// What to do about a scalar that is not accepted, where a common slip explains it; null where none does.
    let remedy (accepts: Scalar -> bool) node : string | null =
        match node with
        | ScalarNode((:? TextScalar as text), _, _) ->
            let joined = text.Value.Replace("_", "")

            if accepts (CoreSchema.resolve text.Value) then
                $"Write {Diagnostics.quote text.Value} without quotes."
            elif joined <> text.Value && accepts (CoreSchema.resolve joined) then
                $"Write {Diagnostics.quote joined}: YAML 1.2 knows no underscores in numbers."
            elif accepts (FlagScalar true) then
                "Write true or false: YAML 1.2 reads words such as yes and off as text."
            else
                null
        | ScalarNode(_, written, _) when written <> "" && accepts (TextScalar written) ->
            $"Put it in quotes: '{Diagnostics.quote written}'."
        | _ -> null
