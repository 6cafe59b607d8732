namespace Spectral.Dsl

open Spectral.Core.Components
open Spectral.Core.Plans
open YamlDotNet.Core
open YamlDotNet.Core.Events

/// Tags: those of the core schema are allowed where they fit, all others refused.
module internal YamlTags =

    /// A value, or the value without its tag and what is wrong with the tag.
    type Tagged<'T> = Result<'T, 'T * Diagnostic>

    let private core = "tag:yaml.org,2002:"

    let private isUntagged (tag: TagName) = tag.IsEmpty || tag.IsNonSpecific

    let private refusal source (event: NodeEvent) =
        let at = YamlEvents.span source event
        let tag = event.Tag.Value

        if tag.StartsWith core then
            let name = Diagnostics.quote (tag.Substring core.Length)
            Diagnostics.error CustomTag at $"the tag !!{name} does not fit its value" null
        else
            Diagnostics.error
                CustomTag
                at
                $"the tag {Diagnostics.quote tag} is not known here"
                "Remove the tag; components are written as `kind: settings`."

    /// A scalar by its tag, or by the core schema; a tag that does not fit is a problem beside the scalar without it.
    let scalar source (event: Events.Scalar) : Tagged<Spectral.Core.Components.Scalar> =
        let isPlain = event.Style = ScalarStyle.Plain
        let resolved = CoreSchema.resolve event.Value

        if event.Tag.IsEmpty || event.Tag.Value = "?" then
            Ok(if isPlain then resolved else TextScalar event.Value)
        else
            match event.Tag.Value.Replace(core, ""), resolved with
            | "!", _
            | "str", _ -> Ok(TextScalar event.Value)
            | "int", :? IntegerScalar
            | "float", :? RealScalar
            | "bool", :? FlagScalar
            | "null", :? NullScalar -> Ok resolved
            | "float", (:? IntegerScalar as whole) -> Ok(RealScalar(float whole.Value))
            | _ -> Error(resolved, refusal source event)

    /// A list's or mapping's tag, which may only name what it is: `seq` or `map`.
    let collection source (event: NodeEvent) name : Tagged<unit> =
        if isUntagged event.Tag || event.Tag.Value = core + name then
            Ok()
        else
            Error((), refusal source event)
