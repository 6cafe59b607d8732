namespace Spectral.Dsl

open System
open Spectral.Core.Plans

/// A value with the place where it was written.
[<Struct>]
type internal Located<'T> = { It: 'T; At: SourceSpan }

/// A named text that knows where its lines begin. Lines end at LF, CR or CR LF.
type internal Source = {
    Name: string
    Text: string
    HasByteOrderMark: bool
    Starts: int[]
}

module internal Source =

    let private starts (text: string) = [|
        0
        for index in 0 .. text.Length - 1 do
            let ends =
                match text[index] with
                | '\n' -> true
                | '\r' -> index + 1 = text.Length || text[index + 1] <> '\n'
                | _ -> false

            if ends then
                index + 1
    |]

    /// Names a text. A byte order mark in front is no part of it.
    let create name (text: string) =
        let hasMark = text.StartsWith '\uFEFF'
        let text = if hasMark then text.Substring 1 else text

        {
            Name = name
            Text = text
            HasByteOrderMark = hasMark
            Starts = starts text
        }

    /// The line and column, both from 1, of an offset; an offset outside the text is moved to its nearest end.
    let position source offset =
        let offset = Math.Clamp(offset, 0, source.Text.Length)
        let found = Array.BinarySearch(source.Starts, offset)
        let line = if found >= 0 then found else ~~~found - 1
        struct (line + 1, offset - source.Starts[line] + 1)

    /// The stretch from one offset up to, and without, another.
    let span source first behind =
        let struct (line, column) = position source first
        let struct (endLine, endColumn) = position source (max first behind)
        SourceSpan(source.Name, line, column, endLine, endColumn)

    /// The text of a line, counted from 1, without its end.
    let line source number =
        let first = source.Starts[number - 1]

        let behind =
            if number < source.Starts.Length then
                source.Starts[number]
            else
                source.Text.Length

        source.Text.Substring(first, behind - first).TrimEnd('\r', '\n')
