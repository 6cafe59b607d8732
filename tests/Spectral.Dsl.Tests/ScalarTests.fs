module Spectral.Dsl.Tests.ScalarTests

open Xunit
open Spectral.Core.Components
open Spectral.Dsl

let private named (scalar: Scalar) =
    match scalar with
    | :? IntegerScalar as found -> $"integer {found.Description}"
    | :? RealScalar as found -> $"real {found.Description}"
    | :? FlagScalar as found -> $"flag {found.Description}"
    | :? TextScalar as found -> $"text {found.Value}"
    | _ -> "nothing"

/// The scalar behind `x:` in a document.
let private read value =
    match YamlReader.read (Source.create "t" $"x: {value}\n") with
    | Ok(MappingNode([ _, ScalarNode(scalar, _, _) ], _)) -> named scalar
    | other -> $"{other}"

[<Theory>]
[<InlineData("1", "integer 1")>]
[<InlineData("-17", "integer -17")>]
[<InlineData("+17", "integer 17")>]
[<InlineData("007", "integer 7")>]
[<InlineData("0o17", "integer 15")>]
[<InlineData("0x1F", "integer 31")>]
[<InlineData("0xfF", "integer 255")>]
[<InlineData("9223372036854775807", "integer 9223372036854775807")>]
[<InlineData("9223372036854775808", "real 9.223372036854776E+18")>]
[<InlineData("0xFFFFFFFFFFFFFFFF", "real 1.8446744073709552E+19")>]
[<InlineData("1e-5", "real 1E-05")>]
[<InlineData("1E-5", "real 1E-05")>]
[<InlineData("1e+3", "real 1000")>]
[<InlineData(".5", "real 0.5")>]
[<InlineData("-.5e1", "real -5")>]
[<InlineData("1.", "real 1")>]
[<InlineData("1.e2", "real 100")>]
[<InlineData("0.1", "real 0.1")>]
[<InlineData(".inf", "real Infinity")>]
[<InlineData("-.INF", "real -Infinity")>]
[<InlineData("+.Inf", "real Infinity")>]
[<InlineData(".nan", "real NaN")>]
[<InlineData("true", "flag true")>]
[<InlineData("TRUE", "flag true")>]
[<InlineData("False", "flag false")>]
[<InlineData("null", "nothing")>]
[<InlineData("~", "nothing")>]
[<InlineData("", "nothing")>]
[<InlineData("yes", "text yes")>]
[<InlineData("no", "text no")>]
[<InlineData("off", "text off")>]
[<InlineData("tRue", "text tRue")>]
[<InlineData("1_000", "text 1_000")>]
[<InlineData("0b11", "text 0b11")>]
[<InlineData("0o18", "text 0o18")>]
[<InlineData("0x", "text 0x")>]
[<InlineData("-0x1F", "text -0x1F")>]
[<InlineData("0X1F", "text 0X1F")>]
[<InlineData("1e", "text 1e")>]
[<InlineData("e5", "text e5")>]
[<InlineData(".", "text .")>]
[<InlineData("1.2.3", "text 1.2.3")>]
[<InlineData("1:30", "text 1:30")>]
[<InlineData("2001-12-14", "text 2001-12-14")>]
[<InlineData("inf", "text inf")>]
[<InlineData("NaN", "text NaN")>]
[<InlineData("-.nan", "text -.nan")>]
[<InlineData("'1'", "text 1")>]
[<InlineData("\"true\"", "text true")>]
[<InlineData("''", "text ")>]
[<InlineData("! 1", "text 1")>]
[<InlineData("!!str 1", "text 1")>]
[<InlineData("!!int 1", "integer 1")>]
[<InlineData("!!float 1", "real 1")>]
[<InlineData("!!bool true", "flag true")>]
[<InlineData("|\n  1", "text 1\n")>]
[<InlineData("1 # comment", "integer 1")>]
let ``plain scalars follow the YAML 1.2 core schema`` (written: string) (expected: string) =
    Assert.Equal(expected, read written)

[<Theory>]
[<InlineData("seed", "sede", 1)>]
[<InlineData("", "abc", 3)>]
[<InlineData("kitten", "sitting", 3)>]
[<InlineData("same", "same", 0)>]
let ``the edit distance counts a swap of neighbours once`` (left: string) (right: string) (expected: int) =
    Assert.Equal(expected, Diagnostics.distance left right)
