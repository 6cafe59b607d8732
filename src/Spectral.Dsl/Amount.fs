namespace Spectral.Dsl

open System
open System.Globalization
open System.Text.RegularExpressions

/// An amount of bytes or of time as its author wrote it, with its value in bytes or seconds.
type internal Amount = { Text: string; Value: float }

/// Amounts with their units: `8 GiB`, `500 MB`, `2 h`, `1.5 d`.
module internal Amounts =

    let private bytes = [
        "B", 1.0
        "KB", 1e3
        "MB", 1e6
        "GB", 1e9
        "TB", 1e12
        "KiB", 1024.0
        "MiB", 1024.0 ** 2.0
        "GiB", 1024.0 ** 3.0
        "TiB", 1024.0 ** 4.0
    ]

    let private times = [ "s", 1.0; "min", 60.0; "h", 3600.0; "d", 86400.0 ]

    let private patternOf units =
        let names = String.Join("|", List.map fst units)
        $@"(?!0+(\.0+)? ?[A-Za-z])[0-9]{{1,12}}(\.[0-9]{{1,6}})? ?({names})"

    /// What an amount of bytes looks like.
    let bytesPattern = patternOf bytes

    /// What an amount of time looks like.
    let timePattern = patternOf times

    let private parse units (pattern: string) (text: string) =
        let found = Regex.Match(text, $"^{pattern}$", RegexOptions.CultureInvariant)

        if found.Success && not (text.EndsWith '\n') then
            let unit = found.Groups[found.Groups.Count - 1].Value
            let number = text.Substring(0, text.Length - unit.Length).TrimEnd ' '
            let factor = units |> List.find (fst >> (=) unit) |> snd

            Some {
                Text = text
                Value = factor * Double.Parse(number, CultureInfo.InvariantCulture)
            }
        else
            None

    /// An amount of bytes.
    let ofBytes = parse bytes bytesPattern

    /// An amount of time, in seconds.
    let ofTime = parse times timePattern

    let private written (value: float) (unit: string) =
        value.ToString((if value >= 99.95 then "F0" else "0.0"), CultureInfo.InvariantCulture)
        + " "
        + unit

    /// Bytes as a message has them.
    let bytesText (value: float) =
        match value with
        | value when value >= 1024.0 ** 3.0 -> written (value / 1024.0 ** 3.0) "GiB"
        | value -> written (value / 1024.0 ** 2.0) "MiB"

    /// Seconds as a message has them.
    let timeText (seconds: float) =
        match seconds with
        | seconds when seconds < 120.0 -> written seconds "s"
        | seconds when seconds < 7200.0 -> written (seconds / 60.0) "min"
        | seconds when seconds < 172800.0 -> written (seconds / 3600.0) "h"
        | seconds -> written (seconds / 86400.0) "d"
