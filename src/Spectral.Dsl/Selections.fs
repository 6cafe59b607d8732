namespace Spectral.Dsl

open System.Collections.Immutable
open Spectral.Core.Plans

/// A parameter of a network that could be trained.
type internal FlatParameter = {
    Name: string
    Role: ParameterRole
    Elements: float
    /// Multiplications for a pair of rows of the Gram matrix.
    Pair: float
}

/// Selections of parameters meet the network's names.
module internal Selections =

    /// The most names that a message lists.
    let private listed = 12

    /// The selection as the plan has it; patterns in the order of their letters, which changes nothing that they mean.
    let lower selection =
        match selection with
        | AllParameters -> ParameterSelection.All
        | Matching patterns ->
            patterns
            |> List.map _.It
            |> List.sortWith (fun left right -> System.String.CompareOrdinal(left, right))
            |> ImmutableArray.CreateRange
            |> ParameterSelection

    /// What the Jacobian has columns for when it is asked for nothing else than what is trained.
    let columns (spec: Spec) =
        match spec.Jacobian |> Option.map _.Parameters with
        | Some(Matching _ as selection) -> selection
        | Some AllParameters
        | None -> spec.Trainable

    /// The parameters of a selection.
    let choose selection (parameters: FlatParameter list) =
        let selection = lower selection

        parameters
        |> List.filter (fun parameter -> selection.Contains(parameter.Name, parameter.Role))

    let private names (parameters: FlatParameter list) =
        let shown =
            parameters |> List.truncate listed |> List.map _.Name |> Diagnostics.list

        if parameters.Length > listed then
            $"The parameters are {shown} and {parameters.Length - listed} more."
        else
            $"The parameters are {shown}."

    /// Refuses patterns that no parameter matches.
    let check path selection (parameters: FlatParameter list) : Validation<unit> =
        let candidates =
            parameters
            |> List.filter (fun parameter -> parameter.Role <> ParameterRole.Buffer)

        let matched (pattern: Located<string>) =
            if (choose (Matching [ pattern ]) candidates).IsEmpty then
                let message =
                    $"{path} expects patterns that match a parameter of the network, got '{Diagnostics.quote pattern.It}', which matches none"

                let help =
                    Diagnostics.suggest (candidates |> List.map _.Name) pattern.It (names candidates)

                Validation.fail (Diagnostics.error NoMatch pattern.At message help)
            else
                Ok()

        match selection with
        | AllParameters -> Ok()
        | Matching patterns -> patterns |> List.map matched |> Validation.none
