namespace Spectral.Dsl

open System
open System.Globalization
open Spectral.Core.Components

/// The YAML 1.2 core schema: what a plain scalar's text means.
module internal CoreSchema =

    let private isDigits (text: string) =
        text.Length > 0 && Seq.forall Char.IsAsciiDigit text

    let private unsigned (text: string) =
        if text.StartsWith '-' || text.StartsWith '+' then
            text.Substring 1
        else
            text

    /// A whole number in a base; one beyond 64 bits is a real.
    let private based (radix: int) (digits: string) : Scalar =
        let value =
            digits
            |> Seq.fold (fun sum digit -> sum * float radix + float (Convert.ToInt32(string digit, 16))) 0.0

        if value < 9.2e18 then
            IntegerScalar(
                digits
                |> Seq.fold (fun sum digit -> sum * int64 radix + Convert.ToInt64(string digit, 16)) 0L
            )
        else
            RealScalar value

    let private decimalInteger (text: string) : Scalar =
        match Int64.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) with
        | true, value -> IntegerScalar value
        | _ -> RealScalar(Double.Parse(text, CultureInfo.InvariantCulture))

    /// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
    let private isReal (text: string) =
        let mantissa, exponent =
            match (unsigned text).Split([| 'e'; 'E' |], 2) with
            | [| mantissa; exponent |] -> mantissa, Some exponent
            | _ -> unsigned text, None

        let mantissaHolds =
            match mantissa.Split('.', 2) with
            | [| ""; fraction |] -> isDigits fraction
            | [| whole; "" |] -> isDigits whole
            | [| whole; fraction |] -> isDigits whole && isDigits fraction
            | _ -> isDigits mantissa

        mantissaHolds && Option.forall (unsigned >> isDigits) exponent

    /// The scalar that a plain (unquoted) text stands for.
    let resolve (text: string) : Scalar =
        match text with
        | ""
        | "~"
        | "null"
        | "Null"
        | "NULL" -> NullScalar()
        | "true"
        | "True"
        | "TRUE" -> FlagScalar true
        | "false"
        | "False"
        | "FALSE" -> FlagScalar false
        | ".nan"
        | ".NaN"
        | ".NAN" -> RealScalar Double.NaN
        | _ ->
            match unsigned text with
            | ".inf"
            | ".Inf"
            | ".INF" ->
                RealScalar(
                    if text[0] = '-' then
                        Double.NegativeInfinity
                    else
                        Double.PositiveInfinity
                )
            | digits when isDigits digits -> decimalInteger text
            | _ when
                text.StartsWith "0o"
                && text.Length > 2
                && text[2..] |> Seq.forall (fun c -> c >= '0' && c <= '7')
                ->
                based 8 text[2..]
            | _ when
                text.StartsWith "0x"
                && text.Length > 2
                && text[2..] |> Seq.forall Char.IsAsciiHexDigit
                ->
                based 16 text[2..]
            | _ when isReal text -> RealScalar(Double.Parse(text, CultureInfo.InvariantCulture))
            | _ -> TextScalar text
