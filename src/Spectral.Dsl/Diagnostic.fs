namespace Spectral.Dsl

open System
open Spectral.Core.Plans

/// Makes diagnostics, the C# records in which problems travel.
module internal Diagnostics =

    /// A problem at a place. `help` says what to do, or is null.
    let error code (span: SourceSpan) message (help: string | null) =
        Diagnostic(Codes.id code, Severity.Error, span, message, help)

    /// A problem for which no place in a text is to blame.
    let unplaced code message (help: string | null) =
        Diagnostic(Codes.id code, Severity.Error, null, message, help)

    /// Something that is most likely not meant, though there is a plan.
    let warning code (span: SourceSpan | null) message (help: string | null) =
        Diagnostic(Codes.id code, Severity.Warning, span, message, help)

    /// Something that the author may want to know.
    let note code (span: SourceSpan | null) message (help: string | null) =
        Diagnostic(Codes.id code, Severity.Note, span, message, help)

    /// Text of the author's as a message quotes it: one line, 60 characters at most.
    let quote (text: string) =
        let short =
            if text.Length > 60 then
                text.Substring(0, 57) + "..."
            else
                text

        String.map (fun letter -> if Char.IsControl letter then ' ' else letter) short

    /// The smallest number of insertions, deletions, replacements and swaps of neighbours between two words.
    let distance (left: string) (right: string) =
        let table = Array2D.zeroCreate (left.Length + 1) (right.Length + 1)

        for i in 0 .. left.Length do
            for j in 0 .. right.Length do
                table[i, j] <-
                    if i = 0 || j = 0 then
                        i + j
                    else
                        let change = if left[i - 1] = right[j - 1] then 0 else 1

                        let edited =
                            min (table[i - 1, j - 1] + change) (1 + min table[i - 1, j] table[i, j - 1])

                        let swapped =
                            i > 1 && j > 1 && left[i - 1] = right[j - 2] && left[i - 2] = right[j - 1]

                        if swapped then
                            min edited (table[i - 2, j - 2] + 1)
                        else
                            edited

        table[left.Length, right.Length]

    /// The known word that was most likely meant.
    let nearest (known: string seq) (found: string) =
        let allowed = max 1 (found.Length / 3)

        known
        |> Seq.filter (fun word -> abs (word.Length - found.Length) <= allowed)
        |> Seq.map (fun word -> struct (distance word (found.ToLowerInvariant()), word))
        |> Seq.filter (fun struct (steps, _) -> steps <= allowed)
        |> Seq.sortBy (fun struct (steps, _) -> steps)
        |> Seq.tryHead
        |> Option.map (fun struct (_, word) -> word)

    /// "Did you mean 'seed'?", or the fallback where nothing is near.
    let suggest known found (fallback: string | null) : string | null =
        match nearest known found with
        | Some word -> $"Did you mean '{word}'?"
        | None -> fallback

    /// A list of words as a sentence has it.
    let list (words: string seq) = String.Join(", ", words)

    /// Orders diagnostics as their sources stand and each source from its top; equal places keep their order.
    let inOrder (sources: string list) (diagnostics: Diagnostic list) =
        let place (diagnostic: Diagnostic) =
            match diagnostic.Span with
            | null -> -1, 0, 0
            | span ->
                let source = sources |> List.tryFindIndex ((=) span.Source)
                Option.defaultValue Int32.MaxValue source, span.Line, span.Column

        List.sortBy place diagnostics
