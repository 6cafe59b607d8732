namespace Spectral.Dsl

open Spectral.Core.Plans

/// A value, or every problem that keeps it from being one.
type internal Validation<'T> = Result<'T, Diagnostic list>

/// Siblings (`and!`, `all`) accumulate their problems; a phase (`let!`) starts only when the one before is sound.
module internal Validation =

    /// One problem.
    let fail diagnostic : Validation<'T> = Error [ diagnostic ]

    /// Both, or the problems of both.
    let both (left: Validation<'A>) (right: Validation<'B>) : Validation<'A * 'B> =
        match left, right with
        | Ok left, Ok right -> Ok(left, right)
        | Ok _, Error problems
        | Error problems, Ok _ -> Error problems
        | Error first, Error second -> Error(first @ second)

    /// All, or the problems of all.
    let all (items: Validation<'T> seq) : Validation<'T list> =
        let items = List.ofSeq items

        let problems =
            items
            |> List.collect (function
                | Ok _ -> []
                | Error found -> found)

        if problems.IsEmpty then
            items
            |> List.collect (function
                | Ok item -> [ item ]
                | Error _ -> [])
            |> Ok
        else
            Error problems

    /// No problem in any, or all of them.
    let none (items: Validation<unit> seq) : Validation<unit> = all items |> Result.map ignore

    type ValidationBuilder() =
        member _.Return value : Validation<'T> = Ok value
        member _.ReturnFrom(value: Validation<'T>) = value
        member _.Bind(value: Validation<'A>, next: 'A -> Validation<'B>) = Result.bind next value
        member _.BindReturn(value: Validation<'A>, next: 'A -> 'B) : Validation<'B> = Result.map next value
        member _.MergeSources(left, right) = both left right

    /// `let! a = x and! b = y` reads siblings; a further `let!` begins a phase.
    let validation = ValidationBuilder()
