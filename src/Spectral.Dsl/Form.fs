namespace Spectral.Dsl

open System.Globalization
open Spectral.Core.Components

/// What the value of one of the language's own keys looks like. Components describe their settings themselves.
[<RequireQualifiedAccess>]
type internal Form =
    /// As a component's field would take it: a scalar, a component, or a list of these.
    | Setting of FieldType
    /// A whole number of a range, which may exceed 32 bits.
    | Whole of minimum: int64 * maximum: int64
    /// Text that a regular expression matches from end to end.
    | Text of meaning: string * pattern: string
    /// A list, or its lone item; `isDistinct` where each item may stand once.
    | Several of item: Form * minimum: int * isDistinct: bool
    /// A mapping of keys of the language.
    | Mapping of Key list
    /// A mapping in which exactly one of some keys stands, and the second of each pair wherever the first does.
    | OneAmong of names: string list * beside: (string * string) list * keys: Key list
    /// A mapping of dotted paths into the spec to their values, and of the keys beside them; `isDrawn` where a range
    /// without steps means any number between its ends.
    | Paths of beside: Key list * isDrawn: bool
    /// A mapping of dotted paths to one value each.
    | Demands
    /// Any of these.
    | Either of Form list

/// One key of the language that belongs to no component.
and internal Key = {
    Name: string
    Form: Form
    /// The value where the key is left out, as the documentation says it; None where it must stand.
    Default: string option
    /// The unit of its values; empty for words, components and mappings.
    Unit: string
    Doc: string
    /// The key with a value, as it would stand in a spec.
    Example: string
}

module internal Form =

    /// What is expected, as the end of "expects ...".
    let rec expectation (catalog: ComponentCatalog) form =
        match form with
        | Form.Setting(:? ComponentType as one) -> $"a component of the family {(catalog.Family one.Family).Name}"
        | Form.Setting(:? ListType as list) ->
            $"a list, or a lone item, each {expectation catalog (Form.Setting list.Item)}"
        | Form.Setting(:? ChoiceType as choice) when choice.Choices.Length = 1 -> choice.Choices[0]
        | Form.Setting other -> other.Expectation
        | Form.Whole(minimum, maximum) ->
            let minimum = minimum.ToString CultureInfo.InvariantCulture
            $"an integer in [{minimum}, {maximum.ToString CultureInfo.InvariantCulture}]"
        | Form.Text(meaning, _) -> meaning
        | Form.Several(item, _, _) -> $"a list, or a lone item, each {expectation catalog item}"
        | Form.OneAmong(keys = keys)
        | Form.Mapping keys -> $"a mapping of {Diagnostics.list [ for key in keys -> key.Name ]}"
        | Form.Paths _ ->
            "a mapping of dotted paths into the spec, each to a list of values or to a range "
            + "{from, to, step} or {from, to, count, scale}"
        | Form.Demands -> "a mapping of dotted paths to one value each"
        | Form.Either forms ->
            forms
            |> List.map (expectation catalog)
            |> List.distinct
            |> fun parts -> System.String.Join(", or ", parts)

    /// The keys of a form that is, or may be, a mapping or a list of mappings.
    let rec keys form =
        match form with
        | Form.OneAmong(keys = keys)
        | Form.Mapping keys -> keys
        | Form.Several(item, _, _) -> keys item
        | Form.Either forms -> List.collect keys forms
        | Form.Setting _
        | Form.Whole _
        | Form.Text _
        | Form.Demands -> []
        | Form.Paths(beside, _) -> beside
