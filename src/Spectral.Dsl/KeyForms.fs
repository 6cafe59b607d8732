namespace Spectral.Dsl

open System
open System.Collections.Immutable
open Spectral.Core.Components
open Spectral.Core.Plans

/// Short ways to say what a key is.
module internal KeyForms =

    /// A whole number of a minimum or more.
    let count minimum =
        Form.Setting(IntegerType(minimum, Int32.MaxValue))

    /// One of a few words.
    let words (choices: string list) =
        Form.Setting(ChoiceType(ImmutableArray.CreateRange choices))

    /// A real number of an interval.
    let real range = Form.Setting(RealType range)

    /// A component of the family of a record.
    let family (record: Type) = Form.Setting(ComponentType record)

    /// Any text.
    let anyText meaning = Form.Text(meaning, @"[\s\S]*")

    let private key name form preset unit doc example = {
        Name = name
        Form = form
        Default = preset
        Unit = unit
        Doc = doc
        Example = example
    }

    /// A key that must stand.
    let required name form unit doc example = key name form None unit doc example

    /// A key that may be left out.
    let optional name form (preset: string) unit doc example =
        key name form (Some preset) unit doc example

    /// A seed.
    let seedNumber = Form.Whole(0L, Seeds.Maximum)

    /// All parameters, or patterns over their names.
    let selection =
        let pattern =
            Form.Text("a pattern over parameter names such as 1.weight", @"(?!all$)[\s\S]+")

        Form.Either [ words [ "all" ]; Form.Several(pattern, 1, true) ]

    /// A file of weights.
    let file = Form.Text("the path of a safetensors file", @"[^\u0000]+")
