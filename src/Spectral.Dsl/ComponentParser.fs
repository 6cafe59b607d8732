namespace Spectral.Dsl

open Spectral.Core.Components

/// A component as it is written: kind and settings, not yet known to any family.
module internal ComponentParser =

    open Reading

    /// What a component looks like, as the end of "expects ...".
    let private componentForm = "a component (a kind, or one kind with its settings)"

    let private noComponent at message (help: string | null) =
        Validation.fail (Diagnostics.error NoComponent at message help)

    /// A bare kind, or one kind with its settings.
    let parse: Reader<ComponentSpec> =
        fun path _ node ->
            match node with
            | ScalarNode((:? TextScalar as kind), _, span) ->
                Ok {
                    Kind = { It = kind.Value; At = span }
                    Settings = Bare
                }
            | MappingNode([ kind, MappingNode(entries, _) ], _) ->
                Ok {
                    Kind = kind
                    Settings = Named entries
                }
            | MappingNode([ kind, ScalarNode(:? NullScalar, _, _) ], _) -> Ok { Kind = kind; Settings = Bare }
            | MappingNode([ kind, value ], _) -> Ok { Kind = kind; Settings = Lone value }
            | MappingNode((_ :: (second, _) :: _ as entries), _) ->
                let kinds =
                    entries
                    |> Seq.truncate 5
                    |> Seq.map (fun (kind, _) -> Diagnostics.quote kind.It)

                noComponent
                    second.At
                    $"{path} expects one kind, got {entries.Length}: {Diagnostics.list kinds}"
                    "Indent the settings under their kind."
            | _ -> noComponent (YamlNode.span node) $"{path} expects {componentForm}, got {YamlNode.describe node}" null
