namespace Spectral.Dsl

open System
open System.Buffers
open System.IO
open System.Security
open System.Text.Unicode
open Spectral.Core.Formats
open Spectral.Core.Plans

/// Reads a spec file: a path to a named text.
module internal SourceFile =

    /// The most bytes a spec may have: 1 MiB.
    let largest = 1 <<< 20

    /// The folder that a spec's paths are relative to: its own.
    let folder (source: Source) =
        match Path.GetDirectoryName source.Name with
        | null -> ""
        | folder -> folder

    let tooLarge name =
        Validation.fail (
            Diagnostics.error
                TooLarge
                (SourceSpan(name, 1, 1, 1, 1))
                "the spec is larger than 1 MiB"
                "Is it the right file?"
        )

    let private decode name (bytes: byte[]) : Validation<Source> =
        let chars = Array.zeroCreate<char> bytes.Length
        let mutable read = 0
        let mutable written = 0

        let status =
            Utf8.ToUtf16(ReadOnlySpan bytes, Span chars, &read, &written, replaceInvalidSequences = false)

        let source = Source.create name (String(chars, 0, written))

        if status = OperationStatus.Done then
            Ok source
        else
            let place = Source.span source source.Text.Length source.Text.Length

            Validation.fail (
                Diagnostics.error
                    NotUtf8
                    place
                    $"expected UTF-8 text, got the byte 0x{bytes[read]:X2}, which is none"
                    "Save the file as UTF-8."
            )

    let private content name =
        use stream = File.OpenRead name
        let bytes = Array.zeroCreate (largest + 1)
        let count = stream.ReadAtLeast(Span bytes, bytes.Length, throwOnEndOfStream = false)

        if count > largest then
            tooLarge name
        else
            decode name bytes[.. count - 1]

    /// The text of a file, or why there is none.
    let read (path: string) : Validation<Source> =
        let unreadable (reason: string) =
            Diagnostics.unplaced FileUnreadable $"cannot read '{Diagnostics.quote path}': {reason}" null
            |> Validation.fail

        try
            if Directory.Exists path then
                unreadable "it is a folder"
            elif not (File.Exists path) then
                Diagnostics.unplaced
                    FileMissing
                    $"no file '{Diagnostics.quote path}'"
                    "Check the path; it is relative to the current folder."
                |> Validation.fail
            elif not (RegularFile.Is(FileInfo path)) then
                // Reading a pipe would wait for a writer that may never come.
                unreadable "it is no regular file"
            else
                content path
        with
        | :? UnauthorizedAccessException -> unreadable "access was denied"
        | :? IOException
        | :? ArgumentException
        | :? NotSupportedException
        | :? SecurityException -> unreadable "the operating system refused"
