namespace Spectral.Dsl

open Spectral.Core.Components

/// A selection of parameters: `all`, or patterns over their names.
module internal SelectionParser =

    open Reading
    open Validation

    let private expectation =
        "all, or a list of patterns over parameter names such as 1.weight"

    let private pattern: Reader<Located<string>> =
        scalar expectation (function
            | :? TextScalar as text when text.Value <> "" && text.Value <> "all" -> Some text.Value
            | _ -> None)

    let private repeated path (patterns: Located<string> list) : Validation<unit> =
        patterns
        |> List.indexed
        |> List.filter (fun (index, one) -> patterns |> List.take index |> List.exists (fun other -> other.It = one.It))
        |> List.map (fun (_, one) ->
            let message = $"the pattern '{Diagnostics.quote one.It}' stands twice in {path}"
            Validation.fail (Diagnostics.error RepeatedItem one.At message "Remove one of the two."))
        |> Validation.none

    /// The value of `trainable` or `jacobian.parameters`.
    let parse: Reader<SelectionSpec> =
        fun path at node ->
            match node with
            | ScalarNode((:? TextScalar as text), _, _) when text.Value = "all" -> Ok AllParameters
            | SequenceNode([], _) -> wrongValue path expectation node "To train nothing, set training.epochs to 0."
            | MappingNode _ -> wrongValue path expectation node null
            | _ ->
                validation {
                    let! patterns = list 1 pattern path at node
                    let! () = repeated path patterns
                    return Matching patterns
                }
