namespace Spectral.Dsl

open System
open System.Globalization
open Spectral.Core.Components
open Spectral.Core.Plans
open Spectral.Core.Randomness

/// `{from: 0.1, to: 0.5, step: 0.1}`: numbers from one end to the other.
type internal SweepRange = {
    From: Located<decimal>
    To: Located<decimal>
    Step: Located<decimal> option
    Count: Located<int> option
    IsLog: bool
    At: SourceSpan
}

module internal SweepRange =

    open Reading
    open Validation

    /// A number that decimal arithmetic has exactly; of a real its shortest decimals, whatever its spelling.
    let private number: Reader<Located<decimal>> =
        fun path _ node ->
            match node with
            | ScalarNode((:? IntegerScalar as whole), _, at) -> Ok { It = decimal whole.Value; At = at }
            | ScalarNode((:? RealScalar as real), _, at) ->
                let shortest = real.Value.ToString("R", CultureInfo.InvariantCulture)

                match Decimal.TryParse(shortest, NumberStyles.Float, CultureInfo.InvariantCulture) with
                | true, exact when
                    abs exact < 1e18m
                    && Double.Parse(exact.ToString CultureInfo.InvariantCulture, CultureInfo.InvariantCulture) =
                        real.Value
                    ->
                    Ok { It = exact; At = at }
                | _ -> wrongValue path "a number below 1e18 of at most 28 decimals" node null
            | _ -> wrongValue path "a number" node null

    let private text (value: decimal) =
        value.ToString("0.############################", CultureInfo.InvariantCulture)

    let private fail at message (help: string | null) =
        Validation.fail (Diagnostics.error SweepRange at message help)

    let private check (range: SweepRange) : Validation<SweepRange> =
        match range.Step, range.Count with
        | Some _, Some count -> fail count.At "expected step or count, got both" "Remove one of the two."
        | Some step, None when range.IsLog ->
            fail step.At "expected a count, got a step of a logarithmic range" "Write count: N."
        | _ when range.IsLog && range.From.It <= 0m ->
            fail range.From.At $"a logarithmic range expects ends above 0, got {text range.From.It}" null
        | _ when range.IsLog && range.To.It <= 0m ->
            fail range.To.At $"a logarithmic range expects ends above 0, got {text range.To.It}" null
        | _ -> Ok range

    /// Whether a node is written as a range is.
    let isRange node =
        match node with
        | MappingNode(entries, _) -> entries |> List.exists (fun (key, _) -> key.It = "from" || key.It = "to")
        | _ -> false

    /// The range that a mapping describes.
    let parse: Reader<SweepRange> =
        fun path at node ->
            validation {
                let! keys = keys path at node
                let! () = only [ "from"; "to"; "step"; "count"; "scale" ] [] keys
                and! first = required "from" number keys
                and! last = required "to" number keys
                and! step = optional "step" number keys
                and! count = optional "count" (integer 2 Sweep.mostPoints) keys
                and! scale = optional "scale" (word [ "linear", false; "log", true ]) keys

                return!
                    check {
                        From = first
                        To = last
                        Step = step
                        Count = count
                        IsLog = scale |> Option.map _.It |> Option.defaultValue false
                        At = YamlNode.span node
                    }
            }

    let private node (range: SweepRange) text =
        ScalarNode(CoreSchema.resolve text, text, range.At)

    let private rounded (digits: int) (value: float) =
        value.ToString($"G{digits}", CultureInfo.InvariantCulture).ToLowerInvariant()

    let private ends (range: SweepRange) =
        let real (value: decimal) =
            Double.Parse(text value, CultureInfo.InvariantCulture)

        real range.From.It, real range.To.It

    /// The number at a part in [0, 1] of the way.
    let private between (range: SweepRange) part =
        let first, last = ends range

        if range.IsLog then
            let low, high = PortableMath.Log first, PortableMath.Log last
            PortableMath.Exp(low + part * (high - low))
        else
            first + part * (last - first)

    let private stepped (range: SweepRange) : Validation<string list> =
        let first, last = range.From.It, range.To.It
        let step = range.Step |> Option.map _.It |> Option.defaultValue 1m
        let at = range.Step |> Option.map _.At |> Option.defaultValue range.At
        let way = last - first

        if way <> 0m && sign step <> sign way then
            let sense = if way < 0m then "below" else "above"

            fail
                at
                $"steps of {text step} from {text first} never reach {text last}"
                (if step = 0m then
                     $"Write a step {sense} 0."
                 else
                     $"Write a step {sense} 0, or change the ends round.")
        elif abs way > abs step * decimal Sweep.mostPoints then
            let message =
                $"steps of {text step} from {text first} to {text last} are more than {Sweep.mostPoints}"

            Validation.fail (Diagnostics.error TooManyPoints at message null)
        else
            let count = if way = 0m then 0m else Math.Truncate(way / step)
            let near = first + step * count

            if near = last then
                Ok [ for index in 0 .. int count -> text (first + step * decimal index) ]
            else
                fail
                    at
                    $"steps of {text step} from {text first} miss {text last}, which belongs to the range"
                    $"The steps next to it are {text near} and {text (near + step)}."

    let private counted (range: SweepRange) count =
        let first, last = range.From.It, range.To.It

        let inner index =
            if range.IsLog then
                rounded 12 (between range (float index / float (count - 1)))
            else
                text (Math.Round(first + (last - first) * decimal index / decimal (count - 1), 15))

        [ text first; yield! List.map inner [ 1 .. count - 2 ]; text last ]

    /// All values of a range, in order.
    let values (range: SweepRange) : Validation<YamlNode list> =
        match range.Count with
        | Some count -> Ok(counted range count.It)
        | None when range.IsLog ->
            fail
                range.At
                "a logarithmic range expects a count, got none"
                "Write count: N, such as {from: 1e-3, to: 1, count: 4, scale: log}."
        | None -> stepped range
        |> Result.map (List.map (node range))

    /// Whether a range is any number between its ends, not one of a few.
    let isContinuous (range: SweepRange) = range.Step.IsNone && range.Count.IsNone

    /// The number that a uniform draw from (0, 1) picks of a continuous range, to nine digits.
    let pick (range: SweepRange) (uniform: float) =
        let first, last = ends range
        let low, high = min first last, max first last
        let drawn = between range uniform |> rounded 9
        let value = Double.Parse(drawn, CultureInfo.InvariantCulture)

        if value < low || value > high then
            node
                range
                (text (
                    if abs (value - first) < abs (value - last) then
                        range.From.It
                    else
                        range.To.It
                ))
        else
            node range drawn
